/** Follows one venue's account stream, and goes on where it was after a break. */

import type { Logger } from 'pino';
import type { ServiceCaller } from '../../shared/callerToken/serviceCaller.js';
import type { LiveMargin } from './liveMargin.js';
import { keepSubscribed, type SubscriptionLoop } from './subscriptionLoop.js';
import { venueOf } from './venueStates.js';
import { problemOf } from './wire/readers.js';
import { readVenueUpdate, updateEnvelope, venueSubscription } from './wire/venueUpdate.js';

export interface VenueAddress {
  readonly slug: string;
  /** Where its subgraph answers over HTTP. */
  readonly url: string;
}

export function followVenue(
  { slug, url }: VenueAddress,
  caller: ServiceCaller,
  live: LiveMargin,
  log: Logger,
  random: () => number,
): SubscriptionLoop {
  let cursor: string | null = null;
  // So that a venue which is down from the start is reported once.
  let isUp = true;
  return keepSubscribed({
    url,
    connectionParams: () => caller.connectionParams(slug),
    random,
    operation: () => ({ query: venueSubscription(slug), variables: { after: cursor } }),
    onConnected: () => {
      isUp = true;
      log.info({ venue: slug }, 'venue connected');
      live.venueConnected(slug);
    },
    onEnd: (reason) => {
      if (!isUp) return; // Another attempt has failed, which is no news.
      isUp = false;
      log.warn({ venue: slug, reason }, 'venue disconnected');
      live.venueDisconnected(slug);
    },
    onResult: ({ data, errors }) => {
      const envelope = updateEnvelope.safeParse(data);
      const id = envelope.data?.update.account.id;
      try {
        if (id !== undefined && venueOf(id) !== slug) throw new Error(`${id} is not its account`);
        live.updateVenue(readVenueUpdate(data));
      } catch (error) {
        const problem = errors?.map(({ message }) => message).join('; ') ?? problemOf(error);
        log.error({ venue: slug, problem }, 'an update of a venue could not be used');
        const reason = `its last update could not be used (${problem})`;
        if (id !== undefined && venueOf(id) === slug) live.refuseVenueAccount(id, reason);
        else live.refuseVenue(slug, reason);
      }
      // Without an envelope the venue may have refused our cursor: begin anew with its states.
      cursor = envelope.data?.update.cursor ?? null;
    },
  });
}
