/** One file of derive-pmrm2, as its PROVENANCE describes it. */

import { z } from 'zod';
import { publishedFlag, publishedNumber as number } from './publishedNumber.js';

const collateral = z.object({
  Name: z.string(),
  Amount: number,
  Price: number,
  Confidence: number.default(1),
  IsRiskCancelling: publishedFlag,
  MMHaircut: number,
  IMHaircut: number,
});

const option = z.object({
  Expiry: number,
  Strike: number,
  IsCall: publishedFlag,
  Amount: number,
  MarkVol: number,
});

const feed = z.object({
  FeedExpiry: number,
  Forward: number,
  ForwardConfidence: number.default(1),
  Rate: number,
  RateConfidence: number.default(1),
  OptionVolConfidences: number.default(1),
});

const scenario = z.object({
  Cash: number.default(0),
  Collaterals: z.array(collateral).default([]),
  SpotPrice: number,
  SpotConfidence: number.default(1),
  NumPerps: number.default(0),
  PerpPrice: number.default(0),
  PerpConfidence: number.default(1),
  UnrealisedPerpPNL: number.default(0),
  UnrealisedFunding: number.default(0),
  StablePrice: number,
  StableConfidence: number.default(1),
  Options: z.array(option).default([]),
  OptionFeeds: z.array(feed).default([]),
});

const parameters = z.object({
  Scenarios: z.array(
    z.object({
      SpotShock: number,
      VolShockDirection: z.enum(['Up', 'None', 'Down', 'LINEAR', 'ABS']),
      DampeningFactor: number,
    }),
  ),
  SkewShock: z.object({
    LINEAR_SCALE_CAP: number,
    LINEAR_CBASE: number,
    ABS_SCALE_CAP: number,
    ABS_CBASE: number,
    MIN_K_STAR: number,
    MIN_WIDTH_SCALE: number,
    VOL_PARAM_STATIC: number,
    VOL_PARAM_SCALE: number,
  }),
  VolShock: z.object({
    VOLRANGEUP: number,
    VOLRANGEDOWN: number,
    MIN_VOL_EVAL_SHOCKED: number,
    SHORTTERMPOWER: number,
    LONGTERMPOWER: number,
    DTE_FLOOR: number,
  }),
  Margin: z.object({
    MM_LOSS_FACTOR: number,
    IM_LOSS_FACTOR: number,
    SHORT_RATE_MULTSCALE: number,
    LONG_RATE_MULTSCALE: number,
    SHORT_RATE_ADDSCALE: number,
    LONG_RATE_ADDSCALE: number,
    BASE_STATIC_DISCOUNT: number,
    BASE_STATIC_DISCOUNT_NEG: number,
  }),
  BasisContingency: z.object({
    SCENARIO_SPOT_UP: number,
    SCENARIO_SPOT_DOWN: number,
    BASIS_CONT_ADD_FACTOR: number,
    BASIS_CONT_MULT_FACTOR: number,
  }),
  OtherContingency: z.object({
    PEG_LOSS_THRESHOLD: number,
    PEG_LOSS_FACTOR: number,
    CONF_THRESHOLD: number,
    CONF_MARGIN: number,
    MM_PERP_PERCENT: number,
    IM_PERP_PERCENT: number,
    MM_OPTION_PERCENT: number,
    IM_OPTION_PERCENT: number,
  }),
});

/** Shock, volatility direction −1, 0 or 1, profit. */
const spotLoss = z.tuple([number, number, number]);

const result = z.object({
  IM: number,
  MM: number,
  reg_losses: z.array(spotLoss),
  tail_losses: z.array(spotLoss),
  skew_losses: z.array(z.tuple([z.enum(['LINEAR', 'ABS']), number])),
  worst_reg_loss: number.optional(),
  worst_tail_loss: number.optional(),
  worst_skew_loss: number.optional(),
  ForwardContingency: number.optional(),
  PortfolioMTM: number.optional(),
  OptionMTM: number.optional(),
  OptionMTMPerExpiry: z.array(number).optional(),
  CollateralMTM: number.optional(),
  MMPerpCont: number.optional(),
  IMPerpCont: number.optional(),
  MMBaseCont: number.optional(),
  IMBaseCont: number.optional(),
  MMOptionCont: number.optional(),
  IMOptionCont: number.optional(),
  OracleCont: number.optional(),
  IMLossFactor: number.optional(),
  MMLossFactor: number.optional(),
  discount_factors: z.array(z.tuple([number, number])).optional(),
  VolShockUpMultiplier: z.array(number).optional(),
  VolShockDownMultiplier: z.array(number).optional(),
});

export const portfolioCase = z.object({
  Scenario: scenario,
  Parameters: parameters,
  Result: result,
});

export type PortfolioCase = z.infer<typeof portfolioCase>;
