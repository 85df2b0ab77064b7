/** Puts a signature of this gateway on each question to a subgraph, in place of the caller's token. */

import type { RequestKind, UpstreamContext } from '../upstream.js';

export interface CallSigner {
  /**
   * What to send beside the body: `authorization`, which replaces whatever the caller's own headers
   * hold under that name in any spelling. `body` is what goes over the wire, byte for byte; for a
   * subscription over WebSocket it is empty, and the header goes into `connectionParams`. `audience`
   * is the subgraph's name in the supergraph.
   *
   * A promise only when it has to be asked first which accounts the caller may see: `await` that, and
   * nothing else. Throws, or rejects with, a GraphQLError when the caller may see more accounts than
   * a token holds. A mutation's headers serve once: ask again for every attempt.
   */
  headers(
    audience: string,
    body: string,
    context: UpstreamContext,
    kind: RequestKind,
  ): Record<string, string> | Promise<Record<string, string>>;
}

/**
 * For so long after it was opened, a signed WebSocket may be given further subscriptions. Later ones
 * need a new one: the token that opened it has expired by then, and what the caller may see may have
 * changed. Those that are open go on.
 */
export const SIGNED_CONNECTION_MS = 10_000;
