/** The tables of interest rates: one bucket a currency, tenors and curves within it. */

import { constant } from '../../../subgraphs/margin/domain/sensitivity/lookup.js';
import type {
  MeasureRules,
  RiskClassRules,
  RiskTypeRules,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { currencyGroups, entriesFor, numberFor, valuesBy } from './calibration.js';
import {
  curvatureWeights,
  inMillions,
  plainType,
  tableOf,
  type CalibrationTerms,
} from './calibrationTables.js';
import { numberOf, requiredAt, type XmlElement } from './xmlElement.js';

export function rateRules(element: XmlElement, terms: CalibrationTerms): RiskClassRules {
  const { marginPeriodDays: days } = terms;
  const weight = (path: string) => constant(numberFor(element, `RiskWeights/${path}`, days));
  const [vega] = entriesFor(element, 'RiskWeights/Vega', days);
  const vegaWeight = constant(vega === undefined ? NaN : numberOf(vega));
  const ratio = numberFor(element, 'RiskWeights/HistoricalVolatilityRatio', days);
  const volatilities = (rules: Pick<RiskTypeRules, 'weight' | 'threshold'>) => ({
    Risk_IRVol: { ...plainType, ...rules, labels: ['LABEL1'] as const },
    Risk_InflationVol: { ...plainType, ...rules },
  });
  const deltaThreshold = thresholds(element, 'Delta', terms);
  const shape = rateShape(element);
  return {
    DELTA: measure(shape, {
      Risk_IRCurve: {
        ...plainType,
        weight: curveWeights(element, terms),
        threshold: deltaThreshold,
        labels: ['LABEL1', 'LABEL2'],
      },
      Risk_Inflation: { ...plainType, weight: weight('Inflation'), threshold: deltaThreshold },
      Risk_XCcyBasis: { ...plainType, weight: weight('XCcyBasis'), threshold: null },
    }),
    VEGA: measure(
      shape,
      volatilities({ weight: vegaWeight, threshold: thresholds(element, 'Vega', terms) }),
    ),
    CURVATURE: {
      ...measure(shape, volatilities({ weight: curvatureWeights(terms), threshold: null })),
      multiplier: ratio ** -2,
    },
  };
}

const measure = (
  shape: Omit<MeasureRules, 'riskTypes'>,
  types: Readonly<Record<string, RiskTypeRules>>,
): MeasureRules => ({ ...shape, riskTypes: new Map(Object.entries(types)) });

function rateShape(element: XmlElement): Omit<MeasureRules, 'riskTypes'> {
  const correlations = requiredAt(element, 'Correlations');
  const of = (path: string) => numberOf(requiredAt(correlations, path));
  return {
    bucketBy: 'QUALIFIER',
    residual: null,
    concentrationBy: 'BUCKET',
    within: {
      names: { by: 'QUALIFIER', buckets: new Map(), others: { same: 1, different: NaN } },
      tenors: tableOf('tenors', requiredAt(correlations, 'IntraBucket')),
      label2: of('SubCurves'),
      riskTypes: new Map([
        ['Risk_IRCurve|Risk_Inflation', of('Inflation')],
        ['Risk_IRCurve|Risk_XCcyBasis', of('XCcyBasis')],
        ['Risk_Inflation|Risk_XCcyBasis', of('XCcyBasis')],
        ['Risk_IRVol|Risk_InflationVol', of('Inflation')],
      ]),
    },
    across: { constant: of('Outer') },
    multiplier: 1,
  };
}

const curveWeights = (element: XmlElement, { marginPeriodDays }: CalibrationTerms) => ({
  by: ['GROUP', 'LABEL1'] as const,
  grouping: currencyGroups(element, 'RiskWeights'),
  values: valuesBy(entriesFor(element, 'RiskWeights/Delta', marginPeriodDays), 'bucket', 'label1'),
});

const thresholds = (element: XmlElement, measured: 'Delta' | 'Vega', terms: CalibrationTerms) =>
  inMillions(
    {
      by: ['GROUP'],
      grouping: currencyGroups(element, 'ConcentrationThresholds'),
      values: valuesBy(
        requiredAt(element, `ConcentrationThresholds/${measured}`).children,
        'bucket',
      ),
    },
    terms,
  );
