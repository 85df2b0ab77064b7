import { z } from 'zod';
import { deltaExposure } from '../../../subgraphs/margin/domain/delta/deltaExposure.js';
import { minimumDelta } from '../../../subgraphs/margin/domain/delta/minimumDelta.js';
import type { UnderlyingRisk } from '../../../subgraphs/margin/domain/risk/riskBook.js';
import type { Comparison } from '../vectorSet.js';
import { printedNumbers, type WorkedExample } from './printed.js';

const inputs = z.object({
  spot: z.number(),
  legs: z.array(z.object({ delta: z.number(), qty: z.number() })),
  unhedged: z.number(),
  hedged: z.number(),
});

const expected = z.strictObject({
  net_delta: z.number().optional(),
  gross_delta: z.number().optional(),
  hedged_delta: z.number().optional(),
  min_delta_margin: z.number().optional(),
});

export const isMinimumDeltaExample = ({ inputs: given }: WorkedExample): boolean =>
  'legs' in given && 'unhedged' in given;

/** A leg of some delta moves as that many units of a perpetual. */
export function minimumDeltaExample(one: WorkedExample): readonly Comparison[] {
  const { spot, legs, ...rates } = inputs.parse(one.inputs);
  const feed = { price: spot, confidence: 1 };
  const underlying: UnderlyingRisk = {
    underlying: 'UNDERLYING',
    spot: feed,
    priceAgeSeconds: 0,
    perpetualConfidence: 1,
    returns: [],
    futures: legs.map(({ delta, qty }, line) => ({
      line,
      contract: 'LINEAR',
      quantity: delta * qty,
      mark: spot,
      pointValue: 1,
      pays: null,
      expiry: null,
    })),
    options: [],
    expiries: [],
    collateral: [],
  };
  const lines = legs.map((_, i) => ({
    venueAccountId: 'paradex:example',
    id: `leg ${i + 1}`,
    kind: 'POSITION' as const,
  }));
  const book = { lines, underlyings: [underlying], stable: { price: 1, confidence: 1 } };
  const exposure = deltaExposure(book, underlying);
  return printedNumbers(expected.parse(one.expected), {
    net_delta: exposure.net,
    gross_delta: exposure.gross,
    hedged_delta: exposure.hedged,
    min_delta_margin: minimumDelta('MINIMUM_DELTA', exposure, rates).amount,
  });
}
