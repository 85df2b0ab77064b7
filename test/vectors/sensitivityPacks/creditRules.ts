/** The tables of credit: names with tenors, and the correlations of tranches. */

import { constant, type Lookup } from '../../../subgraphs/margin/domain/sensitivity/lookup.js';
import type {
  MeasureRules,
  RiskClassRules,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { bucketed, namesOnly, thresholds, weights } from './bucketRules.js';
import { numberFor, valuesBy } from './calibration.js';
import { curvatureWeights, plainType, type CalibrationTerms } from './calibrationTables.js';
import { numberOf, requiredAt, type XmlElement } from './xmlElement.js';

export function creditQualifying(element: XmlElement, terms: CalibrationTerms): RiskClassRules {
  const base = requiredAt(element, 'Correlations/BaseCorrelation');
  return {
    ...credit(element, terms, 'QUALIFIER', 'Risk_CreditQ', 'Risk_CreditVol'),
    BASE_CORRELATION: {
      riskTypes: new Map([
        [
          'Risk_BaseCorr',
          {
            ...plainType,
            weight: constant(
              numberFor(element, 'RiskWeights/BaseCorrelation', terms.marginPeriodDays),
            ),
            threshold: null,
          },
        ],
      ]),
      bucketBy: 'WHOLE',
      residual: null,
      concentrationBy: 'QUALIFIER',
      within: namesOnly({
        by: 'QUALIFIER',
        buckets: new Map(),
        others: { same: 1, different: numberOf(base) },
      }),
      across: { constant: 0 },
      multiplier: 1,
    },
  };
}

export const creditNonQualifying = (element: XmlElement, terms: CalibrationTerms) =>
  credit(element, terms, 'LABEL2', 'Risk_CreditNonQ', 'Risk_CreditVolNonQ');

function credit(
  element: XmlElement,
  terms: CalibrationTerms,
  by: 'QUALIFIER' | 'LABEL2',
  deltaType: string,
  vegaType: string,
): RiskClassRules {
  const values = valuesBy(
    requiredAt(element, 'Correlations/IntraBucket').children,
    'label1',
    'label2',
  );
  const pair = (of: string) => ({
    same: values.get(`${of}|same`) ?? NaN,
    different: values.get(`${of}|different`) ?? NaN,
  });
  const within = namesOnly({
    by,
    buckets: new Map([['Residual', pair('residual')]]),
    others: pair('aggregate'),
  });
  const shape = bucketed(within, element);
  const type = { ...plainType, labels: ['LABEL1', 'LABEL2'] as const };
  const measure = (riskType: string, weight: Lookup, threshold: Lookup | null): MeasureRules => ({
    ...shape,
    riskTypes: new Map([[riskType, { ...type, weight, threshold }]]),
  });
  return {
    DELTA: measure(
      deltaType,
      weights(element, 'Delta', terms),
      thresholds(element, 'Delta', terms),
    ),
    VEGA: measure(vegaType, weights(element, 'Vega', terms), thresholds(element, 'Vega', terms)),
    CURVATURE: measure(vegaType, curvatureWeights(terms), null),
  };
}
