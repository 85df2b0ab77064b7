/** Books of options and perpetuals for the benchmarks: random, and the same at every run. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RiskBook, UnderlyingRisk } from '../../../subgraphs/margin/domain/risk/riskBook.js';

const DAY = 86_400;
const DAYS = [1, 7, 14, 30, 90, 270];
const SPOT = 60_000;
const feed = (price: number) => ({ price, confidence: 1 });

/** Numbers in [0, 1), repeatable. */
export function randomNumbers(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** One underlying at 60,000 with options over six expiries, and as many perpetuals as asked. */
export function optionBook(options: number, perpetuals: number, random: () => number): RiskBook {
  const lines = Array.from({ length: options + perpetuals }, (_, line) => ({
    venueAccountId: `venue-${line % 3}:1`,
    id: `line-${line}`,
    kind: 'POSITION' as const,
  }));
  return { lines, underlyings: [underlying(options, perpetuals, random)], stable: feed(1) };
}

function underlying(options: number, perpetuals: number, random: () => number): UnderlyingRisk {
  return {
    underlying: 'BTC',
    spot: feed(SPOT),
    priceAgeSeconds: 0,
    perpetualConfidence: 1,
    returns: [],
    collateral: [],
    expiries: DAYS.map((days) => ({
      seconds: days * DAY,
      forward: feed(SPOT * (1 + 0.0001 * days)),
      forwardFixed: 0,
      rate: { price: 0.03, confidence: 1 },
    })),
    options: Array.from({ length: options }, (_, line) => ({
      line,
      expiry: Math.floor(random() * DAYS.length),
      strike: Math.round(SPOT * (0.5 + random())),
      isCall: random() < 0.5,
      quantity: 4 * random() - 2.5,
      volatility: 0.4 + random(),
      confidence: 1,
    })),
    futures: Array.from({ length: perpetuals }, (_, index) => ({
      line: options + index,
      contract: 'LINEAR' as const,
      quantity: 2 * random() - 1,
      mark: SPOT,
      pointValue: 1,
      pays: null,
      expiry: null,
    })),
  };
}
