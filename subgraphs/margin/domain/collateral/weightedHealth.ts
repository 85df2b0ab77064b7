/**
 * The health of an account whose every token is both collateral and debt (Mango v4 class): what is
 * held counts for less than it is worth, what is owed for more; open orders count as they hurt most.
 *
 * Float64, in the currency of the prices; liquidation begins below zero. The weights given decide
 * which health it is: initial or maintenance. Source: docs.mango.markets, «Health».
 */

import { requireAtLeastZero, requireFinite, InvalidInput } from '../liquidation/invalidInput.js';
import { perpetualHealth, type PerpetualHolding } from './perpetualHealth.js';
import { spotOrderHealth, type SpotOrders } from './spotOrderHealth.js';
import { tokenWeights, type TokenTerms } from './tokenWeights.js';
import { requireToken, weightedValue, type WeightedToken } from './weightedToken.js';

export interface WeightedAccount {
  /** Each token once. */
  readonly tokens: readonly TokenHolding[];
  readonly perpetuals: readonly PerpetualHolding[];
  readonly spotOrders: readonly SpotOrders[];
}

export interface TokenHolding {
  readonly token: string;
  /** Units; negative when owed. */
  readonly balance: number;
  readonly terms: TokenTerms;
}

/** Throws InvalidInput for a number outside its range, or a market of a token that is not listed. */
export function weightedHealth(account: WeightedAccount): number {
  const tokens = weightedTokens(account);
  const balances = [...tokens.values()].reduce(
    (total, token) => total + weightedValue(token, token.balance),
    0,
  );
  const health = balances + spotOrderHealth(tokens, account.spotOrders);
  requireFinite('health', health);
  return health;
}

function weightedTokens({ tokens, perpetuals }: WeightedAccount): Map<string, WeightedToken> {
  const all = new Map<string, WeightedToken>();
  for (const { token, balance, terms } of tokens) {
    requireFinite('balance', balance);
    requireAtLeastZero('price', terms.price);
    if (all.has(token)) throw new InvalidInput('tokens', token, 'listed once');
    all.set(token, { balance, price: terms.price, ...tokenWeights(terms) });
  }
  for (const holding of perpetuals) {
    // A perpetual's profit is as good as the token that it settles in, and counts with it.
    const settled = requireToken(all, holding.settleToken);
    const balance = settled.balance + perpetualHealth(holding);
    all.set(holding.settleToken, { ...settled, balance });
  }
  return all;
}
