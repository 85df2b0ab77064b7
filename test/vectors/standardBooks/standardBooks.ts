/** Positions and balances of published cases, as the standard room takes them. */

import type {
  StandardBalance,
  StandardFuture,
  StandardOption,
} from '../../../subgraphs/margin/domain/standard/standardPosition.js';
import {
  abs,
  format,
  price,
  quantity,
  ratio,
  ratioFromFloat,
  usdCeil,
  usdFloor,
  usd,
  subtract,
} from '../../../subgraphs/shared/units.js';

/** The shortest decimal of a float, to 18 places. */
const textOf = (value: number): string => format(ratioFromFloat(value));

export const priceOf = (value: number) => price(textOf(value));
export const unitsOf = (value: number) => quantity(textOf(value));
export const shareOf = (value: number) => ratio(textOf(value));
export const usdOf = (value: number) => usd(textOf(value));

interface Terms {
  readonly underlying: string;
  readonly units: number;
  readonly mark: number;
  readonly spot: number;
  readonly confidence?: number;
  /** Price of the stablecoin that everything settles in. */
  readonly stable?: number;
}

const lineOf = (id: string, kind: 'POSITION' | 'COLLATERAL' = 'POSITION') => ({
  venueAccountId: 'derive:1',
  id,
  kind,
});

const termsOf = ({ underlying, units, mark, spot, confidence = 1, stable = 1 }: Terms) => ({
  underlying,
  markPrice: priceOf(mark),
  exposure: usdCeil([abs(unitsOf(units)), priceOf(spot)]),
  confidence: shareOf(confidence),
  settlementPrice: priceOf(stable),
});

export function optionOf(
  terms: Terms & {
    readonly type: 'call' | 'put';
    readonly strike: number;
    /** Anything that tells one expiry from another. */
    readonly expirySeconds?: number;
    readonly forward?: number;
  },
): StandardOption {
  const { underlying, type, strike, units, spot, expirySeconds = 0, forward = spot } = terms;
  return {
    kind: 'OPTION',
    ...termsOf(terms),
    line: lineOf([underlying, expirySeconds, strike, type, units].join(' ')),
    expiry: new Date(expirySeconds * 1_000),
    strike: priceOf(strike),
    optionType: type === 'call' ? 'CALL' : 'PUT',
    units: unitsOf(units),
    indexPrice: priceOf(spot),
    forward: priceOf(forward),
    entryPrice: null,
    isTrusted: true,
  };
}

/** @param entry Null where nothing is gained or lost yet. */
export const futureOf = (terms: Terms & { readonly entry: number | null }): StandardFuture => ({
  kind: 'FUTURE',
  ...termsOf(terms),
  line: lineOf(`${terms.underlying} perpetual`),
  notional: usdCeil([abs(unitsOf(terms.units)), priceOf(terms.mark)]),
  openNotional: null,
  unrealizedPnl:
    terms.entry === null
      ? usd('0')
      : usdFloor([unitsOf(terms.units), subtract(priceOf(terms.mark), priceOf(terms.entry))]),
});

/** @param factor Share of the value that counts. */
export function balanceOf(
  asset: string,
  units: number,
  spot: number,
  factor: number,
  confidence: number,
): StandardBalance {
  const value = [unitsOf(units), priceOf(spot)];
  return {
    line: lineOf(asset, 'COLLATERAL'),
    marketValue: usdFloor(value),
    creditedValue: usdFloor([...value, shareOf(factor)]),
    confidence: shareOf(confidence),
  };
}
