/** Greeks of an option on a spot price (Black–Scholes): those of its forward, by the chain rule. */

import type { EuropeanOption } from './black76.js';
import { blackGreeks, type BlackGreeks } from './blackGreeks.js';
import { InvalidPricingInput, requireAboveZero, requireFinite } from './invalidPricingInput.js';

/** As an option on the forward, but for what the forward and the discount are made of. */
export interface SpotOption extends Omit<EuropeanOption, 'forward' | 'discount'> {
  /** Price of the underlying now; above zero, in the currency of the strike. */
  readonly spot: number;
  /** Continuously compounded, a year, at which the strike is discounted; 0.05 is 5 %. */
  readonly rate: number;
  /** What holding the underlying pays, continuously, a year: dividends, or interest in its coin. */
  readonly yield: number;
}

/**
 * Value and Greeks in moves of the spot, the rate and the calendar: delta is ∂value/∂spot, gamma
 * ∂²value/∂spot², theta a year's passing with the spot unmoved, rho ∂value/∂rate with the forward
 * following; vega is as on the forward. Raw: per 1.00 of volatility or rate, per whole year.
 * Throws InvalidPricingInput, naming the field.
 * Source: F. Black and M. Scholes, "The pricing of options and corporate liabilities" (1973).
 */
export function spotGreeks(option: SpotOption): BlackGreeks {
  requireAboveZero('spot', option.spot);
  requireFinite('years', option.years);
  const years = Math.max(option.years, 0);
  requireLifeRate('rate', option.rate, years);
  requireLifeRate('yield', option.yield, years);
  const carry = option.rate - option.yield;
  const growth = Math.exp(carry * years);
  const forward = option.spot * growth;
  const discount = Math.exp(-option.rate * years);

  const { value, delta, gamma, vega, theta, rho } = blackGreeks({ ...option, forward, discount });
  return {
    value,
    delta: delta * growth,
    gamma: gamma * growth * growth,
    vega,
    // As time passes the forward of an unmoved spot comes down by the carry.
    theta: theta - delta * carry * forward,
    rho: rho + delta * years * forward,
  };
}

/** Throws unless the rate earns over the option's life less than a factor that swamps every price. */
function requireLifeRate(field: string, rate: number, years: number): void {
  requireFinite(field, rate);
  if (Math.abs(rate * years) > LARGEST_GROWTH) {
    throw new InvalidPricingInput(field, rate, `within ±${LARGEST_GROWTH} over ${years} years`);
  }
}

/** e^40 is 2e17. */
const LARGEST_GROWTH = 40;
