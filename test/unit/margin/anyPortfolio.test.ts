import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  isLess,
  isNegative,
  isPositive,
  negate,
  ratio,
  subtract,
  sum,
  usd,
  type Usd,
} from '../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  VenueBook,
  VenueState,
} from '../../../subgraphs/margin/domain/account/accountBook.js';
import type { AccountMargin, MarginTotals } from '../../../subgraphs/margin/domain/marginModel.js';
import type { MarketSnapshot } from '../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { snapshotHash } from '../../../subgraphs/margin/domain/account/snapshotHash.js';
import { balances, books, markets, positions } from './arbitraryBook.js';
import {
  book,
  evaluate,
  marginOf,
  parameters,
  positionMarginOf,
  secondsAgo,
  venue,
} from './books.js';

/** Not known is worse than any amount. */
function isNoBetter(after: AccountBook, at: MarketSnapshot, before: AccountMargin): boolean {
  const { account } = evaluate(after, at);
  if (account.kind === 'unknown') return true;
  return (
    !isLess(before.freeCollateral, account.freeCollateral) &&
    !isLess(account.initialMargin, before.initialMargin) &&
    !isLess(account.maintenanceMargin, before.maintenanceMargin)
  );
}

const withVenue = (of: AccountBook, index: number, change: (venue: VenueBook) => VenueBook) => ({
  ...of,
  venues: of.venues.map((v, i) => (i === index ? change(v) : v)),
});

const withState = (of: AccountBook, change: (state: VenueState) => VenueState): AccountBook => ({
  ...of,
  venues: of.venues.map((v) => ({ ...v, state: v.state && change(v.state) })),
});

const indices = fc.integer({ min: 0, max: 2 });

describe('the margin of any portfolio', () => {
  it('has requirements of at least nothing, the initial one at least the maintenance one', () => {
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const all = marginOf(of, at).venues.flatMap((v) => [v, ...v.positions]);
        for (const { initialMargin, maintenanceMargin } of all) {
          expect(isNegative(maintenanceMargin)).toBe(false);
          expect(isLess(initialMargin, maintenanceMargin)).toBe(false);
        }
      }),
    );
  });

  it('has the exact sum of equity over its venues, and over their parts', () => {
    const additive = [
      'collateralValue',
      'unrealizedPnl',
      'optionValue',
      'equity',
    ] as const satisfies readonly (keyof MarginTotals)[];
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const account = marginOf(of, at);
        for (const name of additive) {
          expect(account[name]).toEqual(sum(account.venues.map((v) => v[name])));
        }
        for (const v of account.venues) {
          const credited = sum(v.collateral.map(({ creditedValue }) => creditedValue));
          expect(v.equity).toEqual(add(credited, sum(v.positions.map((p) => p.unrealizedPnl))));
        }
      }),
    );
  });

  // Options of one expiry offset each other since standard-2, so requirements no longer add up.
  it('requires at most what its venues require, and they at most what their positions require', () => {
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const account = marginOf(of, at);
        for (const name of ['initialMargin', 'maintenanceMargin'] as const) {
          expect(isLess(sum(account.venues.map((v) => v[name])), account[name])).toBe(false);
          for (const v of account.venues) {
            expect(isLess(sum(v.positions.map((p) => p[name])), v[name])).toBe(false);
          }
        }
      }),
    );
  });

  it('requires the exact sum over venues and positions where there are no options', () => {
    const withoutOptions = (of: AccountBook) =>
      withState(of, (state) => ({
        ...state,
        positions: state.positions.filter((p) => p.instrument.contractType !== 'OPTION'),
      }));
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const account = marginOf(withoutOptions(of), at);
        for (const name of ['initialMargin', 'maintenanceMargin'] as const) {
          const positions = account.venues.flatMap((v) => v.positions);
          expect(account[name]).toEqual(sum(account.venues.map((v) => v[name])));
          expect(account[name]).toEqual(sum(positions.map((p) => p[name])));
        }
      }),
    );
  });

  it('does not depend on the order of venues, positions and balances, nor does its hash', () => {
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const reversed: AccountBook = {
          ...withState(of, (state) => ({
            ...state,
            positions: state.positions.toReversed(),
            balances: state.balances.toReversed(),
          })),
        };
        const shuffled = { ...reversed, venues: reversed.venues.toReversed() };
        const hash = (any: AccountBook) => snapshotHash(any, at, parameters.limits);

        expect(evaluate(shuffled, at)).toEqual(evaluate(of, at));
        expect(hash(shuffled)).toBe(hash(of));
      }),
      { numRuns: 50 },
    );
  });

  it('never has more equity for a higher haircut', () => {
    const percents = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        books,
        markets,
        fc.constantFrom('BTC', 'USDT'),
        percents,
        percents,
        (of, at, asset, a, b) => {
          const equityAt = (percent: number): Usd => {
            const haircuts = new Map(at.haircuts).set(asset, ratio((percent / 100).toFixed(2)));
            return marginOf(of, { ...at, haircuts }).equity;
          };
          expect(isLess(equityAt(Math.min(a, b)), equityAt(Math.max(a, b)))).toBe(false);
        },
      ),
    );
  });

  it('credits at most the market value of what is held, and owes all of what is borrowed', () => {
    fc.assert(
      fc.property(balances, markets, (of, at) => {
        const [only] = marginOf(book(venue({ balances: [of] })), at).venues[0]?.collateral ?? [];
        if (only === undefined) throw new Error('no balance');
        if (isNegative(of.quantity)) expect(only.creditedValue).toEqual(only.marketValue);
        else {
          expect(isNegative(only.creditedValue)).toBe(false);
          expect(isLess(only.marketValue, only.creditedValue)).toBe(false);
        }
      }),
    );
  });
});

describe('missing data, for any portfolio', () => {
  it('never helps when an asset loses its price', () => {
    fc.assert(
      fc.property(books, markets, fc.constantFrom('BTC', 'ETH', 'SOL', 'USDT'), (of, at, asset) => {
        const assets = new Map(at.assets);
        assets.delete(asset);
        expect(isNoBetter(of, { ...at, assets }, marginOf(of, at))).toBe(true);
      }),
    );
  });

  it('never helps when an instrument loses its price, against either price that stands in', () => {
    fc.assert(
      fc.property(positions, markets, (position, at) => {
        const { instrument } = position;
        const instruments = new Map(at.instruments);
        instruments.delete(instrument.id);
        const missing = marginOf(book(venue({ positions: [position] })), { ...at, instruments });
        const quote = {
          status: 'OK' as const,
          publishedAt: at.at,
          currency: instrument.priceCurrency,
        };
        const asQuoted = marginOf(book(venue({ positions: [position] })), {
          ...at,
          instruments: instruments.set(instrument.id, { ...quote, price: position.markPrice }),
        });
        expect(isLess(asQuoted.freeCollateral, missing.freeCollateral)).toBe(false);
        expect(isLess(missing.initialMargin, asQuoted.initialMargin)).toBe(false);
        expect(isLess(missing.maintenanceMargin, asQuoted.maintenanceMargin)).toBe(false);
      }),
    );
  });

  it('never helps when a venue becomes STALE, for however long', () => {
    fc.assert(
      fc.property(
        books,
        markets,
        indices,
        fc.integer({ min: 0, max: 90 }),
        (of, at, index, age) => {
          const live = withVenue(of, index, (v) => ({ ...v, condition: { quality: 'LIVE' } }));
          const stale = withVenue(of, index, (v) => ({
            ...v,
            condition: { quality: 'STALE', reason: 'down', since: secondsAgo(age) },
          }));
          expect(isNoBetter(stale, at, marginOf(live, at))).toBe(true);
          expect(marginOf(stale, at).quality).toBe('STALE');
        },
      ),
    );
  });

  it('never helps when a venue is not known', () => {
    fc.assert(
      fc.property(books, markets, indices, (of, at, index) => {
        const unseen = withVenue(of, index, (v) => ({ ...v, state: null }));
        expect(evaluate(unseen, at).account.kind).toBe('unknown');
      }),
    );
  });

  it('never helps when a balance that is held is left out', () => {
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const without = withState(of, (state) => {
          const dropped = state.balances.findIndex(({ quantity }) => isPositive(quantity));
          return { ...state, balances: state.balances.filter((_, i) => i !== dropped) };
        });
        expect(isNoBetter(without, at, marginOf(of, at))).toBe(true);
      }),
    );
  });
});

describe('the requirement of any position', () => {
  it('covers the mark of a short option', () => {
    fc.assert(
      fc.property(positions, markets, (position, at) => {
        fc.pre(position.instrument.contractType === 'OPTION' && isNegative(position.size));
        const { optionValue, maintenanceMargin } = positionMarginOf(position, at);
        expect(isLess(maintenanceMargin, negate(optionValue))).toBe(false);
      }),
    );
  });

  it('is the same for a future held long and short', () => {
    fc.assert(
      fc.property(positions, markets, (position, at) => {
        fc.pre(position.instrument.contractType !== 'OPTION');
        const { initialMargin, maintenanceMargin } = positionMarginOf(position, at);
        const mirrored = positionMarginOf({ ...position, size: negate(position.size) }, at);
        expect(mirrored).toMatchObject({ initialMargin, maintenanceMargin });
      }),
    );
  });

  it('is never lower after the position is split in two', () => {
    fc.assert(
      fc.property(positions, positions, markets, (whole, other, at) => {
        const rest = subtract(whole.size, other.size);
        fc.pre(isNegative(rest) === isNegative(whole.size));
        fc.pre(isNegative(other.size) === isNegative(whole.size));
        const parts = [other.size, rest].map((size) => positionMarginOf({ ...whole, size }, at));
        const split = (pick: 'initialMargin' | 'maintenanceMargin') =>
          parts.reduce((total, part) => add(total, part[pick]), usd('0'));
        const { initialMargin, maintenanceMargin } = positionMarginOf(whole, at);
        expect(isLess(split('initialMargin'), initialMargin)).toBe(false);
        expect(isLess(split('maintenanceMargin'), maintenanceMargin)).toBe(false);
      }),
    );
  });
});
