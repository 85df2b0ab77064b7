/** Runs a subscription for one reader, on a graph that does not change. */

import type { ExecutionResult } from 'graphql';
import type {
  GivenVariables,
  PreparedSubscription,
} from '../../gateway/planning/preparedOperation.js';
import { LiveSubscriptions } from '../../gateway/subscriptions/liveSubscriptions.js';
import type { ResultQueue } from '../../gateway/subscriptions/resultQueue.js';

export type Results = AsyncIterableIterator<ExecutionResult, undefined>;

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * See LiveSubscriptions. `headersOf` is asked once to begin with, and then for every event. What is
 * refused has its errors as its one result.
 */
export function subscribeOperation(
  prepared: PreparedSubscription,
  variables: GivenVariables,
  headersOf: () => Readonly<Record<string, string>>,
  resultsMax?: number,
): Results {
  const live = new LiveSubscriptions(() => undefined, resultsMax ? { resultsMax } : {});
  const begun = live.subscribe(prepared, {
    variables,
    viewKey: '',
    context: () => ({ headers: headersOf() }),
    prepareAgain: () => prepared,
  });
  let isRefused = false;
  const next = async () => {
    const results = await begun;
    if (!('errors' in results)) return plain(await results.next());
    if (isRefused) return DONE;
    isRefused = true;
    return { value: results, done: false as const };
  };
  return {
    next,
    return: async () => {
      const results = await begun;
      if (!('errors' in results)) await results.return();
      isRefused = true;
      return DONE;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const plain = ({ value, done }: Awaited<ReturnType<ResultQueue['next']>>) =>
  done ? DONE : { value: value.toJSON(), done: false as const };
