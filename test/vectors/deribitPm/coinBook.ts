/** Positions in coins as a book of inverse contracts. */

import type { RiskBook, UnderlyingRisk } from '../../../subgraphs/margin/domain/risk/riskBook.js';
import type { SimulatedCase } from './simulatedCase.js';

export type CoinPosition = SimulatedCase['positions'][number];

/**
 * Contracts for as many dollars as the coins are worth at the index: the venue's vectors are of
 * coins, whatever each contract is marked at.
 */
export function coinBook(
  { currency, index, model_params: { timestamp_ms: now } }: SimulatedCase,
  positions: readonly CoinPosition[],
): { readonly book: RiskBook; readonly underlying: UnderlyingRisk } {
  const feed = { price: index, confidence: 1 };
  const seconds = (expiry: string) => Math.max(Date.parse(expiry) - now, 0) / 1_000;
  const times = [
    ...new Set(positions.flatMap(({ expiry_utc: expiry }) => (expiry ? [seconds(expiry)] : []))),
  ].sort((a, b) => a - b);
  const underlying: UnderlyingRisk = {
    underlying: currency,
    spot: feed,
    priceAgeSeconds: 0,
    perpetualConfidence: 1,
    returns: [],
    futures: positions.map(({ size_coin: coins, expiry_utc: expiry }, line) => ({
      line,
      contract: 'INVERSE',
      quantity: coins * index,
      mark: index,
      pointValue: 1,
      pays: null,
      expiry: expiry === undefined ? null : times.indexOf(seconds(expiry)),
    })),
    options: [],
    expiries: times.map((time) => ({
      seconds: time,
      forward: feed,
      forwardFixed: 0,
      rate: { price: 0, confidence: 1 },
    })),
    collateral: [],
  };
  const lines = positions.map(({ instrument }) => ({
    venueAccountId: 'deribit:case',
    id: instrument,
    kind: 'POSITION' as const,
  }));
  return {
    book: { lines, underlyings: [underlying], stable: { price: 1, confidence: 1 } },
    underlying,
  };
}
