/** What a requirement adds to the worst scenario: each kind of charge with its numbers, as data. */

import { z } from 'zod';
import type { Requirement } from '../risk/requirement.js';
import type { ChargeScope } from './charges/chargeScope.js';
import { dampenedTailsRequirement, dampenedTailsSchema } from './charges/dampenedTails.js';
import {
  crossVenueBasisRequirement,
  crossVenueBasisSchema,
  deltaGammaRequirement,
  deltaGammaSchema,
  deltaMarginRequirement,
  deltaMarginSchema,
  minimumDeltaRequirement,
  minimumDeltaSchema,
} from './charges/deltaCharges.js';
import { deltaShockRequirement, deltaShockSchema } from './charges/deltaShock.js';
import {
  expectedShortfallRequirement,
  expectedShortfallSchema,
} from './charges/expectedShortfall.js';
import { feeProvisionRequirement, feeProvisionSchema } from './charges/feeProvision.js';
import {
  futuresContingencyRequirement,
  futuresContingencySchema,
} from './charges/futuresContingency.js';
import { liquidityRequirement, liquiditySchema } from './charges/liquidity.js';
import { minimumChargeRequirement, minimumChargeSchema } from './charges/minimumCharge.js';
import { rollRequirement, rollSchema } from './charges/roll.js';
import {
  shortOptionMinimumRequirement,
  shortOptionMinimumSchema,
} from './charges/shortOptionMinimum.js';
import { stablecoinHedgeRequirement, stablecoinHedgeSchema } from './charges/stablecoinHedge.js';
import { termBasisRequirement, termBasisSchema } from './charges/termBasis.js';

export type { ChargeScope } from './charges/chargeScope.js';

/** Numbers are float64 parameters of the model, not money. */
export const chargeSchema = z.discriminatedUnion('kind', [
  rollSchema,
  deltaShockSchema,
  minimumDeltaSchema,
  deltaMarginSchema,
  deltaGammaSchema,
  crossVenueBasisSchema,
  termBasisSchema,
  minimumChargeSchema,
  stablecoinHedgeSchema,
  shortOptionMinimumSchema,
  liquiditySchema,
  expectedShortfallSchema,
  dampenedTailsSchema,
  futuresContingencySchema,
  feeProvisionSchema,
]);

/** `kind` tells them apart. */
export type Charge = z.infer<typeof chargeSchema>;

/**
 * What the charge requires of one underlying: a leaf, with shares by line of the book.
 *
 * @param code The component's name in its parameter set, which becomes the leaf's code.
 */
export function chargeRequirement(code: string, charge: Charge, scope: ChargeScope): Requirement {
  switch (charge.kind) {
    case 'ROLL':
      return rollRequirement(code, charge, scope);
    case 'DELTA_SHOCK':
      return deltaShockRequirement(code, charge, scope);
    case 'MINIMUM_DELTA':
      return minimumDeltaRequirement(code, charge, scope);
    case 'DELTA_MARGIN':
      return deltaMarginRequirement(code, charge, scope);
    case 'DELTA_GAMMA':
      return deltaGammaRequirement(code, charge, scope);
    case 'CROSS_VENUE_BASIS':
      return crossVenueBasisRequirement(code, charge, scope);
    case 'TERM_BASIS':
      return termBasisRequirement(code, charge, scope);
    case 'MINIMUM_CHARGE':
      return minimumChargeRequirement(code, charge, scope);
    case 'STABLECOIN_HEDGE':
      return stablecoinHedgeRequirement(code, charge, scope);
    case 'SHORT_OPTION_MINIMUM':
      return shortOptionMinimumRequirement(code, charge, scope);
    case 'LIQUIDITY':
      return liquidityRequirement(code, charge, scope);
    case 'EXPECTED_SHORTFALL':
      return expectedShortfallRequirement(code, charge, scope);
    case 'DAMPENED_TAILS':
      return dampenedTailsRequirement(code, charge, scope);
    case 'FUTURES_CONTINGENCY':
      return futuresContingencyRequirement(code, charge, scope);
    case 'FEE_PROVISION':
      return feeProvisionRequirement(code, charge, scope);
  }
}
