/** Every set of published numbers that we can read. */

import { bluefinPerp } from './bluefinPerp.js';
import { deribitPm } from './deribitPm.js';
import { deriveLiquidation } from './deriveLiquidation.js';
import { derivePmrm1 } from './derivePmrm1.js';
import { derivePmrm2 } from './derivePmrm2.js';
import { deriveSrm } from './deriveSrm.js';
import { dydxV4 } from './dydxV4.js';
import { isdaSimmAcadia } from './isdaSimmAcadia.js';
import { leanCboe } from './leanCboe.js';
import { mangoV4 } from './mangoV4.js';
import { optionPricing } from './optionPricing.js';
import { oreSimm } from './oreSimm.js';
import type { VectorSet } from './vectorSet.js';
import { workedExamples } from './workedExamples.js';

export const vectorSets: readonly VectorSet[] = [
  bluefinPerp,
  deribitPm,
  deriveLiquidation,
  derivePmrm1,
  derivePmrm2,
  deriveSrm,
  dydxV4,
  isdaSimmAcadia,
  leanCboe,
  mangoV4,
  optionPricing,
  oreSimm,
  workedExamples,
];
