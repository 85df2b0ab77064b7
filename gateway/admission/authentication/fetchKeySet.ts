/** One look at the keys that an issuer publishes. */

import type { JSONWebKeySet } from 'jose';
import { request } from 'undici';

/** Hundreds of keys; real sets have a few. */
const BYTES_MAX = 262_144;

/**
 * Rejects where the answer is not JSON, has another status than 200 (redirects are not followed: they
 * would let the address choose another), is longer than 256 KiB, or takes longer than `timeoutMs`.
 */
export async function fetchKeySet(url: URL, timeoutMs: number): Promise<JSONWebKeySet> {
  try {
    const { statusCode, body } = await request(url, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json, application/jwk-set+json' },
    });
    const text = await textOf(body);
    if (statusCode !== 200) throw new Error(`the answer has status ${statusCode}`);
    return JSON.parse(text) as JSONWebKeySet;
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The keys at ${url.origin}${url.pathname} cannot be fetched: ${message}`, {
      cause,
    });
  }
}

/** Leaving the loop ends the transfer. */
async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) throw new Error(`the answer is longer than ${BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
