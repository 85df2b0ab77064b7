/** Which accounts a caller may see; to a venue, which of its venue accounts. */

export interface AccountAccess {
  mayAccess(accountId: string): boolean;
  /** Null for every one that there is. */
  readonly accountIds: readonly string[] | null;
}

export const EVERY_ACCOUNT: AccountAccess = { mayAccess: () => true, accountIds: null };

export function accessTo(accountIds: readonly string[]): AccountAccess {
  const known = new Set(accountIds);
  return { mayAccess: (accountId) => known.has(accountId), accountIds };
}
