/** What stands at one venue, valued: the input of every model's requirement. */

import type { CollateralValue, Unknown } from '../marginModel.js';
import type { Balance, Position, VenueBook } from './accountBook.js';
import { collateralValue } from './collateralValue.js';
import { isPastGrace } from './freshness.js';
import type { MarketSnapshot } from './marketSnapshot.js';
import type { AgeLimits } from '../parameterSet.js';
import { PriceReader } from './priceReader.js';
import type { Finding } from './quality.js';
import { sortedUnique } from '../textOrder.js';
import { valuedFuture } from './valuedFuture.js';
import { valuedOption } from './valuedOption.js';
import type { ValuedPosition } from './valuedPosition.js';
import { abs, isLess, smaller, sum, usd } from '../../../shared/units.js';

export interface VenueValuation {
  readonly kind: 'known';
  readonly venueAccountId: string;
  /** In the order of the book. */
  readonly positions: readonly ValuedPosition[];
  readonly collateral: readonly CollateralValue[];
  /** What `collateral` is of, in its order. */
  readonly balances: readonly Balance[];
  /** False when the venue has been STALE for so long that nothing held or gained there counts. */
  readonly isTrusted: boolean;
  readonly findings: readonly Finding[];
  readonly asOf: Date;
  readonly oldestInput: Date;
}

const USD_MAX = usd('1000000000000000000');

/**
 * A venue that is STALE is valued at its last state, and past the grace its collateral, gains and
 * long options count for nothing while its losses and debts stay.
 */
export function venueValuation(
  book: VenueBook,
  market: MarketSnapshot,
  limits: AgeLimits,
): VenueValuation | Unknown {
  const { venueAccountId: id, venue, state, condition } = book;
  if (state === null) return { kind: 'unknown', id, unpriced: [], venues: [neverSeen(book)] };

  const reader = new PriceReader(market, limits);
  const isTrusted = !isPastGrace(condition, market.at, limits);
  noteCondition(book, isTrusted, reader);
  const positions = state.positions.map((position) => valuedPosition(position, reader));
  const collateral = state.balances.map((balance) => collateralValue(balance, reader, isTrusted));
  if (reader.unpriced.length > 0) {
    return { kind: 'unknown', id, unpriced: sortedUnique(reader.unpriced), venues: [] };
  }
  const valued = positions.filter((position) => position !== null);
  const credited = collateral.filter((value) => value !== null);
  if (isAbsurd(valued, credited)) {
    const reason = 'it reports more than 10¹⁸ dollars';
    return { kind: 'unknown', id, unpriced: [], venues: [{ venue, reason }] };
  }
  return {
    kind: 'known',
    venueAccountId: id,
    positions: isTrusted ? valued : valued.map(withoutGain),
    collateral: credited,
    balances: state.balances,
    isTrusted,
    findings: reader.findings,
    asOf: state.asOf,
    oldestInput: new Date(Math.min(...[state.asOf, ...reader.times].map((time) => time.getTime()))),
  };
}

function noteCondition({ venue, condition }: VenueBook, isTrusted: boolean, reader: PriceReader) {
  if (condition.quality === 'LIVE') return;
  reader.note(
    condition.quality,
    condition.quality === 'STALE'
      ? `The last known state of ${venue} stands in: ${condition.reason}.`
      : `The state of ${venue} is degraded: ${condition.reason}.`,
  );
  if (isTrusted) return;
  reader.note('STALE', `Collateral and gains at ${venue} no longer count: its state is too old.`);
}

const neverSeen = ({ venue, condition }: VenueBook) => ({
  venue,
  reason: condition.quality === 'LIVE' ? 'it has sent no state yet' : condition.reason,
});

const valuedPosition = (position: Position, reader: PriceReader): ValuedPosition | null =>
  position.instrument.contractType === 'OPTION'
    ? valuedOption(position, position.instrument, reader)
    : valuedFuture(position, position.instrument, reader);

/** Amounts of that size are a venue's mistake, and would not fit the log of margin calls. */
const isAbsurd = (positions: readonly ValuedPosition[], collateral: readonly CollateralValue[]) =>
  [
    sum(positions.map(({ notional }) => notional)),
    sum(positions.map(({ unrealizedPnl }) => abs(unrealizedPnl))),
    sum(positions.map(({ optionValue }) => abs(optionValue))),
    sum(collateral.map(({ creditedValue }) => abs(creditedValue))),
  ].some((amount) => isLess(USD_MAX, amount));

const withoutGain = (valued: ValuedPosition): ValuedPosition => ({
  ...valued,
  unrealizedPnl: smaller(valued.unrealizedPnl, usd('0')),
  optionValue: smaller(valued.optionValue, usd('0')),
});
