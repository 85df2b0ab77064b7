/**
 * The standard rules in the ISOLATED architecture: every position stands alone. None offsets another,
 * and the gains of one do not pay the losses of another, so only losses count in equity.
 */

import { smaller, usd } from '../../../shared/units.js';
import { rulesModel } from './rulesModel.js';

const NOTHING = usd('0');

export const isolatedMargin = rulesModel({
  name: 'isolated',
  rulesOf: (rules) => ({ ...rules, spreads: null }),
  countedPnl: (pnl) => smaller(pnl, NOTHING),
});
