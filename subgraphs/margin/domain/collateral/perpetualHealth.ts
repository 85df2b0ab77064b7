/** What a perpetual position and its open orders add to the token that they settle in. */

import { requireAtLeastZero, requireFinite } from '../liquidation/invalidInput.js';

export interface PerpetualHolding {
  readonly settleToken: string;
  /** Lots of the base; negative when short. */
  readonly baseLots: number;
  /** The position's quote side: negative of what was paid. */
  readonly quote: number;
  /** Lots that resting orders would buy, and sell. */
  readonly bidLots: number;
  readonly askLots: number;
  readonly terms: PerpetualTerms;
}

export interface PerpetualTerms {
  /** Units of the settle token per unit of the base. */
  readonly price: number;
  readonly baseUnitsPerLot: number;
  readonly baseAssetWeight: number;
  readonly baseLiabilityWeight: number;
  /** Applies to the whole only when it is a gain: an unrealized gain is not yet collateral. */
  readonly overallAssetWeight: number;
}

/** Units of the settle token; the worse of all bids and all asks executing at the oracle price. */
export function perpetualHealth(holding: PerpetualHolding): number {
  requireHolding(holding);
  const { quote, bidLots, askLots, terms } = holding;
  const worst = quote + Math.min(executed(holding, bidLots), executed(holding, -askLots));
  return worst > 0 ? terms.overallAssetWeight * worst : worst;
}

/** The weighted base after orders over `lots`, less what they cost. */
function executed({ baseLots, terms }: PerpetualHolding, lots: number): number {
  const lotValue = terms.baseUnitsPerLot * terms.price;
  const value = (baseLots + lots) * lotValue;
  const weight = value < 0 ? terms.baseLiabilityWeight : terms.baseAssetWeight;
  return value * weight - lots * lotValue;
}

function requireHolding({ baseLots, quote, bidLots, askLots, terms }: PerpetualHolding): void {
  requireFinite('baseLots', baseLots);
  requireFinite('quote', quote);
  requireAtLeastZero('bidLots', bidLots);
  requireAtLeastZero('askLots', askLots);
  requireAtLeastZero('price', terms.price);
  requireAtLeastZero('baseUnitsPerLot', terms.baseUnitsPerLot);
  requireAtLeastZero('baseAssetWeight', terms.baseAssetWeight);
  requireAtLeastZero('baseLiabilityWeight', terms.baseLiabilityWeight);
  requireAtLeastZero('overallAssetWeight', terms.overallAssetWeight);
}
