/** What stands at one venue as the float64 models take it. */

import { absurdVenue } from '../account/absurdVenue.js';
import type { Balance } from '../account/accountBook.js';
import { assetFeed } from '../account/assetFeed.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import { PriceReader } from '../account/priceReader.js';
import type { Finding } from '../account/quality.js';
import type { VenueValuation } from '../account/venueValuation.js';
import type { CollateralValue, Unknown } from '../marginModel.js';
import type { InputLimits } from '../parameterSet.js';
import type { RiskLine } from '../risk/riskBook.js';
import type { CollateralRules } from '../scenario/collateralRules.js';
import { sortedUnique } from '../textOrder.js';
import { collateralExposure } from './collateralExposure.js';
import type { Exposure } from './exposure.js';
import { PositionError } from './positionError.js';
import { positionExposure } from './positionExposure.js';

export interface VenueExposures {
  readonly kind: 'known';
  readonly valuation: VenueValuation;
  /** Every position in the order of the book, then every asset held or owed, each once. */
  readonly lines: readonly RiskLine[];
  readonly exposures: readonly Exposure[];
  /** Those of the valuation, and what was found wrong since. */
  readonly findings: readonly Finding[];
  readonly oldestInput: Date;
}

/**
 * Unknown where an underlying has no index price, as a contract's own price cannot stand in for it;
 * where a settlement currency has none, which may have lost its peg; and where a position's numbers are beyond the models, with the instrument as the reason.
 */
export function venueExposures(
  valuation: VenueValuation,
  market: MarketSnapshot,
  limits: InputLimits,
  rules: CollateralRules,
): VenueExposures | Unknown {
  const { venueAccountId, positions, findings, oldestInput } = valuation;
  const reader = new PriceReader(market, limits);
  const assets = sortedUnique(
    positions.flatMap(({ instrument }) => [instrument.underlying, instrument.settlementCurrency]),
  );
  for (const asset of assets) reader.requiredAssetPrice(asset);
  if (reader.unpriced.length > 0) {
    return { kind: 'unknown', id: venueAccountId, unpriced: reader.unpriced, venues: [] };
  }
  const held = positionExposures(valuation, market, reader, limits);
  if (held instanceof PositionError) return absurdVenue(venueAccountId, held.message);
  const exposures = [...held, ...collateralExposures(valuation, market, rules)];
  const inputs = [oldestInput, ...reader.times].map((time) => time.getTime());
  return {
    kind: 'known',
    valuation,
    lines: linesOf(valuation),
    exposures,
    findings: [...findings, ...reader.findings],
    oldestInput: new Date(Math.min(...inputs)),
  };
}

/** Or what is wrong with the first position that has none. */
function positionExposures(
  { venueAccountId, positions }: VenueValuation,
  market: MarketSnapshot,
  reader: PriceReader,
  { missingVolatility }: InputLimits,
): readonly Exposure[] | PositionError {
  const note = reader.note.bind(reader);
  try {
    return positions.flatMap((valued) => {
      const spot = assetFeed(market, valued.instrument.underlying);
      if (spot === null) return [];
      const line: RiskLine = { venueAccountId, id: valued.position.id, kind: 'POSITION' };
      return [positionExposure(valued, { market, line, spot, missingVolatility, note })];
    });
  } catch (error) {
    if (error instanceof PositionError) return error;
    throw error;
  }
}

const collateralExposures = (
  { venueAccountId, balances, collateral }: VenueValuation,
  market: MarketSnapshot,
  rules: CollateralRules,
): readonly Exposure[] =>
  paired(balances, collateral).flatMap(([balance, value]) => {
    const line: RiskLine = { venueAccountId, id: balance.asset, kind: 'COLLATERAL' };
    return collateralExposure(balance, value, line, rules, market) ?? [];
  });

const paired = (balances: readonly Balance[], values: readonly CollateralValue[]) =>
  balances.flatMap((balance, i) => {
    const value = values[i];
    return value === undefined ? [] : [[balance, value] as const];
  });

function linesOf({ venueAccountId, positions, balances }: VenueValuation): readonly RiskLine[] {
  const assets = sortedUnique(balances.map(({ asset }) => asset));
  return [
    ...positions.map(({ position }) => ({
      venueAccountId,
      id: position.id,
      kind: 'POSITION' as const,
    })),
    ...assets.map((id) => ({ venueAccountId, id, kind: 'COLLATERAL' as const })),
  ];
}
