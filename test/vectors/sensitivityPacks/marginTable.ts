/** The expected table of margins by portfolio, class, measure, bucket, side and regulation. */

import { addOnMargin, type AddOns } from '../../../subgraphs/margin/domain/sensitivity/addOns.js';
import {
  crifSensitivity,
  type CrifRow,
} from '../../../subgraphs/margin/domain/sensitivity/crif.js';
import { crifAddOns, isAddOn } from '../../../subgraphs/margin/domain/sensitivity/crifAddOns.js';
import type { Side } from '../../../subgraphs/margin/domain/sensitivity/measureMargin.js';
import {
  marginOf,
  sensitivityMargin,
  type SensitivityMargin,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityMargin.js';
import type {
  Measure,
  SensitivityRules,
} from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import type { VectorCase } from '../vectorSet.js';
import { calibrationRules } from './calibrationRules.js';
import type { ExpectedTable, PackFolder } from './packFolder.js';
import { printedNumber } from './printedNumber.js';
import { byRegulation } from './regulations.js';

/** What the table was computed from. */
interface Run {
  readonly rows: readonly CrifRow[];
  readonly rules: SensitivityRules;
  readonly folder: PackFolder;
}

/** One portfolio, side and regulation. */
interface Margins {
  readonly margin: SensitivityMargin;
  readonly addOns: AddOns;
  readonly rules: SensitivityRules;
}

/** A case of each row. Throws when the folder lacks what the table was computed from. */
export function marginCases(table: ExpectedTable, folder: PackFolder): readonly VectorCase[] {
  const runs = new Map<string, Run>();
  return table.rows.map((row) => {
    const currency = field(row, 'CalculationCurrency') || 'USD';
    const run = runs.get(currency) ?? runOf(table, folder, currency);
    runs.set(currency, run);
    const keys = ['Portfolio', 'ProductClass', 'RiskClass', 'MarginType', 'Bucket', 'SimmSide'];
    const id = [...keys, 'Regulation'].map((key) => field(row, key)).join('/');
    return {
      id: `${table.file} ${id}`,
      check: () => printedNumber('margin', field(row, 'InitialMargin'), actual(row, run)),
    };
  });
}

const field = (row: ReadonlyMap<string, string>, name: string) => row.get(name) ?? '';

/** By the settings that name the table, or else by its own name: «…2.5A_10D…». */
function runOf(table: ExpectedTable, folder: PackFolder, calculationCurrency: string): Run {
  const name = table.file.replace(/^expected_|\.csv$/g, '');
  const settings = folder.settings.find(
    ({ kind, output }) => kind === 'MARGIN' && output.toLowerCase() === name.toLowerCase(),
  );
  const [, namedVersion, namedDays] = /^[A-Za-z]*([\d.]+[A-Za-z]?)_(\d+)D/.exec(name) ?? [];
  const version = settings?.version ?? namedVersion ?? '';
  const calibration = folder.calibrations.get(version);
  if (calibration === undefined) throw new Error(`no calibration of version «${version}»`);
  const marginPeriodDays = settings?.marginPeriodDays ?? Number(namedDays ?? 10);
  const portfolios = new Set(table.rows.map((row) => field(row, 'Portfolio')));
  const crif =
    folder.crifs.find(({ file }) => file === settings?.crif) ??
    folder.crifs.find(({ rows }) =>
      rows.some((row) => !isSchedule(row) && portfolios.has(row.portfolioId)),
    );
  if (crif === undefined) throw new Error('no CRIF of its portfolios');
  const rules = calibrationRules(calibration, { marginPeriodDays, calculationCurrency });
  return { rows: crif.rows.filter((row) => !isSchedule(row)), rules, folder };
}

const isSchedule = ({ marginModel }: CrifRow) => marginModel === 'Schedule';

function actual(row: ReadonlyMap<string, string>, run: Run): number {
  const currency = field(row, 'Currency') || 'USD';
  const rate = currency === 'USD' ? 1 : run.folder.usdRate(currency);
  if (rate === null) throw new Error(`no rate of ${currency}`);
  const portfolio = field(row, 'Portfolio');
  const side = field(row, 'SimmSide') === 'Post' ? 'POST' : 'CALL';
  if (portfolio === 'All') return ofAllPortfolios(run, side) / rate;
  const all = marginsOf(run, portfolio, side);
  const margins = all.get(field(row, 'Regulation'));
  if (margins === undefined) throw new Error('no rows under the regulation');
  return ofRow(row, margins) / rate;
}

function marginsOf(
  { rows, rules, folder }: Run,
  portfolio: string,
  side: Side,
): ReadonlyMap<string, Margins> {
  const regulated = byRegulation(
    rows.filter(({ portfolioId }) => portfolioId === portfolio),
    side,
  );
  return new Map(
    [...regulated].map(([regulation, ofRegulation]) => {
      const sensitivities = ofRegulation
        .filter((row) => !isAddOn(row))
        .map((row) => crifSensitivity(row, folder.usdRate));
      const margin = sensitivityMargin(sensitivities, rules, side);
      return [regulation, { margin, rules, addOns: crifAddOns(ofRegulation, folder.usdRate) }];
    }),
  );
}

/** Of each portfolio, the regulation that asks most. */
function ofAllPortfolios(run: Run, side: Side): number {
  const portfolios = [...new Set(run.rows.map(({ portfolioId }) => portfolioId))];
  const totals = portfolios.map((portfolio) => {
    const margins = [...marginsOf(run, portfolio, side).values()];
    return Math.max(0, ...margins.map((each) => each.margin.amount + addOnsOf(each, null)));
  });
  return totals.reduce((sum, total) => sum + total, 0);
}

const MEASURES: Readonly<Record<string, Measure>> = {
  Delta: 'DELTA',
  Vega: 'VEGA',
  Curvature: 'CURVATURE',
  BaseCorr: 'BASE_CORRELATION',
};

function ofRow(row: ReadonlyMap<string, string>, margins: Margins): number {
  const named = (column: string) => (field(row, column) === 'All' ? null : field(row, column));
  const [productClass, riskClass] = [named('ProductClass'), named('RiskClass')];
  const [type, bucket] = [named('MarginType'), named('Bucket')];
  if (type === 'AdditionalIM') return addOnsOf(margins, productClass);
  const measure = type === null ? null : (MEASURES[type] ?? null);
  if (type !== null && measure === null) throw new Error(`no margin type «${type}»`);
  if (bucket !== null) return ofBucket(margins, productClass, riskClass, measure, bucket);
  const { margin, rules } = margins;
  const own = marginOf(margin, rules, { productClass, riskClass, measure });
  return riskClass === null && measure === null ? own + addOnsOf(margins, productClass) : own;
}

/** Exchange rates are told apart by what is weighed, all others by bucket. */
function ofBucket(
  { margin }: Margins,
  productClass: string | null,
  riskClass: string | null,
  measure: Measure | null,
  bucket: string,
): number {
  const ofClass = margin.products.get(productClass ?? '')?.riskClasses.get(riskClass ?? '');
  const found = measure === null ? undefined : ofClass?.measures.get(measure);
  const amount =
    riskClass === 'FX' && measure !== 'CURVATURE'
      ? found?.factors.find(({ qualifier }) => qualifier === bucket)?.weighted
      : found?.buckets.get(bucket);
  if (amount === undefined) throw new Error(`no bucket «${bucket}»`);
  return amount;
}

/** Of one product class, or of the kind of add-on that tables call one; null for all. */
function addOnsOf({ margin, addOns }: Margins, productClass: string | null): number {
  if (productClass === null) return addOnMargin(addOns, margin);
  const none: AddOns = { multipliers: [], notionalFactors: [], notionals: [], fixedAmounts: [] };
  const { fixedAmounts, notionalFactors, notionals } = addOns;
  const multipliers = addOns.multipliers.filter((each) => each.productClass === productClass);
  if (productClass === 'AddOnFixedAmount') return addOnMargin({ ...none, fixedAmounts }, margin);
  if (productClass === 'AddOnNotionalFactor') {
    return addOnMargin({ ...none, notionalFactors, notionals }, margin);
  }
  return addOnMargin({ ...none, multipliers }, margin);
}
