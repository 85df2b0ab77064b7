/**
 * What a book requires under the standard rules: futures each on its own, options together with the
 * others of their underlying and expiry, and charges where prices are in doubt.
 */

import { groupedBy } from '../groupedBy.js';
import { sortedUnique } from '../textOrder.js';
import type { ChargedBook, ChargedPosition } from './chargedPosition.js';
import { lineCharge, sumOf } from './exactRequirement.js';
import { expiryRequirement } from './expiryRequirement.js';
import { forBoth, type RequirementPair } from './marginPair.js';
import { placeOf } from './placeOf.js';
import type { StandardFuture, StandardOption } from './standardPosition.js';
import type { SpreadRules } from './standardRules.js';

/** The order of positions and balances decides no amount. */
export function bookRequirement(
  { positions, balanceDoubts }: ChargedBook,
  spreads: SpreadRules | null,
): RequirementPair {
  const underlyings = groups(positions, ({ position }) => position.underlying).map(
    ([underlying, its]) => underlyingRequirement(underlying, its, spreads),
  );
  return forBoth((kind) =>
    sumOf({ code: 'STANDARD' }, [
      ...underlyings.map((one) => one[kind]),
      ...(kind === 'initialMargin' ? balanceDoubts : []),
    ]),
  );
}

function underlyingRequirement(
  underlying: string,
  positions: readonly ChargedPosition[],
  spreads: SpreadRules | null,
): RequirementPair {
  const futures = positions.filter(isFuture).map(futureRequirement);
  const expiries = groups(positions.filter(isOption), ({ position }) =>
    position.expiry.toISOString(),
  ).map(([expiry, its]) => [expiry, expiryRequirement(its, spreads)] as const);
  return forBoth((kind) =>
    sumOf({ code: 'UNDERLYING', of: underlying }, [
      ...futures.map((one) => one[kind]),
      ...expiries.map(([expiry, one]) => sumOf({ code: 'EXPIRY', of: expiry }, [one[kind]])),
      ...(kind === 'initialMargin' ? positions.flatMap(({ doubts }) => doubts) : []),
    ]),
  );
}

const futureRequirement = ({ position, alone }: ChargedPosition): RequirementPair =>
  forBoth((kind) =>
    lineCharge({ code: 'FUTURE', of: placeOf(position.line) }, alone[kind], position.line),
  );

const isFuture = (charged: ChargedPosition): charged is ChargedPosition<StandardFuture> =>
  charged.position.kind === 'FUTURE';

const isOption = (charged: ChargedPosition): charged is ChargedPosition<StandardOption> =>
  charged.position.kind === 'OPTION';

/** In the order of their keys. */
function groups<Member>(all: readonly Member[], keyOf: (member: Member) => string) {
  const byKey = groupedBy(all, keyOf);
  return sortedUnique([...byKey.keys()]).map((key) => [key, byKey.get(key) ?? []] as const);
}
