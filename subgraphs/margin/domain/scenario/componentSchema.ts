/** Reads a component of a profile from JSON; `kind` decides how. */

import { z } from 'zod';
import { basisScenarioSchema } from './basisScenario.js';
import { chargeSchema } from './charges.js';
import { collateralHaircutSchema } from './collateralHaircut.js';
import type { Component } from './component.js';
import { nakedShortOptionSchema } from './nakedShortOption.js';
import { oracleConfidenceSchema } from './oracleConfidence.js';
import { perpetualContingencySchema } from './perpetualContingency.js';
import { scanSchema } from './scanComponent.js';

export const componentSchema = z.discriminatedUnion('kind', [
  scanSchema,
  basisScenarioSchema,
  perpetualContingencySchema,
  nakedShortOptionSchema,
  collateralHaircutSchema,
  oracleConfidenceSchema,
  chargeSchema,
]) satisfies z.ZodType<Component>;
