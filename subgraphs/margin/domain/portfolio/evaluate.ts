/** A margin model bound to its parameters, for questions that any model answers. */

import type { AccountBook } from '../account/accountBook.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { AccountEvaluation } from '../marginModel.js';

export type Evaluate = (book: AccountBook, market: MarketSnapshot) => AccountEvaluation;

/** See `MarginModel`. */
export type Surplus = (book: AccountBook, market: MarketSnapshot) => number | null;

/** What an evaluation is made from. */
export interface Inputs {
  readonly book: AccountBook;
  readonly market: MarketSnapshot;
}
