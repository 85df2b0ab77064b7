/** Follows the oracle's prices. While it is silent the last ones grow old, and say so. */

import type { Logger } from 'pino';
import type { ServiceCaller } from '../../shared/callerToken/serviceCaller.js';
import type { LiveMargin } from './liveMargin.js';
import { keepSubscribed, type SubscriptionLoop } from './subscriptionLoop.js';
import { priceSubscription, readPriceUpdate } from './wire/priceUpdate.js';
import { problemOf } from './wire/readers.js';

export function followOracle(
  url: string,
  caller: ServiceCaller,
  live: LiveMargin,
  log: Logger,
  random: () => number,
): SubscriptionLoop {
  // One that has not come up yet is no news: until then every result says which price it lacks.
  let isUp = false;
  return keepSubscribed({
    url,
    connectionParams: () => caller.connectionParams('oracle'),
    random,
    operation: () => ({ query: priceSubscription }),
    onConnected: () => {
      isUp = true;
      log.info('oracle connected');
    },
    onEnd: (reason) => {
      if (isUp) log.warn({ reason }, 'oracle disconnected');
      isUp = false;
    },
    onResult: ({ data, errors }) => {
      try {
        live.updatePrices(readPriceUpdate(data));
      } catch (error) {
        const problem = errors?.map(({ message }) => message).join('; ') ?? problemOf(error);
        log.error({ problem }, 'an update of the prices could not be used');
      }
    },
  });
}
