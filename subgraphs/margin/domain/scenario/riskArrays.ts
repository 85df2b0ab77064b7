/**
 * What one unit of each instrument is worth under every scenario: computed once for a market, and
 * shared by all the accounts that hold the instrument, so that an account is a dot product.
 */

import type { CollateralRisk, FutureRisk, OptionRisk } from '../risk/riskBook.js';
import type { GridScenario } from './gridScenario.js';
import { futureUnitProfit, heldUnitProfit } from './linearProfit.js';
import { optionRevaluation } from './optionTotals.js';
import { preparedOptions } from './preparedOptions.js';
import type { ScanMarket } from './scanMarket.js';

/** Of one unit of an instrument. */
export interface RiskArray {
  /** Place of the expiry whose worth it is part of; null for futures and coins. */
  readonly expiry: number | null;
  /** USD now; 0 for futures and coins, whose arrays hold profits. */
  readonly today: number;
  /** USD at the shocked prices, by scenario of the market's grid. */
  readonly shocked: Float64Array;
}

/** Remembers what it has computed; as long-lived as the prices in its market. */
export interface RiskArrays {
  readonly market: ScanMarket;
  /** In the order of `options`. */
  readonly options: (options: readonly OptionTerms[]) => readonly RiskArray[];
  readonly future: (future: FutureTerms) => RiskArray;
  readonly held: (coins: CoinTerms) => RiskArray;
}

type OptionTerms = Pick<OptionRisk, 'expiry' | 'strike' | 'isCall' | 'volatility'>;
type FutureTerms = Omit<FutureRisk, 'line' | 'quantity'>;
type CoinTerms = Pick<CollateralRisk, 'price'>;

export function riskArrays(market: ScanMarket): RiskArrays {
  const straight = (profitIn: (scenario: GridScenario) => number): RiskArray => ({
    expiry: null,
    today: 0,
    shocked: Float64Array.from(market.grid, profitIn),
  });
  return {
    market,
    options: remembered(optionKey, (terms) => optionRiskArrays(market, terms)),
    future: (future) => straight((scenario) => futureUnitProfit(market, scenario, future)),
    held: (coins) => straight((scenario) => heldUnitProfit(market, scenario, coins)),
  };
}

const optionKey = ({ expiry, strike, isCall, volatility }: OptionTerms) =>
  `${expiry} ${strike} ${isCall} ${volatility}`;

function remembered<Terms>(
  keyOf: (terms: Terms) => string,
  compute: (terms: readonly Terms[]) => readonly RiskArray[],
): (terms: readonly Terms[]) => readonly RiskArray[] {
  const known = new Map<string, RiskArray>();
  return (terms) => {
    const keys = terms.map(keyOf);
    const missing = terms.filter((_, i) => !known.has(keys[i]!));
    compute(missing).forEach((array, i) => known.set(keyOf(missing[i]!), array));
    return keys.map((key) => known.get(key)!);
  };
}

/** Priced together, which is faster than one by one. */
function optionRiskArrays(market: ScanMarket, terms: readonly OptionTerms[]): readonly RiskArray[] {
  const { grid, expiries } = market;
  // Rows are sorted by expiry; `line` leads back to the place in `terms`.
  const numbered = terms.map((option, line) => ({ ...option, line, quantity: 1 }));
  const options = preparedOptions({ options: numbered, expiries });
  const worths = terms.map(({ expiry }) => ({
    expiry,
    today: 0,
    shocked: new Float64Array(grid.length),
  }));
  if (options.count === 0) return worths;

  const revaluation = optionRevaluation(market, options);
  const eachWorth = (values: Float64Array, take: (worth: OptionWorth, value: number) => void) => {
    for (let row = 0; row < options.count; row++) {
      const worth = worths[options.lines[row]!]!;
      take(worth, values[row]! * expiries[worth.expiry]!.discount);
    }
  };
  eachWorth(revaluation.today(), (worth, value) => {
    worth.today = value;
  });
  grid.forEach((scenario, s) => {
    eachWorth(revaluation.shocked(scenario), ({ shocked }, value) => {
      shocked[s] = value;
    });
  });
  return worths;
}

interface OptionWorth {
  readonly expiry: number;
  today: number;
  readonly shocked: Float64Array;
}
