import { describe, expect, it } from 'vitest';
import { usd } from '../../../../subgraphs/shared/units.js';
import { attribution } from '../../../../subgraphs/margin/domain/portfolio/attribution.js';
import { publishedRequirement } from '../../../../subgraphs/margin/domain/portfolio/publishedRequirement.js';
import { charge } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import { lineOf } from './handBook.js';

/** Of a charge with these shares at each level. */
function attributed(
  lines: Parameters<typeof attribution>[0],
  initial: readonly number[],
  maintenance: readonly number[],
) {
  const published = publishedRequirement({
    initialMargin: charge({ code: 'INITIAL' }, Float64Array.from(initial)),
    maintenanceMargin: charge({ code: 'MAINTENANCE' }, Float64Array.from(maintenance)),
    scenarios: [],
  });
  if (published === null) throw new Error('not publishable');
  return attribution(lines, published);
}

describe('attribution', () => {
  it('gives every line its share of both margins, negative for a hedge', () => {
    const lines = [lineOf('deribit:1', 'BTC-PERP'), lineOf('okx:9', 'BTC', 'COLLATERAL')];

    expect(attributed(lines, [300, -40], [200, -30])).toEqual([
      {
        venueAccountId: 'deribit:1',
        id: 'BTC-PERP',
        kind: 'POSITION',
        initialMargin: usd('300'),
        maintenanceMargin: usd('200'),
      },
      {
        venueAccountId: 'okx:9',
        id: 'BTC',
        kind: 'COLLATERAL',
        initialMargin: usd('-40'),
        maintenanceMargin: usd('-30'),
      },
    ]);
  });

  it('gives what rounding leaves to the first of the largest, so that nothing is lost', () => {
    const lines = ['a', 'b', 'c'].map((id) => lineOf('deribit:1', id));
    const shares = attributed(lines, [1 / 3, 1 / 3, 1 / 3], [0, 0, 0]);

    expect(shares.map(({ initialMargin }) => initialMargin)).toEqual([
      usd('0.33333334'),
      usd('0.33333333'),
      usd('0.33333333'),
    ]);
  });

  it('is empty for an account that holds nothing', () => {
    expect(attributed([], [], [])).toEqual([]);
  });
});
