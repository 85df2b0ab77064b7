/** The two files of derive-pmrm1: prices and parameters, and portfolios with their margins. */

import { z } from 'zod';
import { publishedNumber as number } from './publishedNumber.js';

const market = z.object({
  spot: number,
  spot_conf: number,
  stable_price: number,
  forwards: z.record(z.string(), number),
  forward_conf: number,
  rate: number,
  vol: number,
  vol_conf: number,
  /** Price and confidence. */
  perp: z.tuple([number, number]),
});

/** Such as «spot x{1.15,1,0.85} x vol{Up,None,Down} (9)». */
const scenarios = z
  .string()
  .transform((text) => /^spot x\{([^}]*)\} x vol\{([^}]*)\}/.exec(text)?.slice(1) ?? [])
  .pipe(
    z.tuple([
      z.string().transform((spots) => spots.split(',').map(Number)),
      z.string().transform((shocks) => z.array(shock).parse(shocks.split(','))),
    ]),
  );

const shock = z.enum(['Up', 'None', 'Down']);

export const fixtures = z.object({
  expiry_days: z.record(z.string(), number),
  defaults: market,
  pmrm_v1_params: z.object({
    scenarios,
    im_factor: number,
    peg_loss_threshold: number,
    peg_loss_factor: number,
    conf_threshold: number,
    conf_margin: number,
    base_percent: number,
    perp_percent: number,
    option_percent: number,
    base_static_discount: number,
    rate_multi_scale: number,
    rate_add_scale: number,
    vol_range_up: number,
    vol_range_down: number,
    short_term_power: number,
    long_term_power: number,
    dte_floor_days: number,
    fwd_up: number,
    fwd_down: number,
    fwd_add: number,
    fwd_mul: number,
  }),
  /** Prices that one portfolio alone has otherwise, by its name. */
  overrides: z.record(z.string(), market.partial()).default({}),
});

export type Fixtures = z.infer<typeof fixtures>;

/** Amounts, cash and entry prices are × 1e8. */
const scaled = number.transform((units) => units / 1e8);

const portfolio = z.object({
  cash: scaled,
  options: z.array(
    z.object({ amount: scaled, expiry: z.string(), strike: number, type: z.enum(['call', 'put']) }),
  ),
  perps: z.array(z.object({ amount: scaled, entryPrice: scaled })),
  bases: z.array(z.object({ amount: scaled })),
  /** Whole USD. */
  results: z.object({ im: number, mm: number }),
});

export type Portfolio = z.infer<typeof portfolio>;

export const portfolios = z.record(z.string(), portfolio);
