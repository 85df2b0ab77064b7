import { describe, expect, it } from 'vitest';
import { price, ratio } from '../../../../subgraphs/shared/units.js';
import type { ForwardQuote } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import {
  expiryCurve,
  isUsableForward,
} from '../../../../subgraphs/margin/domain/portfolio/expiryCurve.js';
import { daysAhead, forward, market, secondsAgo } from '../books.js';

const spot = { price: 3000, confidence: 0.9 };
const curveAt = (expiry: Date, ...quotes: ForwardQuote[]) =>
  expiryCurve({ ...market({}), forwards: new Map([['ETH', quotes]]) }, 'ETH', expiry, spot);

describe('expiryCurve', () => {
  it('is the forward given for that expiry, whatever is given for others', () => {
    const quoted: ForwardQuote = {
      expiry: daysAhead(30),
      price: price('3010'),
      settled: price('50'),
      rate: ratio('0.04'),
      confidence: ratio('0.8'),
      rateConfidence: ratio('0.7'),
    };

    expect(curveAt(daysAhead(30), forward(daysAhead(29), '2950'), quoted)).toEqual({
      seconds: 30 * 86_400,
      forward: { price: 3010, confidence: 0.8 },
      forwardFixed: 50,
      rate: { price: 0.04, confidence: 0.7 },
      isForwardGiven: true,
    });
  });

  it('is the index without interest where only other expiries are given', () => {
    expect(curveAt(daysAhead(30), forward(daysAhead(60), '3050'))).toEqual({
      seconds: 30 * 86_400,
      forward: spot,
      forwardFixed: 0,
      rate: { price: 0, confidence: 0.9 },
      isForwardGiven: false,
    });
  });

  it('passes over a forward that cannot be computed with', () => {
    const [nothing, good] = [forward(daysAhead(30), '0'), forward(daysAhead(30), '3010')];

    expect(curveAt(daysAhead(30), nothing).forward).toEqual(spot);
    expect(curveAt(daysAhead(30), nothing, good).forward.price).toBe(3010);
  });

  it('has no time left once it has expired, and never more settled than there is', () => {
    const past = secondsAgo(60);
    const settled = { ...forward(past, '3010'), settled: price('3020') };

    expect(curveAt(past, settled)).toMatchObject({ seconds: 0, forwardFixed: 3010 });
  });
});

describe('isUsableForward', () => {
  const year = 365 * 86_400;
  const quoted = (more: Partial<ForwardQuote>) => ({ ...forward(daysAhead(365), '3000'), ...more });

  it('asks for a price above zero and a settled part of at least zero', () => {
    expect(isUsableForward(quoted({}), year)).toBe(true);
    expect(isUsableForward(quoted({ price: price('0') }), year)).toBe(false);
    expect(isUsableForward(quoted({ price: price('-1') }), year)).toBe(false);
    expect(isUsableForward(quoted({ settled: price('-1') }), year)).toBe(false);
  });

  it.each([
    ['50', year, true],
    ['-50', year, true],
    ['50.01', year, false],
    ['-50.01', year, false],
    ['50.01', year / 2, true],
    ['25.01', 2 * year, false],
  ])('asks for rate × years of at most 50, either way: %s for %d s', (rate, seconds, isUsable) => {
    expect(isUsableForward(quoted({ rate: ratio(rate) }), seconds)).toBe(isUsable);
  });
});
