/** Value of a European option: its mark, which may be quoted in coin, in USD. */

import {
  abs,
  isPositive,
  priceCeil,
  priceFloor,
  usd,
  usdCeil,
  usdFloor,
} from '../../../shared/units.js';
import type { OptionInstrument, Position } from './accountBook.js';
import { positionMarks } from './positionMarks.js';
import type { PriceReader } from './priceReader.js';
import type { ValuedOption } from './valuedPosition.js';

/** Null when some price is missing that nothing can stand in for; `reader` names the assets. */
export function valuedOption(
  position: Position,
  instrument: OptionInstrument,
  reader: PriceReader,
): ValuedOption | null {
  const { size } = position;
  const currencyPrice = reader.requiredAssetPrice(instrument.priceCurrency);
  const indexPrice = reader.requiredAssetPrice(instrument.underlying);
  if (currencyPrice === null || indexPrice === null) return null;

  const marks = positionMarks(position, currencyPrice, reader);
  if (marks === null) return null;
  const { lowest, highest } = marks;
  // What is owned is valued low, what is owed high.
  const markPrice = isPositive(size)
    ? priceFloor([lowest, currencyPrice])
    : priceCeil([highest, currencyPrice]);
  return {
    kind: 'OPTION',
    position,
    instrument,
    indexPrice,
    markPrice,
    notional: usdCeil([abs(size), instrument.contractMultiplier, indexPrice]),
    unrealizedPnl: usd('0'),
    optionValue: usdFloor([size, instrument.contractMultiplier, markPrice]),
  };
}
