import { describe, expect, it } from 'vitest';
import { format, usd } from '../../../../subgraphs/shared/units.js';
import { ARCHITECTURES } from '../../../../subgraphs/margin/domain/portfolio/architecture.js';
import { liquidationPrices } from '../../../../subgraphs/margin/domain/portfolio/liquidationPrices.js';
import { switchOutcome } from '../../../../subgraphs/margin/domain/portfolio/switchOutcome.js';
import { parameterImpact } from '../../../../subgraphs/margin/domain/portfolio/parameterImpact.js';
import { balance, book, linear, market, NOW, venue } from '../books.js';
import { allParameters, marginBy, portfolio, setNamed } from './models.js';

const isolated = setNamed('isolated', 'standard');
const cross = setNamed('standard', 'standard');
const models = { ISOLATED: isolated, CROSS: cross, PORTFOLIO: portfolio };
const hedged = (dollars: string) =>
  book(
    venue({
      positions: [linear({ size: '1', entry: '60000', id: 'long' })],
      balances: [balance('USDT', dollars)],
    }),
    venue(
      { positions: [linear({ size: '-1', entry: '60000', id: 'short' })] },
      { venueAccountId: 'okx:1', venue: 'okx' },
    ),
  );
const prices = market({ BTC: '61000', USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' });

describe('the three architectures', () => {
  it('margin a hedge over two venues each in its way', () => {
    const inputs = { book: hedged('20000'), market: prices };

    expect(
      ARCHITECTURES.map((architecture) => {
        const { equity, initialMargin } = marginBy(models[architecture], inputs.book, prices);
        return {
          architecture,
          equity: format(equity),
          initialMargin: format(initialMargin),
          liquidatedBelow: liquidationPrices(models[architecture].surplus, inputs).map(
            ({ below }) => below !== null,
          ),
        };
      }),
    ).toEqual([
      // The profit of the long, which pays for itself alone; not for the loss of the short further down.
      { architecture: 'ISOLATED', equity: '20000', initialMargin: '8052', liquidatedBelow: [true] },
      // 2 × 61 000 × 6.6 %.
      { architecture: 'CROSS', equity: '20000', initialMargin: '8052', liquidatedBelow: [false] },
      expect.objectContaining({ architecture: 'PORTFOLIO', equity: '20000' }),
    ]);
    const { initialMargin } = marginBy(portfolio, hedged('20000'), prices);
    // What is left of a hedge is the basis between venues and the least delta: below 2 % of both.
    expect(Number(format(initialMargin))).toBeLessThan(122_000 * 0.02);
  });
});

describe('switchOutcome', () => {
  it('allows what leaves equity at or above the initial margin of the target', () => {
    expect(switchOutcome(cross.evaluate(hedged('8052'), prices))).toEqual({ kind: 'ALLOWED' });
  });

  it('refuses what would put the account below it, and says by how much', () => {
    expect(switchOutcome(cross.evaluate(hedged('8051.5'), prices))).toEqual({
      kind: 'REFUSED',
      reason: 'BELOW_INITIAL_MARGIN',
      shortfall: usd('0.5'),
    });
  });

  it('changes nothing while the margin is not known', () => {
    const unseen = book({ ...venue({}), state: null });

    expect(switchOutcome(cross.evaluate(unseen, prices))).toMatchObject({
      kind: 'UNKNOWN',
      unknown: { id: 'fund-1' },
    });
  });
});

describe('parameterImpact', () => {
  it('is what the same inputs come to under both sets', () => {
    const [first, second] = ['standard-1', 'standard-cboe-1'].map((name) =>
      setNamed('standard', name),
    );
    if (first === undefined || second === undefined) throw new Error('no sets');
    const inputs = { book: hedged('20000'), market: prices };
    const impact = parameterImpact(inputs, first.evaluate, second.evaluate);
    const [before, after] = [first, second].map((set) => marginBy(set, inputs.book, prices));

    expect(impact.before.account).toEqual(before);
    expect(impact.after.account).toEqual(after);
    expect(impact.difference).toMatchObject({ equity: usd('0') });
  });

  it('has no difference while either is not known', () => {
    const inputs = { book: book({ ...venue({}), state: null }), market: prices };

    expect(parameterImpact(inputs, cross.evaluate, portfolio.evaluate).difference).toBe(null);
    expect(allParameters.inForce('portfolio', NOW).name).toBe(portfolio.name);
  });
});
