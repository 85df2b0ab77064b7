/** Profits of what moves in a straight line with the spot: futures, perpetuals, held coins. */

import type { CollateralRisk, FutureRisk, UnderlyingRisk } from '../risk/riskBook.js';
import type { GridScenario } from './gridScenario.js';
import { numeraireGrowth, relativeMove, type ScanMarket } from './scanMarket.js';

/** By scenario, USD before weighting. */
export function linearProfits(market: ScanMarket, underlying: UnderlyingRisk): Float64Array {
  const held = underlying.collateral.filter(({ isRiskCancelling }) => isRiskCancelling);
  return Float64Array.from(market.grid, (scenario) => {
    let profit = 0;
    for (const future of underlying.futures) {
      profit += future.quantity * futureUnitProfit(market, scenario, future);
    }
    for (const coins of held) {
      profit += coins.quantity * heldUnitProfit(market, scenario, coins);
    }
    return profit;
  });
}

/**
 * USD per unit of quantity. A linear contract earns mark × move; an inverse one, which pays coins,
 * 1/mark − 1/shocked of them for each USD: worth move × spot ÷ mark USD at the shocked spot.
 */
export function futureUnitProfit(
  market: ScanMarket,
  scenario: GridScenario,
  future: Omit<FutureRisk, 'line' | 'quantity'>,
): number {
  const shock = scenario.futuresShock ?? scenario.spotShock;
  const move = Math.max(relativeMove(market, shock, future.mark), -1) * movingShare(market, future);
  const unit = (future.contract === 'INVERSE' ? market.spot / future.mark : future.mark) * move;
  return (unit * pointValue(market, scenario, future)) / futuresGrowth(market, shock);
}

/** A future near its settlement moves only by the part of its price that is not settled yet. */
function movingShare({ expiries }: ScanMarket, { expiry }: Pick<FutureRisk, 'expiry'>): number {
  if (expiry === null) return 1;
  const { moving, forward } = expiries[expiry]!;
  return moving / forward;
}

/** A quanto contract that pays the underlying itself pays it at the shocked price. */
const pointValue = (
  { underlying }: ScanMarket,
  { spotShock }: GridScenario,
  { pays, pointValue: now }: Pick<FutureRisk, 'pays' | 'pointValue'>,
) => (pays === underlying ? now * (1 + spotShock) : now);

/** Coins are what a contract's own shocked price makes of USD. */
const futuresGrowth = ({ scan }: ScanMarket, shock: number) =>
  scan.numeraire === 'USD' ? 1 : 1 + shock;

/** USD per coin; nothing where coins are what profits are counted in. */
export const heldUnitProfit = (
  market: ScanMarket,
  scenario: GridScenario,
  { price }: Pick<CollateralRisk, 'price'>,
) => (price.price * (1 + scenario.spotShock)) / numeraireGrowth(market, scenario) - price.price;
