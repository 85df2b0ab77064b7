/** Rules small enough to work by hand: weights of 1, buckets A and B, one correlation each. */

import { constant, type Lookup } from '../../../../subgraphs/margin/domain/sensitivity/lookup.js';
import type { Sensitivity } from '../../../../subgraphs/margin/domain/sensitivity/sensitivity.js';
import type {
  MeasureRules,
  RiskTypeRules,
  SensitivityRules,
} from '../../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';

export const plainType = (changes: Partial<RiskTypeRules> = {}): RiskTypeRules => ({
  weight: constant(1),
  scale: null,
  threshold: null,
  labels: [],
  isPair: false,
  excluded: new Set(),
  ...changes,
});

export const plainMeasure = (
  riskType: string,
  { rho, gamma }: { readonly rho: number; readonly gamma: number },
  changes: Partial<RiskTypeRules> = {},
): MeasureRules => ({
  riskTypes: new Map([[riskType, plainType(changes)]]),
  bucketBy: 'BUCKET',
  residual: 'Residual',
  concentrationBy: 'QUALIFIER',
  within: {
    names: { by: 'QUALIFIER', buckets: new Map(), others: { same: 1, different: rho } },
    tenors: null,
    label2: 1,
    riskTypes: new Map(),
  },
  across: { constant: gamma },
  multiplier: 1,
});

/** One risk class; deltas are of type Delta, vegas of type Vega, which have curvature too. */
export const plainRules = (
  { rho, gamma }: { readonly rho: number; readonly gamma: number },
  delta: Partial<RiskTypeRules> = {},
): SensitivityRules => ({
  riskClasses: new Map([
    [
      'Only',
      {
        DELTA: plainMeasure('Delta', { rho, gamma }, delta),
        VEGA: plainMeasure('Vega', { rho, gamma }),
        CURVATURE: plainMeasure('Vega', { rho, gamma }),
      },
    ],
  ]),
  acrossClasses: { constant: 0 },
});

export const byBucket = (values: Readonly<Record<string, number>>): Lookup => ({
  by: ['BUCKET'],
  grouping: null,
  values: new Map(Object.entries(values)),
});

export const sensitivity = (
  bucket: string,
  qualifier: string,
  amount: number,
  changes: Partial<Sensitivity> = {},
): Sensitivity => ({
  productClass: 'Product',
  riskType: 'Delta',
  qualifier,
  bucket,
  label1: '',
  label2: '',
  amount,
  ...changes,
});

export const vega = (bucket: string, qualifier: string, amount: number): Sensitivity =>
  sensitivity(bucket, qualifier, amount, { riskType: 'Vega' });
