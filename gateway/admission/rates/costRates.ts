/** How much each caller may ask for in a minute, in units of cost. */

import { GraphQLError } from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Asker } from '../operationPolicy.js';

export interface CostRatesOptions {
  /** For each subject, however many tokens and connections it has. */
  readonly perSubject: number;
  /** For all who come without a token from one address. */
  readonly perAddress: number;
}

const WINDOW_SECONDS = 60;

/** Counts in this process alone: behind a balancer each process lets that much through. */
export class CostRates {
  readonly #subjects: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;

  constructor({ perSubject, perAddress }: CostRatesOptions) {
    this.#subjects = new RateLimiterMemory({ points: perSubject, duration: WINDOW_SECONDS });
    this.#addresses = new RateLimiterMemory({ points: perAddress, duration: WINDOW_SECONDS });
  }

  /** The least that anything costs is 1. An error of code RATE_LIMITED says when to come back. */
  async spend({ caller, address }: Asker, cost: number): Promise<GraphQLError | undefined> {
    const [limiter, key] =
      caller.subject === null ? [this.#addresses, address] : [this.#subjects, caller.subject];
    try {
      await limiter.consume(key, Math.max(1, Math.ceil(cost)));
      return undefined;
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      return rateLimited(limiter.points, spent.msBeforeNext);
    }
  }
}

function rateLimited(max: number, retryAfterMs: number): GraphQLError {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new GraphQLError(
    `More than ${max} units of cost in a minute: come back in ${seconds} s, or ask for less.`,
    { extensions: { code: 'RATE_LIMITED', max, retryAfterMs } },
  );
}
