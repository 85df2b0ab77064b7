/**
 * What one balance counts for. Held: after the haircut, and only when it is settled, switched on,
 * priced and registered. Borrowed: in full, whatever its state. Source: domain.md §1, edge cases.
 */

import { isNegative, ratio, subtract, usd, usdFloor, type Ratio } from '../../../shared/units.js';
import type { Balance } from './accountBook.js';
import type { CollateralValue } from '../marginModel.js';
import type { PriceReader } from './priceReader.js';

const NOTHING = usd('0');
const NONE = ratio('0');
const ALL = ratio('1');

/**
 * Null when a borrowed asset has no price; `reader` then names it.
 *
 * @param isTrusted False when the venue has been STALE for so long that nothing held there counts.
 */
export function collateralValue(
  balance: Balance,
  reader: PriceReader,
  isTrusted: boolean,
): CollateralValue | null {
  if (isNegative(balance.quantity)) return borrowedValue(balance, reader);
  const price = heldPrice(balance.asset, reader);
  const haircut = haircutOf(balance.asset, reader);
  const counts = isTrusted && balance.isSettled && balance.isCollateral;
  return {
    assetId: balance.asset,
    quantity: balance.quantity,
    price,
    marketValue: price === null ? NOTHING : usdFloor([balance.quantity, price]),
    haircut,
    creditedValue:
      price === null || !counts
        ? NOTHING
        : usdFloor([balance.quantity, price, subtract(ALL, haircut)]),
  };
}

function borrowedValue({ asset, quantity }: Balance, reader: PriceReader): CollateralValue | null {
  const price = reader.requiredAssetPrice(asset);
  if (price === null) return null;
  const owed = usdFloor([quantity, price]);
  return {
    assetId: asset,
    quantity,
    price,
    marketValue: owed,
    haircut: NONE,
    creditedValue: owed,
  };
}

function heldPrice(asset: string, reader: PriceReader) {
  const price = reader.assetPrice(asset);
  if (price === null)
    reader.note('DEGRADED', `No usable price for ${asset}: it counts for nothing.`);
  return price;
}

function haircutOf(asset: string, reader: PriceReader): Ratio {
  const haircut = reader.market.haircuts.get(asset);
  if (haircut !== undefined) return haircut;
  reader.note('DEGRADED', `${asset} is not a registered asset: it counts for nothing.`);
  return ALL;
}
