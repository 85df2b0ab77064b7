import type { ResponseNode } from '../../kit/responseNode.js';

/** What a response carries; any retCode but 0 is an error that the venue answered with. */
export function bybitResult(response: ResponseNode): ResponseNode {
  const code = response.field('retCode');
  if (code.source() !== '0') {
    const message = response.field('retMsg');
    const said = message.isBlank ? 'without a message' : message.source();
    throw code.refusal(`the venue answered ${code.source()}: ${said}`);
  }
  return response.field('result');
}
