/** What the thread that works out liquidation prices is asked and answers. */

import type { MarginModelName } from '../parameters/marginSet.js';

export interface LiquidationRequest {
  readonly id: number;
  readonly model: MarginModelName;
  /** Of the parameter set. */
  readonly hash: string;
  /** `Inputs`, made portable. */
  readonly inputs: unknown;
}

/** `prices` are `LiquidationPrices`, made portable; or what went wrong. */
export type LiquidationResponse =
  | { readonly id: number; readonly prices: unknown }
  | { readonly id: number; readonly failure: string };
