/** The last results of subscriptions that the gateway ends, each with a stable code. */

import { GraphQLError } from 'graphql';
import { failureError, type Origin } from '../execution/subgraphErrors.js';
import type { PreparationFailure } from '../planning/preparedOperation.js';
import { QueueOverflow } from '../upstream/eventQueue.js';
import { SharedResult } from './sharedResult.js';

/** SLOW_CONSUMER: `waiting` says how much had to wait, as in "1000 results". */
export const slowConsumer = (waiting: string) =>
  new SharedResult({ errors: [tooSlow(waiting)] }, true);

/** SCHEMA_CHANGED: the operation does not fit the graph that is now in service. */
export const schemaChanged = ({ errors }: PreparationFailure) =>
  ended(
    'SCHEMA_CHANGED',
    `The graph has changed, and this subscription no longer fits it: ${errors.map(({ message }) => message).join(' ')}`,
  );

/** SUBSCRIPTION_MOVED: the events now come from elsewhere, and where to go on is not known. */
export const subscriptionMoved = () =>
  ended(
    'SUBSCRIPTION_MOVED',
    'The events of this subscription now come from another place: subscribe again. To be moved without noticing, select `cursor` and pass `after` as a variable.',
  );

/** The subgraph of the events is lost, or was never there; or the gateway could not keep up with it. */
export const sourceFailed = (origin: Origin, error: unknown) =>
  new SharedResult({
    errors: [
      error instanceof QueueOverflow
        ? tooSlow(`${error.capacity} events`)
        : failureError(origin, error, undefined),
    ],
  });

const ended = (code: string, message: string) =>
  new SharedResult({ errors: [new GraphQLError(message, { extensions: { code } })] });

const tooSlow = (waiting: string) =>
  new GraphQLError(`More than ${waiting} wait to be read: subscribe again from the last one.`, {
    extensions: { code: 'SLOW_CONSUMER' },
  });
