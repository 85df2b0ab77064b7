/** Asks a running subgraph for its SDL. */

import { request } from 'undici';
import { z } from 'zod';

const answer = z.object({ data: z.object({ _service: z.object({ sdl: z.string() }) }) });

/** Rejects when the subgraph does not answer within `timeoutMs`, or not as a federated subgraph. */
export async function subgraphSdl(url: string, timeoutMs: number): Promise<string> {
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return answer.parse(await response.body.json()).data._service.sdl;
}
