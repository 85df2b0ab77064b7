/** The whole margin: measures into risk classes, those into product classes, and their sum. */

import { correlationOf } from './correlationTable.js';
import { curvatureMargin, rootMargin, type MeasureMargin, type Side } from './measureMargin.js';
import { UnweighableSensitivity, type Sensitivity } from './sensitivity.js';
import {
  MEASURES,
  type Measure,
  type RiskClassRules,
  type SensitivityRules,
} from './sensitivityRules.js';

/** A margin, and what it is to each sensitivity. */
export interface Sloped {
  /** USD, at least 0. */
  readonly amount: number;
  /**
   * By sensitivity, in the order given: what the margin grows by as its amount grows by 1, with
   * concentration and the factor of curvature held. Amounts × slopes add up to the margin.
   */
  readonly slopes: Float64Array;
}

export interface SensitivityMargin extends Sloped {
  readonly products: ReadonlyMap<string, ProductMargin>;
}

export interface ProductMargin extends Sloped {
  readonly riskClasses: ReadonlyMap<string, RiskClassMargin>;
}

export interface RiskClassMargin extends Sloped {
  readonly measures: ReadonlyMap<Measure, MeasureMargin>;
}

/**
 * Throws UnweighableSensitivity for a row of a risk type, bucket or tenor that the rules do not
 * know: leaving it out would lower the margin.
 */
export function sensitivityMargin(
  sensitivities: readonly Sensitivity[],
  rules: SensitivityRules,
  side: Side,
): SensitivityMargin {
  for (const row of sensitivities) requireKnown(row, rules);
  const names = new Set(sensitivities.map(({ productClass }) => productClass));
  const products = new Map(
    [...names].map((name) => {
      const ofProduct = sensitivities.map((row) =>
        row.productClass === name ? row : { ...row, riskType: OF_ANOTHER_PRODUCT },
      );
      return [name, productMargin(ofProduct, rules, side)];
    }),
  );
  return { products, ...sum([...products.values()], sensitivities.length) };
}

/** Keeps the places of the rows, and no measure reads it. */
const OF_ANOTHER_PRODUCT = '';

function requireKnown(row: Sensitivity, { riskClasses }: SensitivityRules): void {
  for (const measures of riskClasses.values()) {
    if (MEASURES.some((measure) => measures[measure]?.riskTypes.has(row.riskType))) return;
  }
  throw new UnweighableSensitivity(row, 'no such risk type in the rules');
}

/** √(Σ Σ ψ M M) over the risk classes. */
function productMargin(
  rows: readonly Sensitivity[],
  rules: SensitivityRules,
  side: Side,
): ProductMargin {
  const riskClasses = new Map<string, RiskClassMargin>();
  for (const [name, classRules] of rules.riskClasses) {
    const margin = riskClassMargin(rows, classRules, side);
    if (margin !== null) riskClasses.set(name, margin);
  }
  return { riskClasses, ...acrossClasses(riskClasses, rules, rows.length) };
}

function riskClassMargin(
  rows: readonly Sensitivity[],
  rules: RiskClassRules,
  side: Side,
): RiskClassMargin | null {
  const measures = new Map<Measure, MeasureMargin>();
  for (const measure of MEASURES) {
    const ofMeasure = rules[measure];
    if (ofMeasure === undefined) continue;
    const margin =
      measure === 'CURVATURE'
        ? curvatureMargin(rows, ofMeasure, side)
        : rootMargin(rows, ofMeasure);
    if (margin !== null) measures.set(measure, margin);
  }
  if (measures.size === 0) return null;
  return { measures, ...sum([...measures.values()], rows.length) };
}

function acrossClasses(
  margins: ReadonlyMap<string, Sloped>,
  rules: SensitivityRules,
  rowCount: number,
): Sloped {
  const parts = [...margins];
  const pulls = parts.map(([name]) =>
    parts.reduce((pull, [other, { amount }]) => pull + psi(rules, name, other) * amount, 0),
  );
  const radicand = parts.reduce((total, [, { amount }], i) => total + amount * pulls[i]!, 0);
  const amount = Math.sqrt(Math.max(radicand, 0));
  const slopes = new Float64Array(rowCount);
  parts.forEach(([, part], i) => {
    if (amount > 0) addTo(slopes, part.slopes, pulls[i]! / amount);
  });
  return { amount, slopes };
}

function psi({ acrossClasses: table }: SensitivityRules, a: string, b: string): number {
  const value = correlationOf(table, a, b);
  if (value === null) throw new RangeError(`No correlation of the risk classes ${a} and ${b}`);
  return value;
}

function sum(parts: readonly Sloped[], rowCount: number): Sloped {
  const slopes = new Float64Array(rowCount);
  for (const part of parts) addTo(slopes, part.slopes, 1);
  return { amount: parts.reduce((total, part) => total + part.amount, 0), slopes };
}

function addTo(total: Float64Array, slopes: Float64Array, factor: number): void {
  for (let i = 0; i < total.length; i++) total[i]! += factor * slopes[i]!;
}

/** Which margin of the report; null stands for all of them together. */
export interface Slice {
  readonly productClass: string | null;
  readonly riskClass: string | null;
  readonly measure: Measure | null;
}

/**
 * A margin as reports tabulate it: product classes added up; risk classes diversified, also for one
 * measure alone; measures added up. 0 where there is nothing of the kind.
 */
export function marginOf(
  { products }: SensitivityMargin,
  rules: SensitivityRules,
  { productClass, riskClass, measure }: Slice,
): number {
  const chosen = [...products].filter(([name]) => productClass === null || name === productClass);
  return chosen.reduce((total, [, product]) => {
    const classes = new Map<string, Sloped>();
    for (const [name, margin] of product.riskClasses) {
      const part = measure === null ? margin : margin.measures.get(measure);
      if (part !== undefined && (riskClass ?? name) === name) classes.set(name, part);
    }
    return total + acrossClasses(classes, rules, 0).amount;
  }, 0);
}
