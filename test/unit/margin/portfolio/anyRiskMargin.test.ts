import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  isEqual,
  isLess,
  isNegative,
  larger,
  smaller,
  subtract,
  sum,
  toFloat,
  usdCeil,
  type Usd,
} from '../../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  VenueBook,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type {
  AccountMargin,
  RequirementPart,
} from '../../../../subgraphs/margin/domain/marginModel.js';
import type { MarginSet } from '../../../../subgraphs/margin/parameters/marginSet.js';
import { books, markets } from '../arbitraryBook.js';
import { secondsAgo } from '../books.js';
import { portfolio, riskSets, unified } from './models.js';

// Many models are asked of each book, and two cores are shared.
const runs = { numRuns: 20 };
vi.setConfig({ testTimeout: 30_000 });
const sets = fc.constantFrom(...riskSets);
/** Derive counts collateral in the settlement currency, which here may be worth anything. */
const inDollars = fc.constantFrom(...riskSets.filter(({ preset }) => preset !== 'derive-pm2'));
const indices = fc.integer({ min: 0, max: 2 });

const withVenue = (of: AccountBook, index: number, change: (venue: VenueBook) => VenueBook) => ({
  ...of,
  venues: of.venues.map((v, i) => (i === index ? change(v) : v)),
});

/** One book in thousands would require more dollars than there are; others are known. */
function marginBy(set: MarginSet, of: AccountBook, at: MarketSnapshot): AccountMargin {
  const { account } = set.evaluate(of, at);
  fc.pre(account.kind === 'known');
  return account;
}

/** Not known is worse than any amount. */
function isNoBetter(set: MarginSet, after: AccountBook, at: MarketSnapshot, before: AccountMargin) {
  const { account } = set.evaluate(after, at);
  return account.kind === 'unknown' || !isLess(before.freeCollateral, account.freeCollateral);
}

/** What its parts make of a part of the tree. */
function follows({ operation, amount, factor, parts }: RequirementPart): boolean {
  const amounts = parts.map((part) => part.amount);
  const made = (): Usd => {
    switch (operation) {
      case 'LEAF':
        return amount;
      case 'SUM':
        return sum(amounts);
      case 'LARGEST':
        return amounts.reduce(larger);
      case 'SMALLEST':
        return amounts.reduce(smaller);
      case 'SCALED':
        return usdCeil([sum(amounts), ...(factor === null ? [] : [factor])]);
    }
  };
  return isEqual(made(), amount) && parts.every(follows);
}

describe('the margin of any portfolio by revaluation', () => {
  it('has the surplus that equity leaves over maintenance, to ten digits', () => {
    fc.assert(
      fc.property(sets, books, markets, (set, of, at) => {
        const { equity, maintenanceMargin } = marginBy(set, of, at);
        const [owned, kept] = [toFloat(equity), toFloat(maintenanceMargin)];
        const size = Math.max(1, Math.abs(owned), kept);
        expect((set.surplus(of, at) ?? NaN) / size).toBeCloseTo((owned - kept) / size, 10);
      }),
      runs,
    );
  });

  it('requires at least nothing, and initially at least what maintenance requires', () => {
    fc.assert(
      fc.property(sets, books, markets, (set, of, at) => {
        const account = marginBy(set, of, at);
        for (const { initialMargin, maintenanceMargin } of [account, ...account.venues]) {
          expect(isNegative(maintenanceMargin)).toBe(false);
          expect(isLess(initialMargin, maintenanceMargin)).toBe(false);
        }
      }),
      runs,
    );
  });

  it('counts collateral, profit and options in equity, each the exact sum of the venues’', () => {
    fc.assert(
      fc.property(sets, books, markets, (set, of, at) => {
        const account = marginBy(set, of, at);
        for (const name of ['collateralValue', 'unrealizedPnl', 'optionValue', 'equity'] as const) {
          expect(account[name]).toEqual(sum(account.venues.map((v) => v[name])));
        }
        expect(account.equity).toEqual(
          sum([account.collateralValue, account.unrealizedPnl, account.optionValue]),
        );
        expect(account.freeCollateral).toEqual(subtract(account.equity, account.initialMargin));
      }),
      runs,
    );
  });

  it('does not depend on the order of venues, positions and balances', () => {
    fc.assert(
      fc.property(sets, books, markets, (set, of, at) => {
        const reversed: AccountBook = {
          ...of,
          venues: of.venues.toReversed().map((v) => ({
            ...v,
            state: v.state && {
              ...v.state,
              positions: v.state.positions.toReversed(),
              balances: v.state.balances.toReversed(),
            },
          })),
        };
        expect(set.evaluate(reversed, at)).toEqual(set.evaluate(of, at));
      }),
      runs,
    );
  });

  it('is explained by a tree whose every amount follows from its parts', () => {
    fc.assert(
      fc.property(sets, books, markets, (set, of, at) => {
        const { initialMargin, maintenanceMargin } = marginBy(set, of, at);
        const explanation = set.explain(of, at);
        expect(explanation?.initialMargin.amount).toEqual(initialMargin);
        expect(explanation?.maintenanceMargin.amount).toEqual(maintenanceMargin);
        expect(explanation && follows(explanation.initialMargin)).toBe(true);
        expect(explanation && follows(explanation.maintenanceMargin)).toBe(true);
      }),
      runs,
    );
  });

  it('is attributed to its positions and balances, to the last digit', () => {
    fc.assert(
      fc.property(sets, books, markets, (set, of, at) => {
        const { initialMargin, maintenanceMargin } = marginBy(set, of, at);
        const shares = set.explain(of, at)?.attribution ?? [];
        expect(sum(shares.map((share) => share.initialMargin))).toEqual(initialMargin);
        expect(sum(shares.map((share) => share.maintenanceMargin))).toEqual(maintenanceMargin);
      }),
      runs,
    );
  });

  it('requires to stay open what the scenarios do, and initially no less than they', () => {
    fc.assert(
      fc.property(books, markets, (of, at) => {
        const scenario = marginBy(unified, of, at);
        const { initialMargin, maintenanceMargin } = marginBy(portfolio, of, at);
        expect(maintenanceMargin).toEqual(scenario.maintenanceMargin);
        expect(isLess(initialMargin, scenario.initialMargin)).toBe(false);
      }),
      runs,
    );
  });
});

describe('missing data, for any portfolio by revaluation', () => {
  it('never lowers a requirement when a venue becomes STALE, for however long', () => {
    fc.assert(
      fc.property(
        sets,
        books,
        markets,
        indices,
        fc.integer({ min: 0, max: 90 }),
        (set, of, at, index, age) => {
          const live = withVenue(of, index, (v) => ({ ...v, condition: { quality: 'LIVE' } }));
          const stale = withVenue(of, index, (v) => ({
            ...v,
            condition: { quality: 'STALE', reason: 'down', since: secondsAgo(age) },
          }));
          const [before, after] = [marginBy(set, live, at), marginBy(set, stale, at)];
          expect(isLess(before.freeCollateral, after.freeCollateral)).toBe(false);
          expect(isLess(after.initialMargin, before.initialMargin)).toBe(false);
          expect(isLess(after.maintenanceMargin, before.maintenanceMargin)).toBe(false);
        },
      ),
      runs,
    );
  });

  it('never lets the requirement of a silent venue fall below that of the account without it', () => {
    fc.assert(
      fc.property(inDollars, books, markets, indices, (set, of, at, index) => {
        const live = (venues: readonly VenueBook[]) =>
          venues.map((v) => ({ ...v, condition: { quality: 'LIVE' as const } }));
        const silent = withVenue({ ...of, venues: live(of.venues) }, index, (v) => ({
          ...v,
          condition: { quality: 'STALE', reason: 'down', since: secondsAgo(60) },
        }));
        const without = { ...of, venues: live(of.venues.filter((_, i) => i !== index)) };
        const [after, alone] = [marginBy(set, silent, at), marginBy(set, without, at)];
        expect(isLess(after.initialMargin, alone.initialMargin)).toBe(false);
      }),
      runs,
    );
  });

  it('leaves the account unknown where a venue has never been heard of', () => {
    fc.assert(
      fc.property(sets, books, markets, indices, (set, of, at, index) => {
        const unseen = withVenue(of, index, (v) => ({ ...v, state: null }));
        expect(set.evaluate(unseen, at).account.kind).toBe('unknown');
        expect(set.explain(unseen, at)).toBe(null);
      }),
      runs,
    );
  });

  it('never frees collateral when an asset loses its price', () => {
    // Charges that grow faster than what is held may ask for more than it is worth, and a holding at
    // a silent venue counts for nothing already: losing those prices would free what they ask for.
    const plain = riskSets.filter(({ preset }) => preset === 'okx-pm');
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        books,
        markets,
        fc.constantFrom('BTC', 'ETH', 'SOL', 'USDT'),
        (set, of, at, asset) => {
          const live: AccountBook = {
            ...of,
            venues: of.venues.map((v) => ({ ...v, condition: { quality: 'LIVE' } })),
          };
          const assets = new Map(at.assets);
          assets.delete(asset);
          expect(isNoBetter(set, live, { ...at, assets }, marginBy(set, live, at))).toBe(true);
        },
      ),
      runs,
    );
  });
});
