import { describe, expect, it } from 'vitest';
import { RequestViews } from '../../../subgraphs/margin/live/requestViews.js';
import type { AccountView } from '../../../subgraphs/margin/live/liveMargin.js';
import { MarginParameters } from '../../../subgraphs/margin/parameters/marginParameters.js';
import { book, evaluate, market, NOW } from './books.js';

const model = MarginParameters.load().inForce('standard', NOW);

/** Views that change each time, under a clock of the test's own. */
function changing() {
  let nowMs = NOW.getTime();
  const prices = market({});
  const latest = (accountId: string): AccountView | null =>
    accountId === 'unknown'
      ? null
      : {
          accountId,
          architecture: 'CROSS',
          model,
          evaluation: evaluate(book(), prices),
          status: 'HEALTHY',
          book: book(),
          market: prices,
        };
  return {
    views: new RequestViews(latest, () => new Date(nowMs)),
    pass: (ms: number) => (nowMs += ms),
  };
}

describe('the views of one request', () => {
  it('stay the same for each account, whatever happens meanwhile', () => {
    const { views, pass } = changing();
    const first = views.view('request', 'fund-1');
    const other = views.view('request', 'fund-2');
    pass(9_999);

    expect(views.view('request', 'fund-1')).toBe(first);
    expect(views.view('request', 'fund-2')).toBe(other);
    expect(views.view('another', 'fund-1')).not.toBe(first);
  });

  it('are the latest without a request', () => {
    const { views } = changing();

    expect(views.view(null, 'fund-1')).not.toBe(views.view(null, 'fund-1'));
  });

  it('are let go after ten seconds', () => {
    const { views, pass } = changing();
    const first = views.view('request', 'fund-1');
    pass(10_000);

    expect(views.view('request', 'fund-1')).not.toBe(first);
  });

  it('give way to those of newer requests beyond ten thousand', () => {
    const { views } = changing();
    const first = views.view('request-0', 'fund-1');
    const last = views.view('request-1', 'fund-1');
    for (let i = 2; i <= 10_000; i++) views.view(`request-${i}`, 'fund-1');

    expect(views.view('request-1', 'fund-1')).toBe(last);
    expect(views.view('request-0', 'fund-1')).not.toBe(first);
  });

  it('are null for an unknown account, which may become known', () => {
    const { views } = changing();

    expect(views.view('request', 'unknown')).toBeNull();
  });
});
