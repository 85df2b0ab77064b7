/** Which headers of a client's request go on to the subgraphs. */

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const FORWARDED = ['authorization', 'traceparent', 'tracestate', 'x-correlation-id'] as const;

/**
 * A list of what is let through, not of what is held back: cookies and hop-by-hop headers never
 * reach a venue. `x-request-id` is new for every operation, and every event of a subscription:
 * subgraphs answer all calls that carry the same one from one snapshot.
 */
export function upstreamHeaders(incoming: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': randomUUID() };
  for (const name of FORWARDED) {
    const value = incoming[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
}
