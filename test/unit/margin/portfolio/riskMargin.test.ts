import { describe, expect, it } from 'vitest';
import {
  add,
  format,
  isLess,
  subtract,
  sum,
  toFloat,
  usd,
} from '../../../../subgraphs/shared/units.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { riskMargin } from '../../../../subgraphs/margin/domain/portfolio/riskMargin.js';
import { charge } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import {
  balance,
  book,
  daysAhead,
  forward,
  instrumentQuote,
  linear,
  market,
  option,
  parameters,
  venue,
} from '../books.js';
import { marginBy, portfolio, setNamed, unified } from './models.js';

const prices = market({ BTC: '70000', USDT: '1' }, { 'deribit:BTC-LINEAR': '70000' });
const longPerpetual = book(
  venue({
    positions: [linear({ size: '1', entry: '69000' })],
    balances: [balance('USD', '20000')],
  }),
);

describe('the margin of an account by scenarios', () => {
  it('is the loss of the worst of them, which it names', () => {
    const paradex = setNamed('scenario', 'paradex-scan');
    const explanation = paradex.explain(longPerpetual, prices);
    const scan = explanation?.worstScenarios;

    // Golden row: one perpetual at 70 000 loses 16 %, or 11 200.
    expect(scan).toMatchObject([{ underlying: 'BTC', profit: usd('-11200') }]);
    expect(explanation?.scenarios).toHaveLength(24);
    expect(explanation?.attribution).toMatchObject([
      { venueAccountId: 'deribit:1', id: 'BTC-LINEAR', kind: 'POSITION' },
      { venueAccountId: 'deribit:1', id: 'USD', kind: 'COLLATERAL', initialMargin: usd('0') },
    ]);
  });

  it('names the model, the parameters and what it was computed from', () => {
    expect(marginBy(unified, longPerpetual, prices)).toMatchObject({
      accountId: 'fund-1',
      model: 'scenario',
      parameterSet: { name: unified.name, hash: unified.hash },
      asOf: prices.at,
      quality: 'LIVE',
      reasons: [],
      collateralValue: usd('20000'),
      unrealizedPnl: usd('1000'),
      equity: usd('21000'),
    });
  });

  it('is zero, and as new as its evaluation, for an account without venues', () => {
    expect(marginBy(portfolio, book(), prices)).toMatchObject({
      initialMargin: usd('0'),
      maintenanceMargin: usd('0'),
      marginRatio: null,
      asOf: prices.at,
      venues: [],
    });
    expect(portfolio.explain(book(), prices)).toMatchObject({ attribution: [], scenarios: [] });
  });
});

describe('the unified margin of a portfolio', () => {
  it('is initially the larger of what its two models ask', () => {
    expect(portfolio.explain(longPerpetual, prices)?.initialMargin).toMatchObject({
      code: 'LARGER_MODEL',
      operation: 'LARGEST',
      parts: [{ code: 'INITIAL_MARGIN' }, {}],
    });
  });
});

describe('a model over float64', () => {
  /** So many dollars for every unit held, long or short. */
  const byUnits = riskMargin<number>({
    name: 'by-units',
    collateralRules: () => ({
      countedIn: 'USD',
      byAsset: new Map(),
      others: { maintenanceHaircut: 0, initialHaircut: 0, isRiskCancellingOf: null },
    }),
    requirement: (of, dollars) => ({
      initialMargin: unitCharge(of, dollars),
      maintenanceMargin: unitCharge(of, dollars),
      scenarios: [],
    }),
    maintenanceMargin: (of, dollars) => unitCharge(of, dollars),
  });
  function unitCharge({ lines, underlyings }: RiskBook, dollars: number) {
    const shares = new Float64Array(lines.length);
    for (const { futures } of underlyings) {
      for (const { line, quantity } of futures) shares[line] = Math.abs(quantity) * dollars;
    }
    return charge({ code: 'UNITS' }, shares);
  }
  const asking = (dollars: number) => ({ ...parameters, rules: dollars });

  const deribit = venue({
    positions: [linear({ size: '1', entry: '69000' })],
    balances: [balance('USD', '20000')],
  });
  const okx = (...positions: ReturnType<typeof linear>[]) =>
    venue({ positions }, { venueAccountId: 'okx:9', venue: 'okx' });
  const two = book(deribit, okx(linear({ size: '2', entry: '70000' })));
  const unpriced = book(deribit, okx(linear({ size: '1', entry: '140', underlying: 'SOL' })));
  const absurd = (id: string, name: string) => ({
    kind: 'unknown',
    id,
    unpriced: [],
    venues: [{ venue: name, reason: 'what stands there would require more than 10¹⁹ dollars' }],
  });

  it('requires of each venue what stands there, and of its positions their shares', () => {
    const { account, venues } = byUnits.evaluate(two, prices, asking(5_000));

    expect(account).toMatchObject({
      kind: 'known',
      initialMargin: usd('15000'),
      maintenanceMargin: usd('15000'),
    });
    expect(venues).toMatchObject([
      {
        initialMargin: usd('5000'),
        maintenanceMargin: usd('5000'),
        positions: [{ initialMargin: usd('5000'), maintenanceMargin: usd('5000') }],
      },
      {
        initialMargin: usd('10000'),
        maintenanceMargin: usd('10000'),
        positions: [{ initialMargin: usd('10000'), maintenanceMargin: usd('10000') }],
      },
    ]);
  });

  it('has as surplus the equity over the maintenance margin', () => {
    // 20 000 held and 1 000 gained, less 5 000 for each of three units.
    expect(byUnits.surplus(two, prices, asking(5_000))).toBe(6_000);
  });

  it('knows no account, surplus or explanation while one venue is unknown', () => {
    const { account, venues } = byUnits.evaluate(unpriced, prices, asking(5_000));

    expect(account).toEqual({ kind: 'unknown', id: 'fund-1', unpriced: ['SOL'], venues: [] });
    expect(venues.map(({ kind }) => kind)).toEqual(['known', 'unknown']);
    expect(byUnits.surplus(unpriced, prices, asking(5_000))).toBe(null);
    expect(byUnits.explain(unpriced, prices, asking(5_000))).toBe(null);
  });

  it('is unknown at a venue that would require 10¹⁹ dollars, and so is the account', () => {
    // 6 × 10¹⁸ for the one unit, 1.2 × 10¹⁹ for the two.
    const { account, venues } = byUnits.evaluate(two, prices, asking(6e18));
    const { venues: reasons } = absurd('okx:9', 'okx');

    expect(venues).toMatchObject([{ kind: 'known' }, absurd('okx:9', 'okx')]);
    expect(account).toEqual({ kind: 'unknown', id: 'fund-1', unpriced: [], venues: reasons });
    expect(byUnits.surplus(two, prices, asking(6e18))).toBe(null);
    expect(byUnits.explain(two, prices, asking(6e18))).toBe(null);
  });

  it('is unknown of all venues together where only together they would require so much', () => {
    // 8 × 10¹⁸ and 4 × 10¹⁸.
    const { account, venues } = byUnits.evaluate(two, prices, asking(4e18));

    expect(venues.map(({ kind }) => kind)).toEqual(['known', 'known']);
    expect(account).toEqual({
      kind: 'unknown',
      id: 'fund-1',
      unpriced: [],
      venues: [...absurd('deribit:1', 'deribit').venues, ...absurd('okx:9', 'okx').venues],
    });
    expect(byUnits.surplus(two, prices, asking(4e18))).toBe(null);
    expect(byUnits.explain(two, prices, asking(4e18))).toBe(null);
  });
});

describe('the margin of options by scenarios', () => {
  const expiry = daysAhead(30);
  const at = (mark: string): MarketSnapshot => ({
    ...market({ ETH: '3000' }, { 'deribit:ETH-OPTION': instrumentQuote(mark, 'ETH') }),
    forwards: new Map([['ETH', [forward(expiry, '3000')]]]),
  });
  const holding = (size: string) =>
    book(venue({ positions: [option({ size, type: 'CALL', strike: '3300', expiry })] }));
  const okx = setNamed('scenario', 'okx-pm');

  it('counts what they are worth in equity, and requires at most that of long ones', () => {
    const margin = marginBy(setNamed('scenario', 'paradex-scan'), holding('10'), at('0.02'));

    // 10 × 0.02 × 3 000.
    expect(margin.equity).toEqual(usd('600'));
    const explanation = setNamed('scenario', 'paradex-scan').explain(holding('10'), at('0.02'));
    const [worst] = explanation?.worstScenarios ?? [];
    expect(worst && isLess(worst.profit, usd('-600'))).toBe(false);
  });

  it('requires the whole mark of a long option that no volatility explains', () => {
    const margin = marginBy(okx, holding('1'), at('1.1'));

    // The mark of 3 300 is above the forward: nothing of it is vouched for.
    expect(margin.quality).toBe('DEGRADED');
    expect(margin.equity).toEqual(usd('3300'));
    expect(isLess(margin.maintenanceMargin, usd('3300'))).toBe(false);
    expect(okx.explain(holding('1'), at('1.1'))?.initialMargin).toMatchObject({
      code: 'WITH_UNVOUCHED_VALUE',
      operation: 'SUM',
      parts: [{}, { code: 'UNVOUCHED_VALUE', amount: usd('3300') }],
    });
  });

  it('requires more of a short option without a volatility than of any with one', () => {
    const cheap = marginBy(okx, holding('-1'), at('0'));
    const dear = marginBy(okx, holding('-1'), at('0.05'));
    const loss = (of: typeof cheap) => subtract(of.initialMargin, of.equity);

    expect(isLess(loss(dear), loss(cheap))).toBe(true);
    expect(toFloat(cheap.equity)).toBe(0);
  });

  it('splits the requirement of a venue over its positions and balances, to the last digit', () => {
    const of = book(
      venue({
        positions: [option({ size: '-30', type: 'CALL', strike: '3300', expiry })],
        balances: [balance('ETH', '2'), balance('USD', '100')],
      }),
    );
    const [only] = marginBy(unified, of, at('0.02')).venues;
    const attribution = unified.explain(of, at('0.02'))?.attribution ?? [];

    // A single venue is the whole account.
    expect(only?.positions.map((p) => format(p.initialMargin))).toEqual(
      attribution.slice(0, 1).map((share) => format(share.initialMargin)),
    );
    expect(sum(attribution.map((share) => share.initialMargin))).toEqual(only?.initialMargin);
    // The coins hedge the calls: they have a negative share.
    expect(attribution.map(({ id }) => id)).toEqual(['ETH-OPTION', 'ETH', 'USD']);
    expect(isLess(attribution[1]?.initialMargin ?? usd('0'), usd('0'))).toBe(true);
    expect(add(usd('0'), attribution[2]?.initialMargin ?? usd('1'))).toEqual(usd('0'));
  });
});
