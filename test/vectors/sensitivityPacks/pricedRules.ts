/** The tables of equity and commodities: prices whose volatility follows from their weight. */

import { weightVolatility } from '../../../subgraphs/margin/domain/sensitivity/curvatureScale.js';
import type {
  MeasureRules,
  RiskClassRules,
  RiskTypeRules,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { bucketed, namesOnly, thresholds, weights } from './bucketRules.js';
import { numberFor, valuesBy } from './calibration.js';
import {
  curvatureWeights,
  horizonDays,
  plainType,
  scaledBy,
  type CalibrationTerms,
} from './calibrationTables.js';
import { requiredAt, type XmlElement } from './xmlElement.js';

/** The bucket of volatility indices, which the published numbers give no curvature. */
export const equity = (element: XmlElement, terms: CalibrationTerms) =>
  priced(element, terms, 'Risk_Equity', new Set(['12']));

export const commodity = (element: XmlElement, terms: CalibrationTerms) =>
  priced(element, terms, 'Risk_Commodity', new Set());

/** Prices whose volatility follows from their risk weight. */
function priced(
  element: XmlElement,
  terms: CalibrationTerms,
  deltaType: string,
  withoutCurvature: ReadonlySet<string>,
): RiskClassRules {
  const intra = valuesBy(requiredAt(element, 'Correlations/IntraBucket').children, 'bucket');
  const shape = bucketed(
    namesOnly({
      by: 'QUALIFIER',
      buckets: new Map([...intra].map(([bucket, different]) => [bucket, { same: 1, different }])),
      others: null,
    }),
    element,
  );
  const weight = weights(element, 'Delta', terms);
  const ratio = numberFor(element, 'RiskWeights/HistoricalVolatilityRatio', terms.marginPeriodDays);
  const volatility = scaledBy(weight, () => weightVolatility(1, horizonDays(terms)));
  const measure = (riskType: string, rules: Partial<RiskTypeRules> & Weighing): MeasureRules => ({
    ...shape,
    riskTypes: new Map([[riskType, { ...plainType, ...rules }]]),
  });
  return {
    DELTA: measure(deltaType, { weight, threshold: thresholds(element, 'Delta', terms) }),
    VEGA: measure(`${deltaType}Vol`, {
      weight: weights(element, 'Vega', terms),
      scale: scaledBy(volatility, () => ratio),
      threshold: thresholds(element, 'Vega', terms),
    }),
    CURVATURE: measure(`${deltaType}Vol`, {
      weight: curvatureWeights(terms),
      scale: scaledBy(volatility, (_, bucket) => (withoutCurvature.has(bucket) ? 0 : 1)),
      threshold: null,
    }),
  };
}

type Weighing = Pick<RiskTypeRules, 'weight' | 'threshold'>;
