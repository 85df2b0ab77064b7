/** The exposure that open orders could leave behind. */

export interface OpenOrders {
  /** Signed size that is held, in units of the underlying. */
  readonly position: number;
  /** Total size of the orders that buy, at least 0. */
  readonly buying: number;
  /** Of those that sell, at least 0. */
  readonly selling: number;
}

/**
 * The largest size that the account can come to hold when all orders of one side are filled: what
 * its initial margin is asked on. Source: docs.paradex.trade/risk/cross-margin-requirement.
 */
export const openSize = ({ position, buying, selling }: OpenOrders): number =>
  Math.max(Math.abs(position + buying), Math.abs(position - selling));

/** Initial margin on the open size, USD: size × mark × rate. */
export const openSizeMargin = (orders: OpenOrders, mark: number, rate: number): number =>
  openSize(orders) * mark * rate;
