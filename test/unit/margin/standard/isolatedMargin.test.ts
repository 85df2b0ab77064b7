import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  AccountBook,
  Position,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type {
  AccountMargin,
  MarginModel,
} from '../../../../subgraphs/margin/domain/marginModel.js';
import { isolatedMargin } from '../../../../subgraphs/margin/domain/standard/isolatedMargin.js';
import { standardMargin } from '../../../../subgraphs/margin/domain/standard/standardMargin.js';
import type { StandardRules } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import {
  isEqual,
  isLess,
  larger,
  subtract,
  sum,
  usd,
  type Usd,
} from '../../../../subgraphs/shared/units.js';
import { books, markets } from '../arbitraryBook.js';
import {
  balance,
  book,
  instrumentQuote,
  linear,
  market,
  option,
  parameters,
  venue,
} from '../books.js';

const prices = market(
  { BTC: '60000', ETH: '2000', USDT: '1' },
  { 'deribit:BTC-LINEAR': '60000', 'deribit:CALL': instrumentQuote('210', 'USD') },
);

function margin(
  of: AccountBook,
  at: MarketSnapshot = prices,
  model: MarginModel<StandardRules> = isolatedMargin,
): AccountMargin | null {
  const { account } = model.evaluate(of, at, parameters);
  return account.kind === 'known' ? account : null;
}

const holding = (...positions: readonly Position[]): AccountBook =>
  book(venue({ positions, balances: [balance('USDT', '9000')] }));

/** At 60 000 each requires 3 960 to open and 3 000 to keep. */
const long = (entry: string) => linear({ size: '1', entry });
const loser = linear({ size: '-1', entry: '58000', id: 'SHORT' });

describe('the isolated margin', () => {
  it('lets a gain pay for the maintenance of its own position', () => {
    expect(margin(holding(long('59000'), loser))).toMatchObject({
      model: 'isolated',
      unrealizedPnl: usd('-1000'),
      equity: usd('8000'),
      initialMargin: usd('7920'),
      maintenanceMargin: usd('6000'),
    });
  });

  it('lets the rest of a gain pay for the rest of the initial margin of its position', () => {
    // Of 3 500 are 3 000 maintenance margin, and 500 leave 460 of the 960 above it to collateral.
    expect(margin(holding(long('56500'), loser))).toMatchObject({
      equity: usd('10000'),
      initialMargin: usd('7420'),
      maintenanceMargin: usd('6000'),
    });
  });

  it('lets no gain pay for another position', () => {
    for (const entry of ['56040', '30000', '1']) {
      expect(margin(holding(long(entry), loser))).toMatchObject({
        equity: usd('10000'),
        initialMargin: usd('6960'),
        freeCollateral: usd('3040'),
      });
    }
  });

  it('shows the whole profit of each position', () => {
    const { venues } = margin(holding(long('30000'), loser)) ?? {};
    expect(venues?.[0]?.positions.map(({ unrealizedPnl }) => unrealizedPnl)).toEqual([
      usd('30000'),
      usd('-2000'),
    ]);
  });

  it('offsets no option by another', () => {
    const [short, bought] = ['-1', '1'].map((size) => {
      const leg = option({ size, type: 'CALL', strike: '1800', currency: 'USD' });
      return { ...leg, id: size, instrument: { ...leg.instrument, id: 'deribit:CALL' } };
    });
    if (short === undefined || bought === undefined) throw new Error('two legs');
    const alone = margin(holding(short, long('60000')));
    const both = margin(holding(short, bought, long('60000')));
    expect(both?.initialMargin).toEqual(alone?.initialMargin);
    expect(both?.maintenanceMargin).toEqual(alone?.maintenanceMargin);
  });
});

describe('the isolated margin of any portfolio', () => {
  const count = ({ venues }: AccountBook) =>
    venues.flatMap(({ state }) => state?.positions ?? []).length;

  it('is never better than the standard margin', () => {
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const isolated = margin(of, at);
        const cross = margin(of, at, standardMargin);
        if (isolated === null || cross === null) return;
        expect(isLess(cross.freeCollateral, isolated.freeCollateral)).toBe(false);
        expect(isLess(isolated.maintenanceMargin, cross.maintenanceMargin)).toBe(false);
        expect(isLess(shortfall(isolated), shortfall(cross))).toBe(false);
      }),
    );
  });

  it('falls short of what each position lacks, less collateral', () => {
    let compared = 0;
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const isolated = margin(of, at);
        if (isolated === null || count(of) < 2) return;
        compared += 1;
        const lacks = isolated.venues
          .flatMap(({ positions }) => positions)
          .map(({ maintenanceMargin, unrealizedPnl }) =>
            positive(subtract(maintenanceMargin, unrealizedPnl)),
          );
        expect(
          isEqual(
            subtract(isolated.collateralValue, sum(lacks)),
            subtract(isolated.equity, isolated.maintenanceMargin),
          ),
        ).toBe(true);
      }),
    );
    expect(compared).toBeGreaterThan(0);
  });

  it('is the standard margin where there is but one position', () => {
    let compared = 0;
    fc.assert(
      fc.property(books, markets, fc.nat(), (of, at, which) => {
        const one = withOnly(of, which % Math.max(count(of), 1));
        const cross = margin(one, at, standardMargin);
        if (cross !== null) compared += count(one);
        expect(margin(one, at)).toEqual(cross && { ...cross, model: 'isolated' });
      }),
    );
    expect(compared).toBeGreaterThan(0);
  });
});

const positive = (amount: Usd) => larger(amount, usd('0'));

const shortfall = ({ maintenanceMargin, equity }: AccountMargin) =>
  positive(subtract(maintenanceMargin, equity));

/** The book with no position but one, counted over its venues. */
function withOnly(of: AccountBook, which: number): AccountBook {
  let place = 0;
  return {
    ...of,
    venues: of.venues.map((one) => ({
      ...one,
      state: one.state && {
        ...one.state,
        positions: one.state.positions.filter(() => place++ === which),
      },
    })),
  };
}
