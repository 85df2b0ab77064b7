/** The tables of exchange rates: one bucket, with currencies grouped by volatility. */

import { weightVolatility } from '../../../subgraphs/margin/domain/sensitivity/curvatureScale.js';
import {
  constant,
  groupOf,
  type Lookup,
} from '../../../subgraphs/margin/domain/sensitivity/lookup.js';
import type {
  MeasureRules,
  NameRules,
  RiskClassRules,
  RiskTypeRules,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { currencyGroups, entriesFor, numberFor, valuesBy } from './calibration.js';
import {
  curvatureWeights,
  horizonDays,
  inMillions,
  plainType,
  scaledBy,
  type CalibrationTerms,
} from './calibrationTables.js';
import { numberOf, requiredAt, type XmlElement } from './xmlElement.js';

export function fxRules(element: XmlElement, terms: CalibrationTerms): RiskClassRules {
  const { marginPeriodDays: days, calculationCurrency } = terms;
  const pairs = { ...plainType, isPair: true };
  const [vega] = entriesFor(element, 'RiskWeights/Vega', days);
  const ratio = numberFor(element, 'RiskWeights/HistoricalVolatilityRatio', days);
  const volatility = scaledBy(pairWeights(element, terms), () =>
    weightVolatility(1, horizonDays(terms)),
  );
  const names: NameRules = {
    by: 'QUALIFIER',
    buckets: new Map(),
    others: { same: 1, different: numberOf(requiredAt(element, 'Correlations/Volatility')) },
  };
  return {
    DELTA: measure(groupCorrelations(element, terms), 'Risk_FX', {
      ...plainType,
      weight: currencyWeights(element, terms),
      threshold: currencyThresholds(element, terms),
      excluded: new Set([calculationCurrency]),
    }),
    VEGA: measure(names, 'Risk_FXVol', {
      ...pairs,
      weight: constant(vega === undefined ? NaN : numberOf(vega)),
      scale: scaledBy(volatility, () => ratio),
      threshold: pairThresholds(element, terms),
    }),
    CURVATURE: measure(names, 'Risk_FXVol', {
      ...pairs,
      weight: curvatureWeights(terms),
      scale: volatility,
      threshold: null,
    }),
  };
}

const measure = (names: NameRules, riskType: string, rules: RiskTypeRules): MeasureRules => ({
  riskTypes: new Map([[riskType, rules]]),
  bucketBy: 'WHOLE',
  residual: null,
  concentrationBy: 'QUALIFIER',
  within: { names, tenors: null, label2: 1, riskTypes: new Map() },
  across: { constant: 0 },
  multiplier: 1,
});

/** Weights by both currencies' groups: «calculation currency|qualifier». */
const groupWeights = (element: XmlElement, { marginPeriodDays }: CalibrationTerms) =>
  valuesBy(entriesFor(element, 'RiskWeights/Delta', marginPeriodDays), 'label1', 'label2');

/** Those against the calculation currency. */
function currencyWeights(element: XmlElement, terms: CalibrationTerms): Lookup {
  const grouping = currencyGroups(element, 'RiskWeights');
  const own = groupOf(grouping, terms.calculationCurrency);
  return { by: ['GROUP'], grouping, values: below(own, groupWeights(element, terms)) };
}

/** What stands under the first key, by the others. */
const below = (key: string, values: ReadonlyMap<string, number>) =>
  new Map(
    [...values]
      .filter(([each]) => each.startsWith(`${key}|`))
      .map(([each, value]) => [each.slice(key.length + 1), value]),
  );

const pairWeights = (element: XmlElement, terms: CalibrationTerms): Lookup => ({
  by: ['GROUP'],
  grouping: currencyGroups(element, 'RiskWeights'),
  values: inOrder(groupWeights(element, terms)),
});

/** Keys of two groups in order, as pairs are looked up. */
const inOrder = (values: ReadonlyMap<string, number>) =>
  new Map([...values].map(([key, value]) => [key.split('|').sort().join('|'), value]));

function groupCorrelations(element: XmlElement, terms: CalibrationTerms): NameRules {
  const grouping = currencyGroups(element, 'RiskWeights');
  const own = groupOf(grouping, terms.calculationCurrency);
  const entries = requiredAt(element, 'Correlations/IntraBucket').children;
  const correlations = inOrder(below(own, valuesBy(entries, 'bucket', 'label1', 'label2')));
  return { by: 'GROUP', grouping, correlations };
}

const currencyThresholds = (element: XmlElement, terms: CalibrationTerms) =>
  inMillions(
    {
      by: ['GROUP'],
      grouping: currencyGroups(element, 'ConcentrationThresholds'),
      values: valuesBy(requiredAt(element, 'ConcentrationThresholds/Delta').children, 'bucket'),
    },
    terms,
  );

/** Published in the order of category pairs 1-1, 1-2, … 2-2, …, numbered through. */
function pairThresholds(element: XmlElement, terms: CalibrationTerms): Lookup | null {
  const grouping = currencyGroups(element, 'ConcentrationThresholds');
  const groups = [...new Set([...grouping.groups.values(), grouping.others])].sort();
  const pairs = groups.flatMap((a, i) => groups.slice(i).map((b) => `${a}|${b}`));
  const values = valuesBy(requiredAt(element, 'ConcentrationThresholds/Vega').children, 'bucket');
  const named = pairs.flatMap((pair, i) => {
    const value = values.get(String(i + 1));
    return value === undefined ? [] : [[pair, value] as const];
  });
  return inMillions({ by: ['GROUP'], grouping, values: new Map(named) }, terms);
}
