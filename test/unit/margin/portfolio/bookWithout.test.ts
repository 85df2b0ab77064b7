import { describe, expect, it } from 'vitest';
import { bookWithout } from '../../../../subgraphs/margin/domain/portfolio/bookWithout.js';
import { callAt, coinAt, futureAt, lineOf, riskBookOf, underlyingOf } from './handBook.js';

const whole = riskBookOf(
  [lineOf('deribit:1', 'a'), lineOf('okx:9', 'b'), lineOf('paradex:4', 'c')],
  underlyingOf({
    futures: [futureAt(0), futureAt(1)],
    options: [callAt(1), callAt(2)],
    collateral: [coinAt(0), coinAt(1), coinAt(2)],
  }),
  underlyingOf({ underlying: 'ETH', futures: [futureAt(1)] }),
);

describe('bookWithout', () => {
  it('leaves out the futures, the options and the collateral of the venue accounts', () => {
    expect(bookWithout(whole, new Set(['okx:9'])).underlyings).toEqual([
      underlyingOf({
        futures: [futureAt(0)],
        options: [callAt(2)],
        collateral: [coinAt(0), coinAt(2)],
      }),
      underlyingOf({ underlying: 'ETH' }),
    ]);
    expect(bookWithout(whole, new Set(['deribit:1', 'okx:9'])).underlyings).toEqual([
      underlyingOf({ options: [callAt(2)], collateral: [coinAt(2)] }),
      underlyingOf({ underlying: 'ETH' }),
    ]);
  });

  it('keeps the numbering of the whole, and everything where nothing is left out', () => {
    expect(bookWithout(whole, new Set(['okx:9'])).lines).toEqual(whole.lines);
    expect(bookWithout(whole, new Set())).toEqual(whole);
    expect(bookWithout(whole, new Set(['elsewhere:1']))).toEqual(whole);
  });
});
