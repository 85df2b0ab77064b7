/**
 * The standard rules in the ISOLATED architecture: every position stands alone. None offsets another,
 * and the gain of one pays for nothing but itself: first for its maintenance margin, then for the
 * rest of its initial margin. An account's only position has nothing to be kept apart from: then the
 * result is that of CROSS.
 */

import { larger, smaller, subtract, type Usd } from '../../../shared/units.js';
import type { AccountBook } from '../account/accountBook.js';
import type { MarginModel } from '../marginModel.js';
import type { MarginPair } from './marginPair.js';
import { rulesModel } from './rulesModel.js';
import { CROSS } from './standardMargin.js';
import type { StandardRules } from './standardRules.js';
import type { Counted } from './venueSlice.js';

const name = 'isolated';

export const isolatedMargin: MarginModel<StandardRules> = {
  name,
  evaluate: (book, ...more) => modelOf(book).evaluate(book, ...more),
  surplus: (book, ...more) => modelOf(book).surplus(book, ...more),
  explain: (book, ...more) => modelOf(book).explain(book, ...more),
};

const single = rulesModel({ ...CROSS, name });
const several = rulesModel({
  name,
  rulesOf: (rules) => ({ ...rules, spreads: null }),
  counted: keptApart,
});

const modelOf = ({ venues }: AccountBook): MarginModel<StandardRules> =>
  venues.flatMap(({ state }) => state?.positions ?? []).length === 1 ? single : several;

/** Collateral has to bring what each margin exceeds the gain by, and never less than nothing. */
function keptApart(pnl: Usd, { initialMargin, maintenanceMargin }: MarginPair): Counted {
  const pays = smaller(pnl, maintenanceMargin);
  const rest = subtract(pnl, pays);
  return {
    pnl: pays,
    alone: {
      initialMargin: larger(maintenanceMargin, subtract(initialMargin, rest)),
      maintenanceMargin,
    },
  };
}
