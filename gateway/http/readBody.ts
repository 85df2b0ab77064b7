/** The body of a request, up to a limit. */

import type { IncomingMessage } from 'node:http';

/** More than the limit was sent, or announced. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';

  constructor(readonly bytesMax: number) {
    super(`The body has more than ${bytesMax} bytes.`);
  }
}

/** Rejects with BodyTooLarge at the first byte too many, and when the client breaks off. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    if (Number(request.headers['content-length']) > bytesMax) {
      reject(new BodyTooLarge(bytesMax));
      return;
    }
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) reject(new BodyTooLarge(bytesMax));
      else chunks.push(chunk);
    });
    request.once('end', () => {
      const [only, ...others] = chunks;
      resolve((others.length > 0 ? Buffer.concat(chunks) : only)?.toString('utf8') ?? '');
    });
    request.once('error', reject);
    request.once('close', () => {
      if (!request.readableEnded) reject(new Error('The client broke off.'));
    });
  });
}
