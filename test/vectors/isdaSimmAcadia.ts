/** The public unit tests of the sensitivity structure, as JSON; see the folder's PROVENANCE.md. */

import { join } from 'node:path';
import { z } from 'zod';
import { addOnMargin, type AddOns } from '../../subgraphs/margin/domain/sensitivity/addOns.js';
import type { Sensitivity } from '../../subgraphs/margin/domain/sensitivity/sensitivity.js';
import {
  marginOf,
  sensitivityMargin,
  type Slice,
} from '../../subgraphs/margin/domain/sensitivity/sensitivityMargin.js';
import type { SensitivityRules } from '../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import { casesOfFiles } from './caseFiles.js';
import { absolute } from './compare.js';
import { calibrationOf } from './sensitivityPacks/calibrationFiles.js';
import { calibrationRules } from './sensitivityPacks/calibrationRules.js';
import type { Comparison, VectorCase, VectorSet } from './vectorSet.js';

export const isdaSimmAcadia: VectorSet = {
  name: 'isda-simm-acadia',
  cases: (directory) =>
    casesOfFiles(directory, '.json', (content, file) => casesOf(directory, content, file)),
};

const amount = z.union([z.string(), z.number()]).pipe(z.coerce.number());
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const ids = z.array(z.string()).default([]);

const test = z.object({
  id: z.string(),
  sensitivities: ids,
  multipliers: ids,
  notionalFactors: ids,
  notionals: ids,
  fixed: ids,
  holdingPeriod: z.enum(['TEN_DAY', 'ONE_DAY']).default('TEN_DAY'),
  calcCurrency: z.string().default('USD'),
  expected: amount.nullish(),
  components: z
    .object({ delta: amount, vega: amount, curvature: amount, baseCorr: amount, addOn: amount })
    .partial()
    .nullish(),
});

const pack = z.object({
  simmVersion: z.string(),
  sensitivities: z.record(
    z.string(),
    z.object({
      productClass: text,
      riskType: z.string(),
      qualifier: text,
      bucket: text,
      label1: text.transform((label) => label.toLowerCase()),
      label2: text,
      amount: amount.nullish(),
      amountCurrency: text,
      amountUSD: amount.nullish(),
    }),
  ),
  other: z
    .record(z.string(), z.object({ kind: z.string(), args: z.array(z.string()) }))
    .default({}),
  tests: z.record(z.string(), z.array(test)),
});

type Pack = z.infer<typeof pack>;
type Test = z.infer<typeof test>;

/** Published in whole dollars. */
const TOLERANCE_USD = 1;

function casesOf(directory: string, content: string, file: string): readonly VectorCase[] {
  const read = readPack(content);
  const folders = [directory, join(directory, '..', 'ore-simm')];
  const rules = new Map<string, SensitivityRules>();
  const rulesFor = ({ holdingPeriod, calcCurrency }: Test) => {
    const key = `${holdingPeriod} ${calcCurrency}`;
    const known = rules.get(key) ?? calibrated(read, folders, holdingPeriod, calcCurrency);
    rules.set(key, known);
    return known;
  };
  return Object.entries(read.tests).flatMap(([group, tests]) =>
    tests.map((each) => ({
      id: `${file} ${group}.${each.id}`,
      check: () => check(each, read, rulesFor(each)),
    })),
  );
}

function readPack(content: string): Pack {
  const read = pack.parse(JSON.parse(content));
  const known = new Set([...Object.keys(read.sensitivities), ...Object.keys(read.other)]);
  for (const each of Object.values(read.tests).flat()) {
    const missing = referencesOf(each).find((id) => !known.has(id));
    if (missing !== undefined) throw new Error(`${each.id}: no «${missing}» in the file`);
  }
  return read;
}

const referencesOf = (each: Test) => [
  ...each.sensitivities,
  ...each.multipliers,
  ...each.notionalFactors,
  ...each.notionals,
  ...each.fixed,
];

function calibrated(
  { simmVersion }: Pack,
  folders: readonly string[],
  holdingPeriod: Test['holdingPeriod'],
  calculationCurrency: string,
): SensitivityRules {
  return calibrationRules(calibrationOf(simmVersion, folders), {
    marginPeriodDays: holdingPeriod === 'ONE_DAY' ? 1 : 10,
    calculationCurrency,
  });
}

function check(each: Test, read: Pack, rules: SensitivityRules): readonly Comparison[] {
  const margin = sensitivityMargin(sensitivitiesOf(each, read), rules, 'CALL');
  const addOn = addOnMargin(addOnsOf(each, read), margin);
  const measured = (measure: Slice['measure']) =>
    marginOf(margin, rules, { productClass: null, riskClass: null, measure });
  const numbers: readonly [string, number | null | undefined, number][] = [
    ['total', each.expected, margin.amount + addOn],
    ['delta', each.components?.delta, measured('DELTA')],
    ['vega', each.components?.vega, measured('VEGA')],
    ['curvature', each.components?.curvature, measured('CURVATURE')],
    ['base correlation', each.components?.baseCorr, measured('BASE_CORRELATION')],
    ['add-on', each.components?.addOn, addOn],
  ];
  return numbers.flatMap(([what, expected, actual]) =>
    expected === null || expected === undefined
      ? []
      : [absolute(what, expected, actual, TOLERANCE_USD)],
  );
}

const sensitivitiesOf = (each: Test, read: Pack): readonly Sensitivity[] =>
  each.sensitivities.map((id) => {
    const found = read.sensitivities[id];
    if (found === undefined) throw new Error(`${each.id}: no sensitivity «${id}»`);
    const { amount: own, amountCurrency, amountUSD, ...names } = found;
    const inUsd = amountUSD ?? (['', 'USD'].includes(amountCurrency) ? own : null);
    if (inUsd == null) throw new Error(`${id}: no amount in USD`);
    return { ...names, amount: inUsd };
  });

function addOnsOf(each: Test, { other }: Pack): AddOns {
  const args = (list: readonly string[]) => list.map((id) => other[id]?.args ?? []);
  const last = (values: readonly string[]) => Number(values.at(-1));
  return {
    multipliers: args(each.multipliers).map((values) => ({
      productClass: values[0] ?? '',
      multiplier: last(values),
    })),
    notionalFactors: args(each.notionalFactors).map((values) => ({
      product: values[0] ?? '',
      percent: last(values),
    })),
    notionals: args(each.notionals).map((values) => ({
      product: values[0] ?? '',
      amount: last(values),
    })),
    fixedAmounts: args(each.fixed).map(last),
  };
}
