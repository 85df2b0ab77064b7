/** A token for the page of a gateway in development, so that whoever opens it sees the demo. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DevelopmentKeys } from '../admission/authentication/developmentKeys.js';

export const DEVELOPMENT_TOKEN_PATH = '/development-token';

const SUBJECT = 'demo';
const TTL_SECONDS = 12 * 3_600;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Only for pages that this machine serves to itself: another site cannot send the header without
 * asking us first, and one that has its own name point here comes with that name as `host`.
 */
export async function developmentToken(
  keys: Pick<DevelopmentKeys, 'sign'>,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!LOOPBACK.test(headers.host ?? '') || headers['graphql-require-preflight'] === undefined) {
    response.writeHead(403).end();
    return;
  }
  const token = await keys.sign({ subject: SUBJECT, scopes: [], ttlSeconds: TTL_SECONDS });
  response
    .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify({ token }));
}
