/** One portfolio of derive-pmrm1 as a book. */

import type { RiskBook, RiskLine } from '../../../subgraphs/margin/domain/risk/riskBook.js';
import type { Fixtures, Portfolio } from './firstManager.js';

/** Expiries are at eight o'clock. */
const SETTLEMENT_SECONDS = 8 * 3600;

export function firstManagerBook(
  { options, perps, bases }: Portfolio,
  market: Fixtures['defaults'],
  { expiry_days, pmrm_v1_params }: Fixtures,
): RiskBook {
  const lines: RiskLine[] = [];
  const line = (id: string, kind: RiskLine['kind']) =>
    lines.push({ venueAccountId: 'derive:case', id, kind }) - 1;
  const expiries = Object.entries(expiry_days).toSorted(([, a], [, b]) => a - b);
  const [perpPrice, perpConfidence] = market.perp;
  return {
    lines,
    stable: { price: market.stable_price, confidence: 1 },
    underlyings: [
      {
        underlying: 'ETH',
        spot: { price: market.spot, confidence: market.spot_conf },
        priceAgeSeconds: 0,
        perpetualConfidence: perps.length === 0 ? 1 : perpConfidence,
        returns: [],
        futures: perps.map(({ amount }, i) => ({
          line: line(`perpetual ${i}`, 'POSITION'),
          contract: 'LINEAR',
          quantity: amount,
          mark: perpPrice,
          pointValue: 1,
          pays: null,
          expiry: null,
        })),
        options: options.map((option, i) => ({
          line: line(`option ${i}`, 'POSITION'),
          expiry: place(expiries, option.expiry),
          strike: option.strike,
          isCall: option.type === 'call',
          quantity: option.amount,
          volatility: market.vol,
          confidence: market.vol_conf,
        })),
        expiries: expiries.map(([date, days]) => ({
          seconds: days * 86_400 + SETTLEMENT_SECONDS,
          forward: { price: forwardOf(market, date), confidence: market.forward_conf },
          forwardFixed: 0,
          rate: { price: market.rate, confidence: 1 },
        })),
        collateral: bases.map(({ amount }, i) => ({
          line: line(`base ${i}`, 'COLLATERAL'),
          asset: 'ETH',
          quantity: amount,
          price: { price: market.spot, confidence: market.spot_conf },
          isRiskCancelling: true,
          maintenanceHaircut: pmrm_v1_params.base_percent,
          initialHaircut: 0,
        })),
      },
    ],
  };
}

function place(expiries: readonly (readonly [string, number])[], date: string): number {
  const found = expiries.findIndex(([key]) => key === date);
  if (found === -1) throw new Error(`expiry_days has no ${date}`);
  return found;
}

function forwardOf({ forwards }: Fixtures['defaults'], date: string): number {
  const forward = forwards[date];
  if (forward === undefined) throw new Error(`forwards has no ${date}`);
  return forward;
}
