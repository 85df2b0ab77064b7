/**
 * What the options of one underlying and expiry require together: the sum of what each requires, or
 * the most that all of them can lose at settlement where that is less. Options at several venues
 * offset each other too, for a charge on what only another venue hedges, and never require more
 * together than venue by venue.
 */

import { isNegative } from '../../../shared/units.js';
import { sortedUnique } from '../textOrder.js';
import type { ChargedPosition } from './chargedPosition.js';
import { largestOf, lineCharge, smallestOf, sumOf } from './exactRequirement.js';
import { forBoth, type RequirementPair } from './marginPair.js';
import { placeOf } from './placeOf.js';
import { settlementRequirement } from './settlementRequirement.js';
import type { StandardOption } from './standardPosition.js';
import type { SpreadRules } from './standardRules.js';

type Options = readonly ChargedPosition<StandardOption>[];

/** More silent venues than this: the options of each stand alone. There are 2ⁿ ways to lose n. */
const SILENT_VENUES_MAX = 4;

/**
 * @param options Of one underlying and expiry, at least one.
 * @param spreads Null where options do not offset each other.
 */
export function expiryRequirement(options: Options, spreads: SpreadRules | null): RequirementPair {
  const isAtRisk = options.some(({ position }) => isNegative(position.units));
  if (spreads === null || !isAtRisk) return isolated(options);
  return withSilentVenues(options, spreads);
}

/**
 * A venue that has been silent for long may not hold any more what hedges the others: the largest of
 * all ways in which any such venues hedge nobody but themselves. So the silence of one more venue
 * never lowers it.
 */
function withSilentVenues(options: Options, spreads: SpreadRules): RequirementPair {
  const silent = venuesOf(options.filter(({ position }) => !position.isTrusted));
  if (silent.length > SILENT_VENUES_MAX) return venuesAlone(options, spreads);
  const all = netted(options, spreads);
  if (silent.length === 0) return all;
  const losses = subsets(silent).map((lost) => withoutHedgesAt(lost, options, spreads));
  return forBoth((kind) =>
    largestOf({ code: 'SILENT_VENUES' }, [all[kind], ...losses.map((one) => one[kind])]),
  );
}

/** All subsets but the empty one. */
const subsets = (venues: readonly string[]): readonly (readonly string[])[] =>
  venues
    .reduce<readonly (readonly string[])[]>(
      (sets, venue) => [...sets, ...sets.map((set) => [...set, venue])],
      [[]],
    )
    .slice(1);

function withoutHedgesAt(
  lost: readonly string[],
  options: Options,
  spreads: SpreadRules,
): RequirementPair {
  const rest = options.filter(({ position }) => !lost.includes(position.line.venueAccountId));
  const parts = [
    ...(rest.length === 0 ? [] : [netted(rest, spreads)]),
    ...lost.map((venue) => netted(at(venue, options), spreads, venue)),
  ];
  return summed({ code: 'WITHOUT_HEDGES', of: lost.join(', ') }, parts);
}

/** @param venue Named when the options are one venue's slice. */
function netted(
  options: Options,
  spreads: SpreadRules,
  venue: string | null = null,
): RequirementPair {
  const each = isolated(options);
  const together = settlementRequirement(options, each, spreads);
  const alone = venuesOf(options).length > 1 ? [venuesAlone(options, spreads)] : [];
  return forBoth((kind) =>
    smallestOf({ code: 'OFFSET', of: venue }, [
      each[kind],
      together[kind],
      ...alone.map((one) => one[kind]),
    ]),
  );
}

const venuesAlone = (options: Options, spreads: SpreadRules): RequirementPair =>
  summed(
    { code: 'VENUES_ALONE' },
    venuesOf(options).map((venue) => netted(at(venue, options), spreads, venue)),
  );

/** Long options require nothing. */
const isolated = (options: Options): RequirementPair =>
  summed(
    { code: 'ISOLATED' },
    options
      .filter(({ position }) => isNegative(position.units))
      .map(({ position: { line }, alone }) =>
        forBoth((kind) =>
          lineCharge({ code: 'SHORT_OPTION', of: placeOf(line) }, alone[kind], line),
        ),
      ),
  );

const summed = (
  name: { readonly code: string; readonly of?: string },
  parts: readonly RequirementPair[],
): RequirementPair =>
  forBoth((kind) =>
    sumOf(
      name,
      parts.map((part) => part[kind]),
    ),
  );

const at = (venue: string, options: Options): Options =>
  options.filter(({ position }) => position.line.venueAccountId === venue);

const venuesOf = (options: Options): readonly string[] =>
  sortedUnique(options.map(({ position }) => position.line.venueAccountId));
