/** The same worst scenario with decimal.js at its default 20 digits, position by position. */

import { Decimal } from 'decimal.js';
import type {
  OptionRisk,
  RiskBook,
  UnderlyingRisk,
} from '../../../subgraphs/margin/domain/risk/riskBook.js';
import type { GridScenario } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import { volatilityFactor } from './floatBaseline.js';
import { scan } from './gridRules.js';

const YEAR = 365 * 86_400;
const ROOT_TWO_PI = Decimal.acos(-1).times(2).sqrt();

/** USD, at least 0. */
export const decimalScan = ({ underlyings }: RiskBook): Decimal =>
  underlyings.reduce((sum, underlying) => sum.plus(worstLoss(underlying)), new Decimal(0));

function worstLoss(underlying: UnderlyingRisk): Decimal {
  const losses = scan.grid.map((scenario) => {
    const options = underlying.options.map((option) => optionLoss(option, underlying, scenario));
    const futures = underlying.futures.map(({ quantity, mark }) =>
      new Decimal(-quantity).times(mark).times(scenario.spotShock),
    );
    return Decimal.sum(0, ...options, ...futures);
  });
  return Decimal.max(0, ...losses);
}

function optionLoss(option: OptionRisk, { expiries }: UnderlyingRisk, scenario: GridScenario) {
  const { forward, seconds } = expiries[option.expiry]!;
  const deviation = new Decimal(seconds).div(YEAR).sqrt().times(option.volatility);
  const price = new Decimal(forward.price);
  const shocked = optionValue(
    option,
    price.times(1 + scenario.spotShock),
    deviation.times(volatilityFactor(scenario, seconds)),
  );
  return optionValue(option, price, deviation).minus(shocked).times(option.quantity);
}

/** Black's value at discount 1. */
function optionValue(
  { strike, isCall }: OptionRisk,
  forward: Decimal,
  deviation: Decimal,
): Decimal {
  const side = isCall ? 1 : -1;
  const d1 = forward.div(strike).ln().div(deviation).plus(deviation.div(2));
  const d2 = d1.minus(deviation);
  const paid = forward.times(normalCdf(d1.times(side)));
  return paid.minus(normalCdf(d2.times(side)).times(strike)).times(side);
}

/** ½ + φ(x) × (x + x³/3 + x⁵/15 + …), until a term no longer counts. */
function normalCdf(x: Decimal): Decimal {
  if (x.abs().gt(8)) return new Decimal(x.isNegative() ? 0 : 1);
  const square = x.times(x);
  let term = x;
  let sum = x;
  for (let odd = 3; term.abs().gt(1e-20); odd += 2) {
    term = term.times(square).div(odd);
    sum = sum.plus(term);
  }
  return sum.times(square.div(-2).exp()).div(ROOT_TWO_PI).plus(0.5);
}
