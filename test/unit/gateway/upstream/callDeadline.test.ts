import { describe, expect, it } from 'vitest';
import { CallDeadline } from '../../../../gateway/upstream/callDeadline.js';

/** A deadline that begins at 1,000 ms, with a clock to move on. */
function deadlineFrom(ownMs: number, requestDeadline?: number) {
  let nowMs = 1_000;
  const deadline = new CallDeadline(ownMs, requestDeadline, () => nowMs);
  return { deadline, after: (ms: number) => void (nowMs += ms) };
}

describe('callDeadline', () => {
  it('is the earlier of the subgraph’s limit and the end of the request, in whole milliseconds', () => {
    expect(deadlineFrom(500).deadline.remainingMs()).toBe(500);
    expect(deadlineFrom(500, 2_000).deadline.remainingMs()).toBe(500);
    expect(deadlineFrom(500, 1_200.9).deadline.remainingMs()).toBe(200);
  });

  it('is never negative', () => {
    const { deadline, after } = deadlineFrom(500);
    after(300.5);
    expect(deadline.remainingMs()).toBe(199);
    after(300);
    expect(deadline.remainingMs()).toBe(0);
  });

  it.each([
    [undefined, 'did not answer within 500 ms', 'failed'],
    [1_500, 'did not answer within 500 ms', 'failed'],
    [1_300, 'did not answer within the 300 ms that the whole request had left', 'failed'],
    [1_250, 'did not answer within the 250 ms that the whole request had left', 'failed'],
    [1_249, 'did not answer within the 249 ms that the whole request had left', 'unknown'],
    [1_000, 'was not asked, because the time for the whole request was over', 'unknown'],
    [900, 'was not asked, because the time for the whole request was over', 'unknown'],
  ])('says which limit has passed: the request ends at %s', (requestDeadline, problem, outcome) => {
    expect(deadlineFrom(500, requestDeadline).deadline.passed()).toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      problem,
      outcome,
      isTransient: false,
    });
  });
});
