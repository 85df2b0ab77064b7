/** What a venue fills in to join, and where its responses come from. */

import type { VenueState } from '../contract/venueState.js';
import type { ResponseNode } from './responseNode.js';

/** One venue: which accounts it shows, and the state of each. */
export interface VenueAdapter {
  /** Lower case, the prefix of every id, such as `deribit`. */
  readonly slug: string;
  /** For people, such as `Deribit`. */
  readonly name: string;
  /** The venue's own ids of the accounts that it shows now. Rejects when the venue is out of reach. */
  accounts(signal: AbortSignal): Promise<readonly string[]>;
  /** The state of one of them. Rejects with a Refusal when the venue's answer cannot be used. */
  fetchAccount(accountId: string, signal: AbortSignal): Promise<VenueState>;
}

/** How a venue writes: which responses make up an account, and what they mean. */
export interface VenueFormat {
  readonly slug: string;
  readonly name: string;
  /** Names of the responses that `parse` reads. */
  readonly responses: readonly string[];
  /** Pure. Throws a Refusal, and nothing else, when a response cannot be used. */
  parse(response: (name: string) => ResponseNode, accountId: string): VenueState;
}

/** Response bodies as the venue sent them, by name; one that did not come is left out. */
export type RawResponses = ReadonlyMap<string, string>;

/** Where the raw responses of a venue come from: recorded files, or the venue itself. */
export interface ResponseSource {
  accounts(signal: AbortSignal): Promise<readonly string[]>;
  responses(
    accountId: string,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<RawResponses>;
}
