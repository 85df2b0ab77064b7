import type { ResponseNode } from '../../kit/responseNode.js';

/** The rows of a response; any code but "0" is an error that the venue answered with. */
export function okxData(response: ResponseNode): readonly ResponseNode[] {
  const code = response.field('code');
  if (code.text() !== '0') {
    const message = response.field('msg');
    const said = message.isBlank ? 'without a message' : message.source();
    throw code.refusal(`the venue answered ${code.text()}: ${said}`);
  }
  return response.field('data').items();
}
