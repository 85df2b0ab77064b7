import { describe, expect, it } from 'vitest';
import type { OptionInstrument } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import { optionTerms } from '../../../../subgraphs/margin/domain/portfolio/optionTerms.js';
import { option } from '../books.js';

describe('optionTerms', () => {
  const instrument = option({ size: '1', type: 'PUT', strike: '3300' })
    .instrument as OptionInstrument;
  const termsAt = (days: number, rate: number) =>
    optionTerms(instrument, {
      seconds: days * 86_400,
      forward: { price: 3010, confidence: 1 },
      forwardFixed: 0,
      rate: { price: rate, confidence: 1 },
    });

  it('counts years of 365 days, and what a dollar at expiry is worth now', () => {
    const { discount, ...terms } = termsAt(730, 0.05);

    expect(terms).toEqual({ type: 'PUT', forward: 3010, strike: 3300, years: 2 });
    expect(discount).toBeCloseTo(0.904837418, 9); // e^(−0.05 × 2)
  });

  it('makes a dollar at expiry worth more than one now where interest is negative', () => {
    expect(termsAt(365, -0.1).discount).toBeCloseTo(1.105170918, 9); // e^0.1
    expect(termsAt(0, 0.1).discount).toBe(1);
  });
});
