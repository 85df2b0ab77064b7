/** What one process says to another about a call: for whom it is, and what exactly is asked. */

/** `call`: one POST, bound to its body. `connect`: one WebSocket, at `connection_init`. */
export type TokenKind = 'call' | 'connect';

/** A compact JWT, signed by EdDSA (Ed25519), whose header names the key (`kid`) and the kind (`typ`). */
export interface CallerClaims {
  /** Who signed: `gateway`, or a subgraph that asks others. */
  readonly iss: string;
  /** The one subgraph that may take it, by its name in the supergraph. */
  readonly aud: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  /** Unique, so that a mutation is taken once. */
  readonly jti: string;
  /** For whom; absent for nobody. `service:…` is the signer itself. */
  readonly sub?: string;
  /** What the caller's own token allows, separated by spaces. */
  readonly scope: string;
  /** Ids of the accounts (to a venue: of its venue accounts) that the caller may see; `*` for all. */
  readonly accounts: readonly string[] | typeof ALL_ACCOUNTS;
  /** SHA-256 of the request's body, base64url; of nothing for `connect`. */
  readonly body: string;
}

export const ALL_ACCOUNTS = '*';

/** The `typ` of each kind: one cannot stand in for the other. */
export const TOKEN_TYPE: Readonly<Record<TokenKind, string>> = {
  call: 'margin-graph-call+jwt',
  connect: 'margin-graph-connect+jwt',
};

/** With the difference of clocks that is allowed, nothing older than 30 seconds is ever taken. */
export const TOKEN_LIFETIME_S = 25;
export const CLOCK_TOLERANCE_S = 5;

/** Beyond so many a token would not fit into a header. */
export const TOKEN_ACCOUNTS_MAX = 1_000;

/** Issuers in the graph as it is delivered. */
export const GATEWAY = 'gateway';
export const MARGIN = 'margin';

/** Begins the subject of a service that asks on its own behalf; no caller's subject may. */
export const SERVICE_PREFIX = 'service:';
