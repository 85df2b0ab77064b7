import { describe, expect, it } from 'vitest';
import { price, ratio, usd } from '../../../../subgraphs/shared/units.js';
import type {
  Balance,
  FutureInstrument,
  Position,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { ValuedPosition } from '../../../../subgraphs/margin/domain/account/valuedPosition.js';
import type { VenueValuation } from '../../../../subgraphs/margin/domain/account/venueValuation.js';
import type { CollateralValue } from '../../../../subgraphs/margin/domain/marginModel.js';
import { venueExposures } from '../../../../subgraphs/margin/domain/portfolio/venueExposures.js';
import type { CollateralRules } from '../../../../subgraphs/margin/domain/scenario/collateralRules.js';
import { assetQuote, balance, linear, market, secondsAgo } from '../books.js';

const limits = {
  priceAgeMsMax: 60_000,
  staleCollateralGraceMs: 60_000,
  missingVolatility: null,
};
const rules: CollateralRules = {
  countedIn: 'USD',
  byAsset: new Map(),
  others: { maintenanceHaircut: 0.1, initialHaircut: 0, isRiskCancellingOf: null },
};
const prices = market({
  BTC: assetQuote('60000', { publishedAt: secondsAgo(20) }),
  ETH: assetQuote('3000', { publishedAt: secondsAgo(10) }),
  USDT: '1',
});

const valued = (position: Position, mark = '60000'): ValuedPosition => ({
  kind: 'FUTURE',
  position,
  instrument: position.instrument as FutureInstrument,
  markPrice: price(mark),
  notional: usd('0'),
  unrealizedPnl: usd('0'),
  optionValue: usd('0'),
});
const credited = ({ asset, quantity }: Balance): CollateralValue => ({
  assetId: asset,
  quantity,
  price: price('1'),
  marketValue: usd('0'),
  haircut: ratio('0'),
  creditedValue: usd('0'),
});
const valuation = (more: Partial<VenueValuation>): VenueValuation => ({
  kind: 'known',
  venueAccountId: 'deribit:1',
  positions: [],
  collateral: (more.balances ?? []).map(credited),
  balances: [],
  isTrusted: true,
  findings: [],
  asOf: secondsAgo(0),
  oldestInput: secondsAgo(5),
  ...more,
});

const exposuresOf = (more: Partial<VenueValuation>, at = prices) =>
  venueExposures(valuation(more), at, limits, rules);

/** The same, which must be known. */
function knownOf(...of: Parameters<typeof exposuresOf>) {
  const found = exposuresOf(...of);
  if (found.kind === 'unknown') throw new Error(`not known: ${JSON.stringify(found)}`);
  return found;
}

const bitcoin = valued(linear({ id: 'p-1', size: '1', entry: '1' }));
const ether = valued(linear({ id: 'p-2', underlying: 'ETH', size: '1', entry: '1' }), '3000');

describe('venueExposures', () => {
  it('has a line for every position in their order, then for every asset once', () => {
    const { lines, exposures } = knownOf({
      positions: [ether, bitcoin],
      balances: [
        balance('USDT', '5'),
        balance('BTC', '2'),
        balance('USDT', '3', { isSettled: false }),
      ],
    });
    const line = (id: string, kind: 'POSITION' | 'COLLATERAL') => ({
      venueAccountId: 'deribit:1',
      id,
      kind,
    });

    expect(lines).toEqual([
      line('p-2', 'POSITION'),
      line('p-1', 'POSITION'),
      line('BTC', 'COLLATERAL'),
      line('USDT', 'COLLATERAL'),
    ]);
    // What is not settled carries no risk.
    expect(exposures.map((of) => [of.kind, of.line.id])).toEqual([
      ['FUTURE', 'p-2'],
      ['FUTURE', 'p-1'],
      ['COLLATERAL', 'USDT'],
      ['COLLATERAL', 'BTC'],
    ]);
  });

  it('is as old as its oldest input: an index price, or what the valuation was made from', () => {
    const positions = [ether, bitcoin];

    expect(knownOf({}).oldestInput).toEqual(secondsAgo(5));
    expect(knownOf({ positions: [ether] }).oldestInput).toEqual(secondsAgo(10));
    expect(knownOf({ positions }).oldestInput).toEqual(secondsAgo(20));
    expect(knownOf({ positions, oldestInput: secondsAgo(30) }).oldestInput).toEqual(secondsAgo(30));
  });

  it('adds what it finds wrong to what the valuation has found', () => {
    const known = { quality: 'DEGRADED' as const, reason: 'known before' };
    const late = market({ BTC: assetQuote('60000', { publishedAt: secondsAgo(61) }), USDT: '1' });

    expect(knownOf({ positions: [bitcoin], findings: [known] }, late).findings).toEqual([
      known,
      { quality: 'STALE', reason: 'The price of BTC is stale.' },
    ]);
  });

  it('is not known where an underlying has no index price, and names each once', () => {
    const positions = [ether, bitcoin, ether];

    expect(exposuresOf({ positions }, market({ USDT: '1' }))).toEqual({
      kind: 'unknown',
      id: 'deribit:1',
      unpriced: ['BTC', 'ETH'],
      venues: [],
    });
    const halted = market({ BTC: assetQuote('1', { status: 'HALTED' }), ETH: '3000', USDT: '1' });
    expect(exposuresOf({ positions }, halted)).toMatchObject({ unpriced: ['BTC'] });
  });

  it('is not known where no model can compute with a position, which is named', () => {
    const worthless = valued(linear({ size: '1', entry: '1' }), '0');

    expect(exposuresOf({ positions: [worthless] })).toEqual({
      kind: 'unknown',
      id: 'deribit:1',
      unpriced: [],
      venues: [
        {
          venue: 'deribit',
          reason: 'deribit:BTC-LINEAR: a mark of 0 cannot be computed with',
        },
      ],
    });
  });

  it('is unknown where nobody prices the currency that a position is settled in', () => {
    const inPounds = valued(linear({ size: '1', entry: '1', currency: 'GBP' }));

    expect(exposuresOf({ positions: [inPounds] })).toEqual({
      kind: 'unknown',
      id: 'deribit:1',
      unpriced: ['GBP'],
      venues: [],
    });
  });

  it('takes no exposure from a balance that was not valued', () => {
    const balances = [balance('BTC', '2'), balance('ETH', '3')];
    const { exposures } = knownOf({
      balances,
      collateral: balances.slice(0, 1).map(credited),
    });

    expect(exposures.map(({ line }) => line.id)).toEqual(['BTC']);
  });
});
