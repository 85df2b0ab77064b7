import { describe, expect, it } from 'vitest';
import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { perpetualContingency } from '../../../../subgraphs/margin/domain/scenario/perpetualContingency.js';
import { expiry, fed, perpetual, underlying } from './riskBooks.js';
import { amountAndShares } from './amountAndShares.js';

describe('perpetualContingency', () => {
  const charge = (book: UnderlyingRisk) =>
    perpetualContingency('PERPETUAL', { kind: 'PERPETUAL_CONTINGENCY', rate: 0.02 }, book, 4);

  it('takes its rate of the net perpetuals’ notional at spot', () => {
    const book = underlying({
      spot: fed(200),
      futures: [
        perpetual(-3, { line: 0 }),
        perpetual(100, { line: 1, contract: 'INVERSE' }),
        perpetual(-1, { line: 2, contract: 'QUANTO' }),
      ],
    });

    // −3 + 100 ÷ 100 − 1 is 3 short: 3 × 200 × 2 %; the long lowers it.
    expect(amountAndShares(charge(book), 4)).toEqual({ amount: 12, shares: [12, -4, 4, 0] });
  });

  it('nets dated futures within their expiry only', () => {
    const expiries = [expiry(30), expiry(60)];
    const dated = (quantity: number, place: number | null, line: number) =>
      perpetual(quantity, { expiry: place, line });
    const book = underlying({
      expiries,
      futures: [dated(1, null, 0), dated(-1, 0, 1), dated(2, 1, 2), dated(-1, 1, 3)],
    });

    expect(amountAndShares(charge(book), 4)).toEqual({ amount: 6, shares: [2, 2, 4, -2] });
  });
});
