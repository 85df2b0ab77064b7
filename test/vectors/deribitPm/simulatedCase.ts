/** What a case of deribit-pm holds: the venue's answer to a simulation. */

import { z } from 'zod';

const vectors = z.record(
  z.string(),
  z.object({ standard: z.array(z.number()), extended: z.array(z.number()) }),
);

const parameters = z.object({
  price_range: z.number(),
  buckets_count: z.int().positive(),
  vol_scenarios_count: z.int().positive(),
  volatility_range_up: z.number(),
  volatility_range_down: z.number(),
  min_volatility_for_shock_up: z.number(),
  short_term_vega_power: z.number(),
  long_term_vega_power: z.number(),
  extended_table_factor: z.number().default(1),
  max_delta_shock: z.number().optional(),
  delta_total_liq_shock_threshold: z.number().optional(),
  m_inc: z.number().optional(),
  mm_factor: z.number(),
  timestamp_ms: z.number(),
  /** By ticker in lower case. */
  currency: z.record(
    z.string(),
    z.object({
      annualised_move_risk: z.number(),
      min_annualised_move: z.number(),
      extended_dampener: z.number(),
      pnl_offset: z.number(),
    }),
  ),
});

const expected = z.object({
  /** By instrument. */
  initial_risk_vectors: vectors.default({}),
  aggregated_risk_vectors: vectors.default({}),
  worst_case: z.number(),
  worst_case_bucket: z.object({ bucket: z.int(), index: z.int(), source: z.string() }).optional(),
  delta_shock: z.number().default(0),
  roll_shock: z.number(),
  correlation_contingency: z.number().default(0),
  risk_matrix_margin: z.number(),
  spot_margin: z.number().default(0),
  mmp_margin: z.number().default(0),
  open_orders_margin: z.number().default(0),
  initial_margin: z.number(),
  maintenance_margin: z.number(),
});

/** Of an inverse future or perpetual. */
const position = z.object({
  instrument: z.string().regex(/^[A-Z0-9]+-(PERPETUAL|\d{1,2}[A-Z]{3}\d{2})$/, 'a future'),
  size_coin: z.number(),
  expiry_utc: z.iso.datetime().optional(),
});

export const simulatedCase = z
  .object({
    id: z.string(),
    currency: z.string(),
    /** By pair, such as btc_usd. */
    index_price: z.record(z.string(), z.number().positive()),
    positions: z.array(position),
    model_params: parameters,
    expected,
  })
  .transform(({ index_price: prices, ...rest }, context) => {
    const pair = `${rest.currency.toLowerCase()}_usd`;
    const index = prices[pair];
    if (index !== undefined) return { ...rest, index };
    context.addIssue({ code: 'custom', path: ['index_price', pair], message: 'is not there' });
    return z.NEVER;
  });

export type SimulatedCase = z.infer<typeof simulatedCase>;
