/** What pricing needs to know of an option that is held. */

import type { EuropeanOption } from '../../../shared/pricing/black76.js';
import { toFloat } from '../../../shared/units.js';
import type { OptionInstrument } from '../account/accountBook.js';
import type { ExpiryCurve } from '../risk/riskBook.js';

const SECONDS_PER_YEAR = 365 * 86_400;

export type OptionTerms = Omit<EuropeanOption, 'volatility'>;

export function optionTerms(
  { optionType, strike }: OptionInstrument,
  { seconds, forward, rate }: ExpiryCurve,
): OptionTerms {
  const years = seconds / SECONDS_PER_YEAR;
  return {
    type: optionType,
    forward: forward.price,
    strike: toFloat(strike),
    years,
    discount: Math.exp(-rate.price * years),
  };
}
