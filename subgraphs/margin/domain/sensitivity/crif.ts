/**
 * Reads and writes CRIF, the columns in which market participants exchange sensitivities.
 * Source: ISDA, "Common Risk Interchange Format".
 */

import { csvRows, InvalidCsv } from './csvRows.js';
import type { Sensitivity } from './sensitivity.js';

/** One line. A column that the file lacks, or leaves empty, is empty text or null. */
export interface CrifRow {
  /** In the file, counted from 1. */
  readonly line: number;
  readonly tradeId: string;
  readonly portfolioId: string;
  readonly productClass: string;
  readonly riskType: string;
  readonly qualifier: string;
  readonly bucket: string;
  readonly label1: string;
  readonly label2: string;
  readonly amount: number | null;
  readonly amountCurrency: string;
  readonly amountUsd: number | null;
  /** As written: 2022-08-23 or 23/08/2022. */
  readonly endDate: string;
  /** Such as Schedule; empty for the sensitivity-based model. */
  readonly marginModel: string;
  readonly collectRegulations: readonly string[];
  readonly postRegulations: readonly string[];
}

/** Text that is not CRIF; the message names line and column. */
export class InvalidCrif extends Error {
  override readonly name = 'InvalidCrif';

  constructor(
    readonly line: number,
    /** Null when the fault is not in one column. */
    readonly column: string | null,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`line ${line}${column === null ? '' : `, ${column}`}: ${problem}`, options);
  }
}

/**
 * The rows below the header. Columns come in any order, and their names in any case, with or
 * without underscores; others are left alone. Throws InvalidCrif.
 */
export function crifRows(text: string): readonly CrifRow[] {
  const [header, ...rows] = readCsv(text);
  if (header === undefined) throw new InvalidCrif(1, null, 'no header');
  const columns = header.fields.map(columnKey);
  for (const required of ['RiskType', 'Qualifier']) {
    if (!columns.includes(columnKey(required))) {
      throw new InvalidCrif(header.line, required, 'the column is missing');
    }
  }
  if (!columns.includes('amount') && !columns.includes('amountusd')) {
    throw new InvalidCrif(header.line, 'Amount', 'the column is missing, and AmountUSD too');
  }
  return rows.map(({ line, fields }) => {
    if (fields.length !== columns.length) {
      const counts = `${fields.length} fields below ${columns.length} columns`;
      throw new InvalidCrif(line, null, counts);
    }
    return crifRow(line, (column) => fields[columns.indexOf(columnKey(column))]?.trim() ?? '');
  });
}

function readCsv(text: string) {
  try {
    return csvRows(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    if (!(cause instanceof InvalidCsv)) throw cause;
    throw new InvalidCrif(cause.line, null, 'not comma-separated', { cause });
  }
}

const columnKey = (column: string) => column.toLowerCase().replace(/[^a-z0-9]/g, '');

function crifRow(line: number, field: (column: string) => string): CrifRow {
  const riskType = field('RiskType');
  if (riskType === '') throw new InvalidCrif(line, 'RiskType', 'empty');
  const list = (column: string) =>
    field(column)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  return {
    line,
    tradeId: field('TradeID'),
    portfolioId: field('PortfolioID'),
    productClass: field('ProductClass'),
    riskType,
    qualifier: field('Qualifier'),
    bucket: crifBucket(field('Bucket')),
    label1: field('Label1').toLowerCase(),
    label2: field('Label2'),
    amount: numberIn(line, 'Amount', field('Amount')),
    amountCurrency: field('AmountCurrency').toUpperCase(),
    amountUsd: numberIn(line, 'AmountUSD', field('AmountUSD')),
    endDate: field('EndDate'),
    marginModel: field('IMModel'),
    collectRegulations: list('CollectRegulations'),
    postRegulations: list('PostRegulations'),
  };
}

const crifBucket = (text: string) => (text.toLowerCase() === 'residual' ? 'Residual' : text);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

function numberIn(line: number, column: string, text: string): number | null {
  if (text === '') return null;
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw new InvalidCrif(line, column, `not a number: «${text}»`);
  return value;
}

/** What one unit of a currency is worth in USD; null when not known. */
export type UsdRate = (currency: string) => number | null;

/** AmountUSD, or else Amount at the rate of AmountCurrency. Throws InvalidCrif without either. */
export function crifAmountUsd(row: CrifRow, rate: UsdRate): number {
  const { line, amount, amountCurrency, amountUsd } = row;
  if (amountUsd !== null) return amountUsd;
  if (amount === null) throw new InvalidCrif(line, 'AmountUSD', 'empty, and Amount too');
  const perUnit = amountCurrency === 'USD' ? 1 : rate(amountCurrency);
  if (perUnit === null) {
    throw new InvalidCrif(line, 'AmountCurrency', `no rate of «${amountCurrency}» in USD`);
  }
  return amount * perUnit;
}

/** Throws InvalidCrif. */
export const crifSensitivity = (row: CrifRow, rate: UsdRate): Sensitivity => ({
  productClass: row.productClass,
  riskType: row.riskType,
  qualifier: row.qualifier,
  bucket: row.bucket,
  label1: row.label1,
  label2: row.label2,
  amount: crifAmountUsd(row, rate),
});

const COLUMNS =
  'ProductClass,RiskType,Qualifier,Bucket,Label1,Label2,Amount,AmountCurrency,AmountUSD';

/** The sensitivities as CRIF, in USD; `crifRows` reads back the same numbers. */
export function crifText(sensitivities: readonly Sensitivity[]): string {
  const lines = sensitivities.map((each) => {
    const { productClass, riskType, qualifier, bucket, label1, label2, amount } = each;
    const texts = [productClass, riskType, qualifier, bucket, label1, label2].map(quoted);
    return [...texts, String(amount), 'USD', String(amount)].join(',');
  });
  return [COLUMNS, ...lines, ''].join('\n');
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
