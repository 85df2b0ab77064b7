/** What funds reserved in open spot orders count for: the worse of becoming all base or all quote. */

import { requireAboveZero, requireAtLeastZero } from '../liquidation/invalidInput.js';
import { requireToken, type WeightedToken } from './weightedToken.js';

export interface SpotOrders {
  readonly baseToken: string;
  readonly quoteToken: string;
  /** Units in the market's account, in orders or not yet taken out. */
  readonly quoteReserved: number;
  readonly baseReserved: number;
  /** Quote per base at which orders would buy at most, and sell at least; null counts as the oracle's. */
  readonly highestBid: number | null;
  readonly lowestAsk: number | null;
}

/** A market's funds, were they all in the one token or all in the other. */
interface Reserved {
  readonly orders: SpotOrders;
  readonly asBase: number;
  readonly asQuote: number;
}

/** Each market's funds are put on top of all that could come into the token: the least help. */
export function spotOrderHealth(
  tokens: ReadonlyMap<string, WeightedToken>,
  spotOrders: readonly SpotOrders[],
): number {
  const markets = spotOrders.map((orders) => reserved(tokens, orders));
  const most = new Map<string, number>();
  const raise = (token: string, amount: number) => most.set(token, (most.get(token) ?? 0) + amount);
  for (const { orders, asBase, asQuote } of markets) {
    raise(orders.baseToken, asBase);
    raise(orders.quoteToken, asQuote);
  }
  const added = (token: string, amount: number) => {
    const terms = requireToken(tokens, token);
    return addedOnTop(terms, terms.balance + (most.get(token) ?? 0), amount);
  };
  return markets.reduce(
    (total, { orders, asBase, asQuote }) =>
      total + Math.min(added(orders.baseToken, asBase), added(orders.quoteToken, asQuote)),
    0,
  );
}

/** What the last `amount` of a balance of `most` adds: part of it may only pay a debt back. */
function addedOnTop(terms: WeightedToken, most: number, amount: number): number {
  const held = Math.max(0, Math.min(amount, most));
  const repaid = amount - held;
  return terms.price * (held * terms.assetWeight + repaid * terms.liabilityWeight);
}

function reserved(tokens: ReadonlyMap<string, WeightedToken>, orders: SpotOrders): Reserved {
  const { quoteReserved, baseReserved, highestBid, lowestAsk } = orders;
  requireAtLeastZero('quoteReserved', quoteReserved);
  requireAtLeastZero('baseReserved', baseReserved);
  const basePrice = requireToken(tokens, orders.baseToken).price;
  const quotePrice = requireToken(tokens, orders.quoteToken).price;
  requireAboveZero('price', basePrice);
  requireAboveZero('price', quotePrice);
  const oracle = basePrice / quotePrice;
  // Buying dearer or selling cheaper than the oracle loses on the way.
  const bid = Math.max(oracle, highestBid ?? 0);
  const ask = lowestAsk === null ? oracle : Math.min(oracle, lowestAsk);
  return {
    orders,
    asBase: baseReserved + quoteReserved / bid,
    asQuote: quoteReserved + baseReserved * ask,
  };
}
