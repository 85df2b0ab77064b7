import type { ResponseNode } from '../../kit/responseNode.js';

/** What a JSON-RPC response carries; an error that the venue answered with is a Refusal. */
export function rpcResult(response: ResponseNode): ResponseNode {
  const error = response.field('error');
  if (!error.isBlank) {
    const { code, message } = { code: error.field('code'), message: error.field('message') };
    throw error.refusal(`the venue answered ${code.source()}: ${message.source()}`);
  }
  return response.field('result');
}
