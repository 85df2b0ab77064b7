/** Who has which venue accounts, and what share of each asset counts: asked of accounts. */

import { z } from 'zod';
import type { ServiceCaller } from '../../../shared/callerToken/serviceCaller.js';
import type { Ratio } from '../../../shared/units.js';
import { wireRatio } from './readers.js';

export interface Directory {
  /** Ids of the venue accounts of each account, by account id. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  readonly haircuts: ReadonlyMap<string, Ratio>;
}

const accountsQuery = `query MarginAccounts($after: String) {
  accounts(first: 100, after: $after) {
    nodes { id venueAccountIds }
    pageInfo { hasNextPage endCursor }
  }
}`;

const assetsQuery = 'query MarginAssets { assets { id haircut } }';

const accountsPage = z.object({
  accounts: z.object({
    nodes: z.array(z.object({ id: z.string(), venueAccountIds: z.array(z.string()) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

type AccountsPage = z.infer<typeof accountsPage>;

const assetList = z.object({
  assets: z.array(z.object({ id: z.string(), haircut: wireRatio })),
});

/** Rejects when accounts does not answer, or answers with errors or other than its contract. */
export async function fetchDirectory(
  url: string,
  caller: ServiceCaller,
  signal: AbortSignal,
): Promise<Directory> {
  const ask = (query: string, variables: object) =>
    askOnce(url, caller, JSON.stringify({ query, variables }), signal);
  const { assets } = assetList.parse(await ask(assetsQuery, {}));
  const accounts = new Map<string, readonly string[]>();
  let after: string | null = null;
  let isLast = false;
  while (!isLast) {
    const page: AccountsPage = accountsPage.parse(await ask(accountsQuery, { after }));
    const { nodes, pageInfo } = page.accounts;
    for (const { id, venueAccountIds } of nodes) accounts.set(id, venueAccountIds);
    // A page without an end, or the same end again, would have us ask for ever.
    isLast = !pageInfo.hasNextPage || pageInfo.endCursor === after;
    after = pageInfo.endCursor;
  }
  return { accounts, haircuts: new Map(assets.map(({ id, haircut }) => [id, haircut])) };
}

const answer = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

async function askOnce(url: string, caller: ServiceCaller, body: string, signal: AbortSignal) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...caller.callHeaders('accounts', body) },
    body,
    signal,
  });
  const { data, errors } = answer.parse(await response.json());
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}
