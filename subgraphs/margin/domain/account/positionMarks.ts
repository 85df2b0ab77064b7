/** The prices that a position is valued between: one when the oracle prices it, else several. */

import {
  larger,
  price,
  priceCeil,
  priceFloor,
  smaller,
  subtract,
  type Price,
} from '../../../shared/units.js';
import type { Instrument, OptionInstrument, Position } from './accountBook.js';
import type { PriceReader } from './priceReader.js';

const ZERO = price('0');
const LEAST = price('0.000000000000000001');

/** Equal bounds when there is one price. */
export interface MarkBounds {
  readonly lowest: Price;
  readonly highest: Price;
}

/**
 * In the instrument's price currency. Without an oracle price, the venue's mark and what the index
 * of the underlying implies are both in the bounds, and the caller takes the worse end. Null without
 * an index too: a venue's word alone could hide a loss.
 *
 * @param currencyPrice USD per unit of the price currency.
 */
export function positionMarks(
  { instrument, markPrice }: Position,
  currencyPrice: Price,
  reader: PriceReader,
): MarkBounds | null {
  const given = reader.instrumentPrice(instrument);
  if (given !== null) return { lowest: given, highest: given };
  const index = reader.requiredAssetPrice(instrument.underlying);
  if (index === null) return null;
  reader.note(
    'DEGRADED',
    `No usable price for ${instrument.id}: the worse of the venue's mark and the index stands in.`,
  );
  const implied = impliedMark(instrument, index, currencyPrice);
  return {
    lowest: smaller(markPrice, implied.lowest),
    highest: larger(markPrice, implied.highest),
  };
}

/** What the index alone implies, on both sides of rounding: itself, or an option's exercise. */
function impliedMark(instrument: Instrument, index: Price, currencyPrice: Price): MarkBounds {
  const isOption = instrument.contractType === 'OPTION';
  const implied = isOption ? intrinsicValue(instrument, index) : index;
  const lowest = priceFloor([implied], [currencyPrice]);
  return {
    // An inverse future is divided by its mark, so dust may not round to nothing.
    lowest: isOption ? lowest : larger(lowest, LEAST),
    highest: priceCeil([implied], [currencyPrice]),
  };
}

function intrinsicValue({ optionType, strike }: OptionInstrument, index: Price): Price {
  const gain = optionType === 'CALL' ? subtract(index, strike) : subtract(strike, index);
  return larger(gain, ZERO);
}
