import type { EuropeanOption } from '../../../shared/pricing/black76.js';
import type { ExpiryCurve, OptionRisk } from '../risk/riskBook.js';
import { yearsOf } from './yearsOf.js';

/** One unit of an option as the pricing room takes it, at today's value; no rate is below 0. */
export function europeanOption(
  { isCall, strike, volatility }: OptionRisk,
  { seconds, forward, rate }: ExpiryCurve,
): EuropeanOption {
  const years = yearsOf(seconds);
  return {
    type: isCall ? 'CALL' : 'PUT',
    forward: forward.price,
    strike,
    volatility,
    years,
    discount: Math.exp(-Math.max(rate.price, 0) * years),
  };
}
