import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountOf,
  type ExactRequirement,
} from '../../../../subgraphs/margin/domain/standard/exactRequirement.js';
import { expiryRequirement } from '../../../../subgraphs/margin/domain/standard/expiryRequirement.js';
import type { MarginKind } from '../../../../subgraphs/margin/domain/standard/marginPair.js';
import { positionRequirement } from '../../../../subgraphs/margin/domain/standard/positionRequirement.js';
import type { StandardOption } from '../../../../subgraphs/margin/domain/standard/standardPosition.js';
import type { StandardRules } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import { add, isLess, ratio, sum, usd, type Usd } from '../../../../subgraphs/shared/units.js';
import { anyOptions, anyOptionsOfVenues } from './arbitraryOptions.js';
import { call, put, rules } from './standardPositions.js';

const KINDS: readonly MarginKind[] = ['initialMargin', 'maintenanceMargin'];

const required = (
  options: readonly StandardOption[],
  by: StandardRules,
  kind: MarginKind,
): ExactRequirement =>
  expiryRequirement(
    options.map((position) => ({
      position,
      alone: positionRequirement(position, by),
      doubts: [],
    })),
    by.spreads,
  )[kind];

const both = (options: readonly StandardOption[], by: StandardRules = rules) =>
  KINDS.map((kind) => amountOf(required(options, by, kind)));

const withBasis: StandardRules = {
  ...rules,
  spreads: rules.spreads && { ...rules.spreads, venueBasis: ratio('0.01') },
};

// Mark 210, 200 in the money: alone 0.15 × 2 000 + 210 = 510 and 0.09 × 2 000 + 210 = 390.
const short = call({ units: '-1', strike: '1800', mark: '210' });
const long = call({ units: '1', strike: '2000', mark: '80' });

describe('the requirement of the options of one expiry', () => {
  it('is the most that they can lose, where that is less than they require alone', () => {
    expect(both([short])).toEqual([usd('510'), usd('390')]);
    expect(both([short, long])).toEqual([usd('200'), usd('200')]);
  });

  it('is what they require alone, where they can lose more', () => {
    expect(both([short, { ...long, strike: call({ units: '1', strike: '9000' }).strike }])).toEqual(
      [usd('510'), usd('390')],
    );
  });

  it('charges unpaired calls 1.2 times the forward, and 1.1 times for maintenance', () => {
    // Ten sold and nine bought 10 above: 100 at 1 810, and one unpaired; alone more than 3 900.
    const sold = { ...short, units: call({ units: '-10', strike: '0' }).units };
    const bought = call({ units: '9', strike: '1810' });

    expect(both([sold, bought])).toEqual([usd('2500'), usd('2300')]);
  });

  it('of long options is nothing', () => {
    expect(both([long, put({ units: '1', strike: '3000' })])).toEqual([usd('0'), usd('0')]);
  });

  it('has no offset under rules that know none', () => {
    expect(both([short, long], { ...rules, spreads: null })).toEqual([usd('510'), usd('390')]);
  });

  it('offsets a long at another venue, for a charge on what is hedged there', () => {
    const elsewhere = { ...long, line: { ...long.line, venueAccountId: 'okx:7' } };

    // 200 can be lost; one unit hedged elsewhere costs 1 % of 2 000.
    expect(both([short, elsewhere], withBasis)).toEqual([usd('220'), usd('220')]);
  });

  it('never requires more together than venue by venue', () => {
    // deribit: ten sold, nine bought 1 above: 10 and one unpaired, 1.2 × 2 000. A call far out of
    // reach at okx pairs the last one; counted with it, 18 199 could be lost at 20 000.
    const sold = { ...short, units: call({ units: '-10', strike: '0' }).units };
    const bought = call({ units: '9', strike: '1801' });
    const far = call({ units: '1', strike: '20000', venue: 'okx:7' });

    expect(both([sold, bought])).toEqual([usd('2410'), usd('2210')]);
    expect(both([sold, bought, far])).toEqual([usd('2410'), usd('2210')]);
  });

  it('does not count on a venue that has been silent for too long', () => {
    const silent = { ...long, line: { ...long.line, venueAccountId: 'okx:7' }, isTrusted: false };

    expect(both([short, silent])).toEqual([usd('510'), usd('390')]);
  });

  it('says which hedges it does not count on', () => {
    const silent = { ...long, line: { ...long.line, venueAccountId: 'okx:7' }, isTrusted: false };

    expect(required([short, silent], rules, 'initialMargin').part).toMatchObject({
      code: 'SILENT_VENUES',
      operation: 'LARGEST',
      parts: [
        { code: 'OFFSET', of: null, amount: usd('200') },
        {
          code: 'WITHOUT_HEDGES',
          of: 'okx:7',
          amount: usd('510'),
          parts: [
            { code: 'OFFSET', of: null, amount: usd('510') },
            { code: 'OFFSET', of: 'okx:7', amount: usd('0') },
          ],
        },
      ],
    });
  });

  it('of long options asks for no settlement', () => {
    expect(required([long], rules, 'initialMargin').part).toMatchObject({
      code: 'ISOLATED',
      amount: usd('0'),
      parts: [],
    });
  });

  it('counts on the other venues while one is silent', () => {
    const elsewhere = { ...long, line: { ...long.line, venueAccountId: 'okx:7' } };
    const silent = put({ units: '-1', strike: '100', venue: 'bybit:3', isTrusted: false });

    // The spread can lose 200, the put 100: together 200, as the price cannot be at both ends.
    expect(both([short, elsewhere, { ...silent, isTrusted: true }])).toEqual([
      usd('200'),
      usd('200'),
    ]);
    expect(both([short, elsewhere, silent])).toEqual([usd('300'), usd('300')]);
  });

  it('counts on none when more venues are silent than can be told apart', () => {
    const silent = ['b:1', 'c:1', 'd:1', 'e:1', 'f:1'].map((venue) =>
      call({ units: '1', strike: '9000', venue, isTrusted: false }),
    );
    const elsewhere = { ...long, line: { ...long.line, venueAccountId: 'okx:7' } };

    expect(both([short, elsewhere, ...silent.slice(1)])).toEqual([usd('200'), usd('200')]);
    expect(both([short, elsewhere, ...silent])).toEqual([usd('510'), usd('390')]);
  });
});

describe('the requirement of any options of one expiry', () => {
  const alone = (options: readonly StandardOption[], kind: MarginKind): Usd =>
    sum(options.map((option) => positionRequirement(option, rules)[kind]));

  const atVenue = (options: readonly StandardOption[], venue: string) =>
    options.filter(({ line }) => line.venueAccountId === venue);

  const venuesOf = (options: readonly StandardOption[]) => [
    ...new Set(options.map(({ line }) => line.venueAccountId)),
  ];

  it('is at most what they require alone, and initially at least for maintenance', () => {
    fc.assert(
      fc.property(anyOptionsOfVenues, (options) => {
        const [initial, maintenance] = both(options, withBasis);
        if (!initial || !maintenance) throw new Error('both');
        expect(isLess(initial, maintenance)).toBe(false);
        expect(isLess(maintenance, usd('0'))).toBe(false);
        expect(isLess(alone(options, 'initialMargin'), initial)).toBe(false);
        expect(isLess(alone(options, 'maintenanceMargin'), maintenance)).toBe(false);
      }),
    );
  });

  it('is at most the sum over venues, also while some are silent', () => {
    fc.assert(
      fc.property(anyOptionsOfVenues, fc.constantFrom(...KINDS), (options, kind) => {
        const together = amountOf(required(options, withBasis, kind));
        const apart = venuesOf(options).map((venue) =>
          amountOf(required(atVenue(options, venue), withBasis, kind)),
        );
        expect(isLess(sum(apart), together)).toBe(false);
      }),
    );
  });

  it('is never lower when one more venue falls silent', () => {
    fc.assert(
      fc.property(anyOptionsOfVenues, fc.constantFrom(...KINDS), (options, kind) => {
        const before = amountOf(required(options, withBasis, kind));
        for (const venue of venuesOf(options)) {
          const after = options.map((option) =>
            option.line.venueAccountId === venue ? { ...option, isTrusted: false } : option,
          );
          expect(isLess(amountOf(required(after, withBasis, kind)), before)).toBe(false);
        }
      }),
    );
  });

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(anyOptionsOfVenues, (options) => {
        expect(both(options.toReversed(), withBasis)).toEqual(both(options, withBasis));
      }),
    );
  });

  it('scales with them', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const twice = options.map((option) => ({
          ...option,
          units: add(option.units, option.units),
        }));
        expect(both(twice, withBasis)).toEqual(
          both(options, withBasis).map((amount) => add(amount, amount)),
        );
      }),
    );
  });

  it('has shares that sum to it', () => {
    fc.assert(
      fc.property(anyOptionsOfVenues, fc.constantFrom(...KINDS), (options, kind) => {
        const requirement = required(options, withBasis, kind);
        expect(sum([...requirement.shares().values()])).toEqual(amountOf(requirement));
      }),
    );
  });
});
