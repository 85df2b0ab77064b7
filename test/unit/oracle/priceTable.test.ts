import { describe, expect, it } from 'vitest';
import { newsIn, PriceTable } from '../../../subgraphs/oracle/domain/priceTable.js';
import { assetPrice, instrumentPrice } from '../../support/assetPrice.js';

describe('newsIn', () => {
  const later = (ms: number) => ({
    publishedAt: new Date(Date.parse('2026-11-22T12:00:00Z') + ms),
  });
  const known = new PriceTable();
  known.apply({
    assets: [assetPrice('BTC', '68000'), assetPrice('USD', '1')],
    instruments: [instrumentPrice('okx:BTC', '68001')],
  });

  it('is what moved and what is new', () => {
    const moved = assetPrice('BTC', '68000.1', later(250));
    const added = instrumentPrice('okx:ETH', '3600', later(250));

    expect(
      newsIn(
        {
          assets: [moved, assetPrice('USD', '1.00', later(250))],
          instruments: [instrumentPrice('okx:BTC', '68001', later(250)), added],
        },
        known,
      ),
    ).toEqual({ assets: [moved], instruments: [added] });
  });

  it('says again what has stood still for half a heartbeat', () => {
    const soon = assetPrice('USD', '1', later(2_499));
    const due = assetPrice('USD', '1', later(2_500));

    expect(
      [soon, due].map((one) => newsIn({ assets: [one], instruments: [] }, known).assets),
    ).toEqual([[], [due]]);
  });
});
