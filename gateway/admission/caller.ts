/** Who asks: what a verified token says of its bearer, or nobody. */

export interface Caller {
  /** The token's `sub`; null for a caller without a token. */
  readonly subject: string | null;
  /** From the token's `scope`; empty without a token. */
  readonly scopes: ReadonlySet<string>;
  /** When the token expires, in ms since 1970; null without a token. */
  readonly expiresAt: number | null;
}

/** A caller without a token. */
export const ANONYMOUS: Caller = { subject: null, scopes: new Set(), expiresAt: null };
