/** Pieces of a risk book by hand; what a test does not say is harmless. */

import type {
  CollateralRisk,
  FutureRisk,
  OptionRisk,
  RiskBook,
  RiskLine,
  UnderlyingRisk,
} from '../../../../subgraphs/margin/domain/risk/riskBook.js';

const certain = { price: 1, confidence: 1 };

export const lineOf = (
  venueAccountId: string,
  id: string,
  kind: RiskLine['kind'] = 'POSITION',
): RiskLine => ({ venueAccountId, id, kind });

/** A perpetual. */
export const futureAt = (line: number, quantity = 1): FutureRisk => ({
  line,
  contract: 'LINEAR',
  quantity,
  mark: 100,
  pointValue: 1,
  pays: null,
  expiry: null,
});

export const callAt = (line: number, quantity = 1): OptionRisk => ({
  line,
  expiry: 0,
  strike: 100,
  isCall: true,
  quantity,
  volatility: 0.5,
  confidence: 1,
});

export const coinAt = (line: number, quantity = 1): CollateralRisk => ({
  line,
  asset: 'BTC',
  quantity,
  price: certain,
  isRiskCancelling: true,
  maintenanceHaircut: 0,
  initialHaircut: 0,
});

/** BTC at 100 dollars. */
export const underlyingOf = (
  holds: Partial<Pick<UnderlyingRisk, 'underlying' | 'futures' | 'options' | 'collateral'>>,
): UnderlyingRisk => ({
  underlying: 'BTC',
  spot: { price: 100, confidence: 1 },
  priceAgeSeconds: 0,
  perpetualConfidence: 1,
  returns: [],
  futures: [],
  options: [],
  expiries: [{ seconds: 86_400, forward: certain, forwardFixed: 0, rate: certain }],
  collateral: [],
  ...holds,
});

export const riskBookOf = (
  lines: readonly RiskLine[],
  ...underlyings: UnderlyingRisk[]
): RiskBook => ({ lines, underlyings, stable: certain });
