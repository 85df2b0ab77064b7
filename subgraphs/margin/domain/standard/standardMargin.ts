/**
 * The standard model in the CROSS architecture: haircut collateral and all gains and losses together
 * against what the positions require by rule. Options of one underlying and expiry offset each other,
 * within a venue and over venues; futures add up.
 */

import { rulesModel, type Architecture } from './rulesModel.js';

export const CROSS: Architecture = {
  name: 'standard',
  rulesOf: (rules) => rules,
  counted: (pnl, alone) => ({ pnl, alone }),
};

export const standardMargin = rulesModel(CROSS);
