/** Use cases of the register: single things by id, in batches, and accounts page by page. */

import DataLoader from 'dataloader';
import type { AccountAccess } from '../shared/callerToken/accountAccess.js';
import { badUserInput } from '../shared/errors.js';
import type { Account, Asset, Owner } from './domain/account.js';
import { accountBefore, cursorAfter } from './domain/cursor.js';

/** What the register needs of its storage. Ids that are not there are left out. */
export interface AccountStore {
  accountsByIds(ids: readonly string[]): Promise<Account[]>;
  /**
   * In the order of their ids, at most `limit` that come behind `id`; null begins with the first.
   * Only those among `ids`, unless that is null.
   */
  accountsAfter(
    id: string | null,
    limit: number,
    ids: readonly string[] | null,
  ): Promise<Account[]>;
  ownersByIds(ids: readonly string[]): Promise<Owner[]>;
  linksOfAccounts(accountIds: readonly string[]): Promise<VenueLink[]>;
  assetsByIds(ids: readonly string[]): Promise<Asset[]>;
  /** In the order of their ids. */
  allAssets(): Promise<Asset[]>;
  /** Ids of the accounts that the subject may see, sorted, at most `limit`. */
  accountIdsOfSubject(subject: string, limit: number): Promise<string[]>;
}

export interface VenueLink {
  readonly accountId: string;
  /** "«venue slug»:«the venue's own account id»". */
  readonly venueAccountId: string;
}

export interface AccountPage {
  readonly nodes: readonly Account[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** See `CallerAccess` in schema.graphql. */
export interface CallerAccess {
  readonly accountIds: readonly string[];
  readonly venueAccountIds: readonly string[];
}

const PAGE_SIZE_MAX = 100;
/** One more than a token can name, which tells that there are too many. */
const ACCESS_MAX = 1_001;

/**
 * The register as one operation sees it: however many ids the operation asks for, each kind of thing
 * costs one query, and an answer holds for the whole operation. An account that the caller may not
 * see is not there.
 */
export class AccountRegister {
  readonly #store: AccountStore;
  readonly #access: AccountAccess;
  readonly #accounts: DataLoader<string, Account | null>;
  readonly #owners: DataLoader<string, Owner | null>;
  readonly #assets: DataLoader<string, Asset | null>;
  readonly #venueAccountIds: DataLoader<string, string[]>;

  constructor(store: AccountStore, access: AccountAccess) {
    this.#store = store;
    this.#access = access;
    this.#accounts = loaderById((ids) => store.accountsByIds(ids));
    this.#owners = loaderById((ids) => store.ownersByIds(ids));
    this.#assets = loaderById((ids) => store.assetsByIds(ids));
    this.#venueAccountIds = new DataLoader(async (accountIds) =>
      idsByAccount(accountIds, await store.linksOfAccounts(accountIds)),
    );
  }

  account(id: string): Promise<Account | null> {
    return this.#access.mayAccess(id) ? this.#accounts.load(id) : Promise.resolve(null);
  }

  /** Who holds the account. */
  async owner(account: Account): Promise<Owner> {
    const owner = await this.#owners.load(account.ownerId);
    if (owner === null) throw new Error(`account ${account.id} has no owner`);
    return owner;
  }

  /** Ids of the venue accounts that belong to the account, sorted. */
  venueAccountIds(account: Account): Promise<string[]> {
    return this.#venueAccountIds.load(account.id);
  }

  asset(id: string): Promise<Asset | null> {
    return this.#assets.load(id);
  }

  assets(): Promise<Asset[]> {
    return this.#store.allAssets();
  }

  /** Throws BAD_USER_INPUT for a page of none or too many, or a cursor that is not ours. */
  async accountPage(first: number, after: string | null): Promise<AccountPage> {
    if (first < 1 || first > PAGE_SIZE_MAX) {
      throw badUserInput('first', `first is from 1 to ${PAGE_SIZE_MAX}, not ${first}.`);
    }
    const from = after === null ? null : accountBefore(after);
    if (after !== null && from === null) {
      throw badUserInput('after', 'after is the endCursor of an earlier page, as it came.');
    }
    // One more than asked for tells whether there is a next page.
    const found = await this.#store.accountsAfter(from, first + 1, this.#access.accountIds);
    const nodes = found.slice(0, first);
    const last = nodes.at(-1);
    return {
      nodes,
      pageInfo: {
        hasNextPage: found.length > first,
        endCursor: last === undefined ? null : cursorAfter(last.id),
      },
    };
  }
}

/** What the subject may see; whoever asks for it must be allowed to. */
export async function callerAccess(store: AccountStore, subject: string): Promise<CallerAccess> {
  const accountIds = await store.accountIdsOfSubject(subject, ACCESS_MAX);
  const links = await store.linksOfAccounts(accountIds);
  return { accountIds, venueAccountIds: links.map(({ venueAccountId }) => venueAccountId).sort() };
}

function loaderById<Entity extends { readonly id: string }>(
  load: (ids: readonly string[]) => Promise<Entity[]>,
): DataLoader<string, Entity | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await load(ids)).map((entity) => [entity.id, entity]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

function idsByAccount(accountIds: readonly string[], links: readonly VenueLink[]): string[][] {
  const idsOf = new Map<string, string[]>(accountIds.map((id) => [id, []]));
  for (const { accountId, venueAccountId } of links) idsOf.get(accountId)?.push(venueAccountId);
  return accountIds.map((id) => (idsOf.get(id) ?? []).sort());
}
