import { describe, expect, it } from 'vitest';
import { ratio, usd } from '../../../../subgraphs/shared/units.js';
import type { VenueMargin } from '../../../../subgraphs/margin/domain/marginModel.js';
import { revaluedTotals } from '../../../../subgraphs/margin/domain/marginTotals.js';
import { publishedRequirement } from '../../../../subgraphs/margin/domain/portfolio/publishedRequirement.js';
import {
  riskAccountMargin,
  unknownAccount,
} from '../../../../subgraphs/margin/domain/portfolio/riskAccountMargin.js';
import { charge } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import { NOW, secondsAgo } from '../books.js';

/** A venue that owns 100 dollars of collateral, 20 of profit and 3 of options, and requires 50 and 40. */
const venueOf = (more: Partial<VenueMargin>): VenueMargin => ({
  kind: 'known',
  venueAccountId: 'deribit:1',
  asOf: NOW,
  oldestInput: NOW,
  quality: 'LIVE',
  reasons: [],
  positions: [],
  collateral: [],
  ...revaluedTotals({
    collateralValue: usd('100'),
    unrealizedPnl: usd('20'),
    optionValue: usd('3'),
    initialMargin: usd('50'),
    maintenanceMargin: usd('40'),
  }),
  ...more,
});

/** 60 dollars initially, 50 to stay open. */
function required() {
  const of = publishedRequirement({
    initialMargin: charge({ code: 'INITIAL' }, Float64Array.of(60)),
    maintenanceMargin: charge({ code: 'MAINTENANCE' }, Float64Array.of(50)),
    scenarios: [],
  });
  if (of === null) throw new Error('not publishable');
  return of;
}

const parameterSet = { name: 'portfolio-1', hash: 'f00d' };
const marginOf = (...venues: VenueMargin[]) =>
  riskAccountMargin(
    { accountId: 'fund-1', model: 'portfolio', parameterSet, at: NOW },
    venues,
    required(),
  );

describe('riskAccountMargin', () => {
  it('is what the venues own together against what the account requires, not its venues', () => {
    const venues = [venueOf({}), venueOf({ venueAccountId: 'okx:9' })];

    expect(marginOf(...venues)).toEqual({
      kind: 'known',
      accountId: 'fund-1',
      model: 'portfolio',
      parameterSet,
      asOf: NOW,
      quality: 'LIVE',
      reasons: [],
      collateralValue: usd('200'),
      unrealizedPnl: usd('40'),
      optionValue: usd('6'),
      equity: usd('246'),
      initialMargin: usd('60'),
      maintenanceMargin: usd('50'),
      freeCollateral: usd('186'),
      marginRatio: ratio('4.92'),
      venues,
    });
  });

  it('is as old as the oldest input of any venue', () => {
    const inputs = [10, 40, 20].map((seconds) => venueOf({ oldestInput: secondsAgo(seconds) }));

    expect(marginOf(...inputs).asOf).toEqual(secondsAgo(40));
  });

  it('is as new as its evaluation where no venue is linked', () => {
    expect(marginOf().asOf).toEqual(NOW);
  });

  it('is trusted as little as its worst venue, and gives every reason once', () => {
    const stale = venueOf({ quality: 'STALE', reasons: ['okx is down', 'BTC is old'] });
    const degraded = venueOf({ quality: 'DEGRADED', reasons: ['BTC is old'] });

    expect(marginOf(stale, degraded)).toMatchObject({
      quality: 'STALE',
      reasons: ['BTC is old', 'okx is down'],
    });
  });
});

describe('unknownAccount', () => {
  it('names every ticker that is missing once, in order, and every venue without a state', () => {
    const okx = { venue: 'okx', reason: 'never seen' };
    const paradex = { venue: 'paradex', reason: 'it reports more than 10¹⁸ dollars' };

    expect(
      unknownAccount('fund-1', [
        { kind: 'unknown', id: 'deribit:1', unpriced: ['SOL', 'BTC'], venues: [] },
        { kind: 'unknown', id: 'okx:9', unpriced: ['BTC'], venues: [okx] },
        { kind: 'unknown', id: 'paradex:4', unpriced: [], venues: [paradex] },
      ]),
    ).toEqual({
      kind: 'unknown',
      id: 'fund-1',
      unpriced: ['BTC', 'SOL'],
      venues: [okx, paradex],
    });
  });
});
