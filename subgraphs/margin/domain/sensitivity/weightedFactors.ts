/** Nets the rows of one measure into risk factors, weighs them, and measures concentration. */

import { lookUp } from './lookup.js';
import { UnweighableSensitivity, type Sensitivity } from './sensitivity.js';
import type { MeasureRules, RiskTypeRules } from './sensitivityRules.js';

/** What the rows of one measure come to. */
export interface WeightedFactors {
  readonly factors: readonly Factor[];
  readonly rows: readonly WeightedRow[];
  /** Concentration (CR) by bucket; 1 where each qualifier has its own. */
  readonly bucketConcentration: ReadonlyMap<string, number>;
}

/** A risk factor: what the rules tell no finer. */
export interface Factor {
  readonly riskType: string;
  readonly bucket: string;
  readonly qualifier: string;
  readonly label1: string;
  readonly label2: string;
  /** USD (WS, VR or CVR): the sum of its rows. */
  readonly weighted: number;
  /** Concentration of its qualifier (CR): 1 below the threshold. */
  readonly concentration: number;
}

export interface WeightedRow {
  /** Place among the sensitivities given. */
  readonly row: number;
  /** Place among the factors. */
  readonly factor: number;
  /** What its amount is multiplied by: risk weight × scale × concentration. */
  readonly multiplier: number;
}

/** A row of the measure on its way to its factor. */
interface ReadRow {
  readonly row: number;
  readonly sensitivity: Sensitivity;
  readonly rules: RiskTypeRules;
  readonly bucket: string;
  /** Whose concentration counts: the bucket's, or the qualifier's in it. */
  readonly group: string;
  readonly scale: number;
  /** The amount × scale. */
  readonly scaled: number;
}

/**
 * Throws UnweighableSensitivity for an amount that is no finite number, or a row that the tables
 * know no number for.
 */
export function weightedFactors(
  sensitivities: readonly Sensitivity[],
  rules: MeasureRules,
): WeightedFactors {
  const read = sensitivities.flatMap((sensitivity, row) => readRow(sensitivity, row, rules));
  const concentration = concentrations(read);
  const places = new Map<string, number>();
  const factors: (Omit<Factor, 'weighted'> & { weighted: number })[] = [];
  const rows = read.map((each): WeightedRow => {
    const raised = each.rules.threshold === null ? 1 : (concentration.get(each.group) ?? 1);
    const weight = lookUp(each.rules.weight, each.sensitivity, 'risk weight');
    const weighted = finite(each.sensitivity, weight * each.scaled * raised);
    const multiplier = weight * each.scale * raised;
    const factor = newFactor(each, raised);
    const key = keyOf(factor);
    const place = places.get(key) ?? factors.push(factor) - 1;
    places.set(key, place);
    factors[place]!.weighted += weighted;
    return { row: each.row, factor: place, multiplier };
  });
  const ofBuckets = read.map(({ bucket }) => [bucket, concentration.get(bucket) ?? 1] as const);
  return { factors, rows, bucketConcentration: new Map(ofBuckets) };
}

const keyOf = ({ bucket, riskType, qualifier, label1, label2 }: Omit<Factor, 'weighted'>) =>
  JSON.stringify([bucket, riskType, qualifier, label1, label2]);

function readRow(given: Sensitivity, row: number, rules: MeasureRules): ReadRow[] {
  const forType = rules.riskTypes.get(given.riskType);
  if (forType === undefined || forType.excluded.has(given.qualifier)) return [];
  const qualifier = forType.isPair ? orderedPair(given.qualifier) : given.qualifier;
  const sensitivity = { ...given, qualifier };
  const bucket =
    rules.bucketBy === 'WHOLE' ? '' : rules.bucketBy === 'BUCKET' ? given.bucket : qualifier;
  const group = rules.concentrationBy === 'BUCKET' ? bucket : JSON.stringify([bucket, qualifier]);
  const scale = forType.scale === null ? 1 : lookUp(forType.scale, sensitivity, 'scale');
  const scaled = finite(given, given.amount * scale);
  return [{ row, sensitivity, rules: forType, bucket, group, scale, scaled }];
}

const orderedPair = (pair: string) => [pair.slice(0, 3), pair.slice(3)].sort().join('');

/** CR = max(1, √(|Σ scaled| / threshold)) by group, of the rows that have a threshold. */
function concentrations(rows: readonly ReadRow[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { scaled: number; readonly threshold: number }>();
  for (const { rules, sensitivity, group, scaled } of rows) {
    if (rules.threshold === null) continue;
    const sum = sums.get(group);
    if (sum !== undefined) sum.scaled += scaled;
    else sums.set(group, { scaled, threshold: thresholdOf(sensitivity, rules.threshold) });
  }
  return new Map(
    [...sums].map(([group, { scaled, threshold }]) => [
      group,
      Math.max(1, Math.sqrt(Math.abs(scaled) / threshold)),
    ]),
  );
}

function thresholdOf(sensitivity: Sensitivity, table: NonNullable<RiskTypeRules['threshold']>) {
  const threshold = lookUp(table, sensitivity, 'concentration threshold');
  if (threshold > 0) return threshold;
  throw new UnweighableSensitivity(sensitivity, `threshold ${threshold} is not above 0`);
}

/** Labels that tell no factors apart are left out of its name. */
const newFactor = ({ sensitivity, rules, bucket }: ReadRow, concentration: number) => ({
  riskType: sensitivity.riskType,
  bucket,
  qualifier: sensitivity.qualifier,
  label1: rules.labels.includes('LABEL1') ? sensitivity.label1 : '',
  label2: rules.labels.includes('LABEL2') ? sensitivity.label2 : '',
  weighted: 0,
  concentration,
});

/** Beyond any book; squares of it, and sums of many, are still float64 numbers. */
const LARGEST_AMOUNT = 1e100;

function finite(row: Sensitivity, amount: number): number {
  if (Math.abs(amount) <= LARGEST_AMOUNT) return amount;
  throw new UnweighableSensitivity(row, `amount ${amount} is not a finite number up to 1e100`);
}
