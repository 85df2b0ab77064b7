/** What is added to the model's margin by agreement: multipliers, shares of notional, amounts. */

import type { SensitivityMargin } from './sensitivityMargin.js';

export interface AddOns {
  /** By product class; at least 1. */
  readonly multipliers: readonly { readonly productClass: string; readonly multiplier: number }[];
  /** Per cent of notional, by product. */
  readonly notionalFactors: readonly { readonly product: string; readonly percent: number }[];
  /** USD by product; of those without a factor nothing is asked. The sign makes no difference. */
  readonly notionals: readonly { readonly product: string; readonly amount: number }[];
  /** USD. */
  readonly fixedAmounts: readonly number[];
}

/** An add-on that would lower the margin or is no number. */
export class InvalidAddOn extends RangeError {
  override readonly name = 'InvalidAddOn';

  constructor(
    readonly field: string,
    value: number,
    expected: string,
  ) {
    super(`${field}: ${value} is not ${expected}`);
  }
}

/** In USD. Throws InvalidAddOn. */
export function addOnMargin(addOns: AddOns, { products }: SensitivityMargin): number {
  const { multipliers, notionalFactors, notionals, fixedAmounts } = addOns;
  const scaled = total(multipliers, ({ productClass, multiplier }) => {
    const above = atLeast(`multiplier of ${productClass}`, multiplier, 1) - 1;
    return above * (products.get(productClass)?.amount ?? 0);
  });
  const notional = total(notionalFactors, ({ product, percent }) => {
    const share = atLeast(`notional factor of ${product}`, percent, 0) / 100;
    const held = notionals.filter((each) => each.product === product);
    return share * total(held, ({ amount }) => Math.abs(amount));
  });
  return scaled + notional + total(fixedAmounts, (amount) => atLeast('fixed amount', amount, 0));
}

function atLeast(field: string, value: number, least: number): number {
  if (value >= least && value < Infinity) return value;
  throw new InvalidAddOn(field, value, `a finite number of at least ${least}`);
}

const total = <Item>(items: readonly Item[], of: (item: Item) => number) =>
  items.reduce((sum, item) => sum + of(item), 0);
