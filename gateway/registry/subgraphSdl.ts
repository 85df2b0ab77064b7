/** Asks a running subgraph for its SDL. */

import { request } from 'undici';
import { z } from 'zod';
import type { CallSigner } from '../upstream/signing/callSigner.js';
import { GATEWAY_CALLER } from '../upstream/signing/gatewayCaller.js';

const answer = z.object({ data: z.object({ _service: z.object({ sdl: z.string() }) }) });

const BODY = JSON.stringify({ query: '{ _service { sdl } }' });

/** Rejects when the subgraph does not answer within `timeoutMs`, or not as a federated subgraph. */
export async function subgraphSdl(
  name: string,
  url: string,
  timeoutMs: number,
  signer?: CallSigner,
): Promise<string> {
  const context = { headers: {}, caller: GATEWAY_CALLER };
  const signed = await signer?.headers(name, BODY, context, 'query');
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed },
    body: BODY,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return answer.parse(await response.body.json()).data._service.sdl;
}
