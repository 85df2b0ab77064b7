/** From raw response bodies to a state of the contract, or to a Refusal and nothing else. */

import type { VenueState } from '../contract/venueState.js';
import { parseExactJson } from './exactJson.js';
import { Refusal } from './refusal.js';
import { ResponseNode } from './responseNode.js';
import type { RawResponses, VenueFormat } from './venueAdapter.js';

export function parseAccount(
  format: VenueFormat,
  raw: RawResponses,
  accountId: string,
): VenueState {
  return format.parse((name) => responseRoot(format.slug, raw, name), accountId);
}

function responseRoot(venue: string, raw: RawResponses, name: string): ResponseNode {
  const body = raw.get(name);
  if (body === undefined)
    throw new Refusal(venue, name, 'missing; the venue gave no such response');
  try {
    return new ResponseNode(venue, name, parseExactJson(body));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(venue, name, `not JSON: ${error.message}`);
  }
}
