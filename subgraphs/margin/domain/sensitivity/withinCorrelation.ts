/** The correlation of two risk factors of one bucket (ρ). */

import { correlationOf } from './correlationTable.js';
import { groupOf } from './lookup.js';
import { UnweighableSensitivity } from './sensitivity.js';
import type { NameRules, WithinRules } from './sensitivityRules.js';
import type { Factor } from './weightedFactors.js';

/** Throws UnweighableSensitivity where the rules have none for the two. */
export function withinCorrelation(a: Factor, b: Factor, rules: WithinRules): number {
  if (a.riskType !== b.riskType) {
    const types = [a.riskType, b.riskType].sort().join('|');
    return known(a, rules.riskTypes.get(types), `«${types}»`);
  }
  const tenors =
    rules.tenors === null
      ? 1
      : known(a, correlationOf(rules.tenors, a.label1, b.label1), `tenor «${b.label1}»`);
  return nameCorrelation(a, b, rules.names) * tenors * (a.label2 === b.label2 ? 1 : rules.label2);
}

function nameCorrelation(a: Factor, b: Factor, rules: NameRules): number {
  if (rules.by === 'GROUP') {
    if (a.qualifier === b.qualifier) return 1;
    const groups = [groupOf(rules.grouping, a.qualifier), groupOf(rules.grouping, b.qualifier)];
    const key = groups.sort().join('|');
    return known(a, rules.correlations.get(key), `groups «${key}»`);
  }
  const isSame = rules.by === 'QUALIFIER' ? a.qualifier === b.qualifier : a.label2 === b.label2;
  const ofBucket = rules.buckets.get(a.bucket) ?? rules.others;
  return known(a, isSame ? ofBucket?.same : ofBucket?.different, `bucket «${a.bucket}»`);
}

function known(factor: Factor, value: number | null | undefined, of: string): number {
  if (value !== null && value !== undefined) return value;
  throw new UnweighableSensitivity({ ...NO_CLASS, ...factor }, `no correlation of ${of}`);
}

const NO_CLASS = { productClass: '', amount: 0 };
