import { InvalidInput } from '../liquidation/invalidInput.js';

/** A token's balance with what perpetuals owe it, its price, and what either side of it counts for. */
export interface WeightedToken {
  readonly balance: number;
  readonly price: number;
  readonly assetWeight: number;
  readonly liabilityWeight: number;
}

/** `amount` of a token: less than worth when held, more when owed. */
export const weightedValue = (
  { price, assetWeight, liabilityWeight }: WeightedToken,
  amount: number,
): number => amount * price * (amount > 0 ? assetWeight : liabilityWeight);

/** Throws InvalidInput for a token that is not listed. */
export function requireToken(
  tokens: ReadonlyMap<string, WeightedToken>,
  token: string,
): WeightedToken {
  const found = tokens.get(token);
  if (!found) throw new InvalidInput('token', token, 'one of the account’s tokens');
  return found;
}
