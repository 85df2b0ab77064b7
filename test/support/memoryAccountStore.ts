/** A register in memory that counts how often each of its queries was asked. */

import type { Account, Asset, Owner } from '../../subgraphs/accounts/domain/account.js';
import type { AccountStore, VenueLink } from '../../subgraphs/accounts/service.js';

export interface AccountTables {
  readonly owners: readonly Owner[];
  readonly accounts: readonly Account[];
  readonly links: readonly VenueLink[];
  readonly assets: readonly Asset[];
  /** Account ids by the subject that may see them; nobody when absent. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
}

export interface CountingAccountStore extends AccountStore {
  /** Queries asked so far, by name. */
  readonly queries: Readonly<Record<string, number>>;
}

export function memoryAccountStore(tables: AccountTables): CountingAccountStore {
  const queries: Record<string, number> = {};
  const answer = <Row>(query: string, rows: readonly Row[]): Promise<Row[]> => {
    queries[query] = (queries[query] ?? 0) + 1;
    return Promise.resolve([...rows]);
  };
  const inOrder = <Row extends { id: string }>(rows: readonly Row[]) =>
    [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const named = <Row extends { id: string }>(rows: readonly Row[], ids: readonly string[]) =>
    rows.filter(({ id }) => ids.includes(id));

  return {
    queries,
    accountsByIds: (ids) => answer('accountsByIds', named(tables.accounts, ids)),
    accountsAfter: (after, limit, ids) => {
      const rows = inOrder(tables.accounts).filter(
        ({ id }) => (after === null || id > after) && (ids?.includes(id) ?? true),
      );
      return answer('accountsAfter', rows.slice(0, limit));
    },
    ownersByIds: (ids) => answer('ownersByIds', named(tables.owners, ids)),
    linksOfAccounts: (ids) =>
      answer(
        'linksOfAccounts',
        tables.links.filter(({ accountId }) => ids.includes(accountId)),
      ),
    assetsByIds: (ids) => answer('assetsByIds', named(tables.assets, ids)),
    allAssets: () => answer('allAssets', inOrder(tables.assets)),
    accountIdsOfSubject: (subject, limit) =>
      answer('accountIdsOfSubject', [...(tables.members?.[subject] ?? [])].sort().slice(0, limit)),
  };
}
