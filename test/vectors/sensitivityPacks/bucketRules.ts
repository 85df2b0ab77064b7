/** Pieces of rules that risk classes with numbered buckets share. */

import { constant, type Lookup } from '../../../subgraphs/margin/domain/sensitivity/lookup.js';
import type {
  MeasureRules,
  WithinRules,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { entriesFor, valuesBy } from './calibration.js';
import { inMillions, tableOf, type CalibrationTerms } from './calibrationTables.js';
import { numberOf, requiredAt, type XmlElement } from './xmlElement.js';

export const weights = (element: XmlElement, measure: 'Delta' | 'Vega', terms: CalibrationTerms) =>
  byBucket(entriesFor(element, `RiskWeights/${measure}`, terms.marginPeriodDays));

export const thresholds = (
  element: XmlElement,
  measure: 'Delta' | 'Vega',
  terms: CalibrationTerms,
) =>
  inMillions(byBucket(requiredAt(element, `ConcentrationThresholds/${measure}`).children), terms);

/** One number for all buckets, or one for each. */
function byBucket(entries: readonly XmlElement[]): Lookup {
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && !only.attributes.has('bucket')) {
    return constant(numberOf(only));
  }
  return { by: ['BUCKET'], grouping: null, values: valuesBy(entries, 'bucket') };
}

export function bucketed(
  within: WithinRules,
  element: XmlElement,
): Omit<MeasureRules, 'riskTypes'> {
  return {
    bucketBy: 'BUCKET',
    residual: 'Residual',
    concentrationBy: 'QUALIFIER',
    within,
    across: tableOf(`${element.name} buckets`, requiredAt(element, 'Correlations/InterBucket')),
    multiplier: 1,
  };
}

export const namesOnly = (names: WithinRules['names']): WithinRules => ({
  names,
  tenors: null,
  label2: 1,
  riskTypes: new Map(),
});
