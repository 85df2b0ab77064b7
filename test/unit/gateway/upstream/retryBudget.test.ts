import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../../../../gateway/upstream/retryBudget.js';

/** How many of so many requests in a row may be retried. */
function retriesOf(budget: RetryBudget, requests: number): number {
  let retries = 0;
  for (let request = 0; request < requests; request += 1) {
    budget.requestBegins();
    if (budget.take()) retries += 1;
  }
  return retries;
}

describe('retryBudget', () => {
  it('lets a tenth of the requests be retried, and one at the start', () => {
    expect(retriesOf(new RetryBudget(), 1)).toBe(1);
    expect(retriesOf(new RetryBudget(), 1_000)).toBe(101);
  });

  it('saves up ten retries and no more', () => {
    const budget = new RetryBudget();
    for (let request = 0; request < 10_000; request += 1) budget.requestBegins();

    const taken = Array.from({ length: 12 }, () => budget.take());

    expect(taken.filter(Boolean)).toHaveLength(10);
  });
});
