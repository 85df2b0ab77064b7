/**
 * Value of a perpetual or dated future.
 *
 * Linear: profit = size × multiplier × (mark − entry), in the settlement currency. Inverse: profit =
 * size × multiplier × (1/entry − 1/mark), in the underlying. Source: the venue contract's
 * `ContractType`.
 */

import {
  abs,
  isPositive,
  priceCeil,
  priceFloor,
  subtract,
  usd,
  usdCeil,
  usdFloor,
  type Price,
  type Usd,
} from '../../../shared/units.js';
import type { FutureInstrument, Position } from './accountBook.js';
import { positionMarks } from './positionMarks.js';
import type { PriceReader } from './priceReader.js';
import type { ValuedFuture } from './valuedPosition.js';

/** Null when some price is missing that nothing can stand in for; `reader` names the assets. */
export function valuedFuture(
  position: Position,
  instrument: FutureInstrument,
  reader: PriceReader,
): ValuedFuture | null {
  const isInverse = instrument.contractType === 'INVERSE';
  const currencyPrice = reader.requiredAssetPrice(instrument.priceCurrency);
  const profitPrice = reader.requiredAssetPrice(
    isInverse ? instrument.underlying : instrument.settlementCurrency,
  );
  if (currencyPrice === null || profitPrice === null) return null;

  const marks = positionMarks(position, currencyPrice, reader);
  if (marks === null) return null;
  const { lowest, highest } = marks;
  const isLong = isPositive(position.size);
  // Profit rises with the mark when long and falls when short, so the worse end is known.
  const mark = isLong ? lowest : highest;
  return {
    kind: 'FUTURE',
    position,
    instrument,
    markPrice: isLong ? priceFloor([mark, currencyPrice]) : priceCeil([mark, currencyPrice]),
    notional: notional(position, highest, currencyPrice),
    unrealizedPnl: isInverse
      ? inversePnl(position, mark, profitPrice)
      : linearPnl(position, mark, profitPrice),
    optionValue: usd('0'),
  };
}

function linearPnl({ size, instrument, entryPrice }: Position, mark: Price, paidIn: Price): Usd {
  return usdFloor([size, instrument.contractMultiplier, subtract(mark, entryPrice), paidIn]);
}

/** 1/entry − 1/mark is (mark − entry) ÷ (entry × mark), which rounds once. */
function inversePnl({ size, instrument, entryPrice }: Position, mark: Price, paidIn: Price): Usd {
  return usdFloor(
    [size, instrument.contractMultiplier, subtract(mark, entryPrice), paidIn],
    [entryPrice, mark],
  );
}

/** An inverse contract is worth a fixed amount of the price currency, whatever the mark. */
function notional({ size, instrument }: Position, highest: Price, currencyPrice: Price): Usd {
  const worth = [abs(size), instrument.contractMultiplier, currencyPrice];
  return usdCeil(instrument.contractType === 'INVERSE' ? worth : [...worth, highest]);
}
