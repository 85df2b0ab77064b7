/** Any options of one underlying and expiry over a few venues, for properties. */

import fc from 'fast-check';
import type { StandardOption } from '../../../../subgraphs/margin/domain/standard/standardPosition.js';
import { call, put } from './standardPositions.js';

const VENUES = ['a:1', 'b:1', 'c:1'] as const;

/** At an index of 2000; marks are at least what exercising pays. */
export const anyOption: fc.Arbitrary<StandardOption> = fc
  .record({
    isCall: fc.boolean(),
    venue: fc.constantFrom(...VENUES),
    strike: fc.constantFrom(0, 500, 1_500, 1_800, 2_000, 2_200, 3_000, 20_000),
    units: fc.integer({ min: -5, max: 5 }).filter((units) => units !== 0),
    premium: fc.integer({ min: 0, max: 400 }),
    isTrusted: fc.boolean(),
    id: fc.uuid(),
  })
  .map(({ isCall, strike, units, premium, ...more }) => {
    const intrinsic = Math.max(isCall ? 2_000 - strike : strike - 2_000, 0);
    const terms = {
      strike: String(strike),
      units: String(units),
      mark: String(intrinsic + premium),
    };
    return isCall ? call({ ...terms, ...more }) : put({ ...terms, ...more });
  });

export const anyOptions = fc.array(anyOption, { minLength: 1, maxLength: 8 });

/** Each venue is either trusted or not. */
export const anyOptionsOfVenues = fc
  .tuple(anyOptions, fc.subarray([...VENUES]))
  .map(([options, silent]) =>
    options.map((option) => ({
      ...option,
      isTrusted: !silent.some((venue) => venue === option.line.venueAccountId),
    })),
  );
