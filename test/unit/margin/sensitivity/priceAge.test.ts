import { describe, expect, it } from 'vitest';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { bookSensitivities } from '../../../../subgraphs/margin/domain/sensitivity/bookSensitivities.js';
import { priceAgeCharges } from '../../../../subgraphs/margin/domain/sensitivity/priceAge.js';
import { sensitivityParametersNamed } from '../../../../subgraphs/margin/parameters/sensitivityParameters.js';
import { bookOf, coin, held, perpetual } from './riskBooks.js';

const { rules } = sensitivityParametersNamed('sensitivity-1');
const chargesOf = (book: RiskBook) => priceAgeCharges(book, bookSensitivities(book, rules), rules);

const HALF_A_DAY = 43_200;

describe('priceAgeCharges', () => {
  it('ask of each underlying for its own net delta and its own age', () => {
    // BTC is 3 − 1 long of 1,000: 16 % × √(½ ÷ 2 days) of 2,000. ETH is short 1,000 for two days.
    const book = bookOf(
      coin('BTC', 1000, {
        futures: [perpetual(0, 3, 1000), perpetual(1, -1, 1000)],
        priceAgeSeconds: HALF_A_DAY,
      }),
      coin('ETH', 1000, { futures: [perpetual(2, -1, 1000)], priceAgeSeconds: 4 * HALF_A_DAY }),
    );

    expect(chargesOf(book)).toMatchObject([
      {
        code: 'PRICE_AGE',
        of: 'BTC',
        amount: 160,
        shares: Float64Array.of(240, -80, 0),
        detail: 'a move of 8.00 % in 43200 seconds',
      },
      {
        code: 'PRICE_AGE',
        of: 'ETH',
        amount: 200,
        shares: Float64Array.of(0, 0, 200),
        detail: 'a move of 20.00 % in 172800 seconds',
      },
    ]);
  });

  it('are none of fresh prices, nor of old ones where nothing is held or all is hedged', () => {
    const hedged = {
      futures: [perpetual(0, -2, 1000)],
      collateral: [held(1, 2, 1000)],
      priceAgeSeconds: HALF_A_DAY,
    };
    const book = bookOf(
      coin('BTC', 1000, hedged),
      coin('ETH', 1000, { priceAgeSeconds: HALF_A_DAY }),
      coin('SOL', 100, { futures: [perpetual(2, 1, 100)] }),
    );

    expect(chargesOf(book)).toEqual([]);
  });
});
