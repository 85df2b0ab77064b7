/**
 * The standard model in the CROSS architecture: haircut collateral and all gains and losses together
 * against what the positions require by rule. Options of one underlying and expiry offset each other,
 * within a venue and over venues; futures add up.
 */

import { rulesModel } from './rulesModel.js';

export const standardMargin = rulesModel({
  name: 'standard',
  rulesOf: (rules) => rules,
  countedPnl: (pnl) => pnl,
});
