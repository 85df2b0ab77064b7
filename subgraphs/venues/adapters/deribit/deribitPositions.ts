/** Deribit's open positions. */

import {
  isEqual,
  isPositive,
  isWhole,
  quantity,
  quotientExact,
  subtract,
} from '../../../shared/units.js';
import type { Quantity } from '../../../shared/units.js';
import type { Instrument, Position } from '../../contract/venueState.js';
import { refuseRepeats } from '../../kit/distinct.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import type { DeribitInstruments } from './deribitInstruments.js';

export interface DeribitPosition {
  readonly node: ResponseNode;
  readonly position: Position;
  /**
   * Profit that the daily settlement has already paid into the balance although the position is still
   * open, in the settlement currency; zero for options, which are not settled daily.
   */
  readonly settledProfit: Quantity;
}

const NONE = quantity('0');

/** Deribit keeps one net position per instrument and account, so the name identifies it. */
export function deribitPositions(
  rows: readonly ResponseNode[],
  instruments: DeribitInstruments,
): readonly DeribitPosition[] {
  refuseRepeats(rows.map((node) => ({ node, key: node.field('instrument_name').text() })));
  return rows
    .filter((row) => !isEqual(signedSize(row), NONE))
    .map((row) => openPosition(row, instruments(row.field('instrument_name'))))
    .sort((a, b) => (a.position.id < b.position.id ? -1 : 1));
}

function openPosition(node: ResponseNode, instrument: Instrument): DeribitPosition {
  const isOption = instrument.contractType === 'OPTION';
  const kind = node.field('kind');
  if (kind.oneOf(['future', 'option']) !== (isOption ? 'option' : 'future')) {
    throw kind.refusal(`${kind.text()} contradicts the listing of ${instrument.symbol}`);
  }
  const [entry, mark] = [node.field('average_price'), node.field('mark_price')];
  const profit = node.field('total_profit_loss').quantity();
  return {
    node,
    position: {
      id: instrument.symbol,
      instrument,
      size: contracts(node, instrument),
      entryPrice: isOption ? entry.optionPrice() : entry.positivePrice(),
      markPrice: isOption ? mark.optionPrice() : mark.positivePrice(),
      unrealizedPnl: profit,
    },
    settledProfit: isOption
      ? NONE
      : subtract(profit, node.field('floating_profit_loss').quantity()),
  };
}

/** Buy is positive and sell negative, in `direction` and in the sign of `size` alike. */
function signedSize(row: ResponseNode): Quantity {
  const [size, direction] = [row.field('size'), row.field('direction')];
  const value = size.quantity();
  const said = direction.oneOf(['buy', 'sell', 'zero']);
  const seen = isEqual(value, NONE) ? 'zero' : isPositive(value) ? 'buy' : 'sell';
  if (said !== seen) throw direction.refusal(`"${said}" contradicts the size ${size.source()}`);
  return value;
}

/**
 * `size` is what the contracts stand for together: for an inverse future dollars, not contracts, and
 * for the others units of the underlying. Futures trade in whole contracts.
 */
function contracts(row: ResponseNode, { contractType, contractMultiplier }: Instrument): Quantity {
  const count = quotientExact(signedSize(row), contractMultiplier);
  if (count && (contractType === 'OPTION' || isWhole(count))) return count;
  const size = row.field('size');
  throw size.refusal(
    `${size.source()} is no ${count ? 'whole' : 'exact'} number of contracts of this instrument`,
  );
}
