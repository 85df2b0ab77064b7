/** Opaque cursors over accounts in the order of their ids. */

const PREFIX = 'account:';

/** The cursor that stands right behind this account. */
export const cursorAfter = (accountId: string) =>
  Buffer.from(PREFIX + accountId).toString('base64url');

/** The account that a cursor of ours stands behind; null when it is not one of ours. */
export function accountBefore(cursor: string): string | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const id = text.slice(PREFIX.length);
  // The decoder skips what it cannot read, so only the way back proves that nothing was skipped.
  const isOurs = text.startsWith(PREFIX) && cursorAfter(id) === cursor && !id.includes('\0');
  return isOurs ? id : null;
}
