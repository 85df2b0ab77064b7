/** The worst scenario as one would first write it: position by position, scenario by scenario. */

import { black76 } from '../../../subgraphs/shared/pricing/black76.js';
import type {
  OptionRisk,
  RiskBook,
  UnderlyingRisk,
} from '../../../subgraphs/margin/domain/risk/riskBook.js';
import type { GridScenario } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import { scan } from './gridRules.js';

const DAY = 86_400;
const YEAR = 365 * DAY;

/** USD, at least 0. */
export const floatScan = ({ underlyings }: RiskBook): number =>
  underlyings.reduce((sum, underlying) => sum + worstLoss(underlying), 0);

function worstLoss(underlying: UnderlyingRisk): number {
  const losses = scan.grid.map((scenario) => {
    const options = underlying.options.map((option) => optionLoss(option, underlying, scenario));
    const futures = underlying.futures.map(
      ({ quantity, mark }) => -quantity * mark * scenario.spotShock,
    );
    return [...options, ...futures].reduce((sum, loss) => sum + loss, 0);
  });
  return Math.max(0, ...losses);
}

function optionLoss(option: OptionRisk, { expiries }: UnderlyingRisk, scenario: GridScenario) {
  const { forward, seconds } = expiries[option.expiry]!;
  const value = (move: number, factor: number) =>
    black76({
      type: option.isCall ? 'CALL' : 'PUT',
      forward: forward.price * (1 + move),
      strike: option.strike,
      volatility: option.volatility * factor,
      years: seconds / YEAR,
      discount: 1,
    });
  const shocked = value(scenario.spotShock, volatilityFactor(scenario, seconds));
  return option.quantity * (value(0, 1) - shocked);
}

/** 1 ± share × (30 days ÷ days)^power, as the law of `scan` says. */
export function volatilityFactor({ volatility }: GridScenario, seconds: number): number {
  if (volatility === 'NONE') return 1;
  const { up, down, referenceDays, daysMin, shortPower, longPower } = scan.volatility;
  const days = seconds / DAY;
  const power = days <= referenceDays ? shortPower : longPower;
  const scale = (referenceDays / Math.max(days, daysMin)) ** power;
  return volatility === 'UP' ? 1 + up * scale : Math.max(1 - down * scale, 0);
}
