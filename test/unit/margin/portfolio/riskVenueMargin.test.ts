import { describe, expect, it } from 'vitest';
import { usd } from '../../../../subgraphs/shared/units.js';
import { accountReading } from '../../../../subgraphs/margin/domain/portfolio/accountReading.js';
import { publishedRequirement } from '../../../../subgraphs/margin/domain/portfolio/publishedRequirement.js';
import { riskVenueMargin } from '../../../../subgraphs/margin/domain/portfolio/riskVenueMargin.js';
import { charge } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import { balance, book, linear, market, parameters, venue } from '../books.js';

/** Two venues with a position each; the lines are 0 for a's, 1 for b's and 2 for b's dollars. */
const of = book(
  venue(
    { positions: [linear({ size: '1', entry: '60000', id: 'at a' })] },
    { venueAccountId: 'a:1', venue: 'a' },
  ),
  venue(
    {
      positions: [linear({ size: '-1', entry: '61000', id: 'at b' })],
      balances: [balance('USD', '500')],
    },
    { venueAccountId: 'b:1', venue: 'b' },
  ),
);
const prices = market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' });

/** Of the venue at that place, of which so much is required line by line. */
function marginOf(place: number, initial: readonly number[], maintenance: readonly number[]) {
  const { venues, risk } = accountReading(of, prices, parameters.limits, {
    countedIn: 'USD',
    byAsset: new Map(),
    others: { maintenanceHaircut: 0, initialHaircut: 0, isRiskCancellingOf: null },
  });
  const its = venues[place];
  const requirement = publishedRequirement({
    initialMargin: charge({ code: 'INITIAL' }, Float64Array.from(initial)),
    maintenanceMargin: charge({ code: 'MAINTENANCE' }, Float64Array.from(maintenance)),
    scenarios: [],
  });
  if (its?.kind !== 'known' || requirement === null) throw new Error('not known');
  return riskVenueMargin(its, risk.book.lines, requirement);
}

describe('riskVenueMargin', () => {
  it('gives the positions of the venue their own shares of both margins', () => {
    expect(marginOf(0, [300, 0, 0], [200, 0, 0])).toMatchObject({
      venueAccountId: 'a:1',
      initialMargin: usd('300'),
      maintenanceMargin: usd('200'),
      positions: [{ positionId: 'at a', initialMargin: usd('300'), maintenanceMargin: usd('200') }],
    });
    // The dollars have the 20 and the 10 that the position has not.
    expect(marginOf(1, [0, 300, 20], [0, 200, 10])).toMatchObject({
      venueAccountId: 'b:1',
      equity: usd('1500'), // 500 held, and 1 000 gained.
      initialMargin: usd('320'),
      maintenanceMargin: usd('210'),
      positions: [{ positionId: 'at b', initialMargin: usd('300'), maintenanceMargin: usd('200') }],
    });
  });
});
