/** Pieces of rules that the risk classes of a calibration share. */

import type { CorrelationTable } from '../../../subgraphs/margin/domain/sensitivity/correlationTable.js';
import {
  curvatureScale,
  tenorDays,
} from '../../../subgraphs/margin/domain/sensitivity/curvatureScale.js';
import type { Lookup } from '../../../subgraphs/margin/domain/sensitivity/lookup.js';
import type { RiskTypeRules } from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { valuesBy } from './calibration.js';
import type { XmlElement } from './xmlElement.js';

/** What a calibration is read for. */
export interface CalibrationTerms {
  /** Working days of the margin period: 10 or 1, as far as the calibration has them. */
  readonly marginPeriodDays: number;
  /** Its FX sensitivities carry no risk. */
  readonly calculationCurrency: string;
}

/** Calendar days of the margin period: 14 of ten working days. */
export const horizonDays = ({ marginPeriodDays }: CalibrationTerms): number =>
  1.4 * marginPeriodDays;

const TENORS = ['2w', '1m', '3m', '6m', '1y', '2y', '3y', '5y', '10y', '15y', '20y', '30y'];

/** Half of the horizon over the tenor, by tenor. */
export const curvatureWeights = (terms: CalibrationTerms): Lookup => ({
  by: ['LABEL1'],
  grouping: null,
  values: new Map(
    TENORS.map((tenor) => [tenor, curvatureScale(tenorDays(tenor), horizonDays(terms))]),
  ),
});

/** Thresholds are published in millions; a margin period of a day knows no concentration. */
export const inMillions = (
  lookup: Lookup,
  { marginPeriodDays }: CalibrationTerms,
): Lookup | null => (marginPeriodDays === 10 ? scaledBy(lookup, () => 1e6) : null);

export const scaledBy = (
  lookup: Lookup,
  factor: (value: number, key: string) => number,
): Lookup => ({
  ...lookup,
  values: new Map([...lookup.values].map(([key, value]) => [key, value * factor(value, key)])),
});

export const plainType: Omit<RiskTypeRules, 'weight' | 'threshold'> = {
  scale: null,
  labels: [],
  isPair: false,
  excluded: new Set(),
};

/** A table of all its pairs, named by label1 and label2. What is published is taken as it is. */
export function tableOf(what: string, element: XmlElement): CorrelationTable {
  const values = valuesBy(element.children, 'label1', 'label2');
  const names = [...new Set([...values.keys()].flatMap((key) => key.split('|')))];
  const between = (a: string, b: string): number => {
    const value = a === b ? 1 : (values.get(`${a}|${b}`) ?? values.get(`${b}|${a}`));
    if (value === undefined) throw new Error(`${what}: no correlation of ${a} and ${b}`);
    return value;
  };
  return { names, matrix: names.map((a) => Float64Array.from(names, (b) => between(a, b))) };
}
