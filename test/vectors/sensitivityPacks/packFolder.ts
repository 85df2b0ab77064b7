/** A folder of the pack, its files told apart by what they hold. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  crifRows,
  type CrifRow,
  type UsdRate,
} from '../../../subgraphs/margin/domain/sensitivity/crif.js';
import { csvRows } from '../../../subgraphs/margin/domain/sensitivity/csvRows.js';
import { UnreadableVectors } from '../vectorSet.js';
import { calibrations, type Calibration } from './calibration.js';
import { usdRates } from './marketRates.js';
import { runSettings, type RunSettings } from './runSettings.js';
import { xmlElement } from './xmlElement.js';

export interface PackFolder {
  readonly crifs: readonly { readonly file: string; readonly rows: readonly CrifRow[] }[];
  /** By the version's name. */
  readonly calibrations: ReadonlyMap<string, Calibration>;
  readonly settings: readonly RunSettings[];
  readonly usdRate: UsdRate;
  /** Tables of expected numbers. */
  readonly expected: readonly ExpectedTable[];
  /** Files that are none of these. */
  readonly unreadable: readonly UnreadableVectors[];
}

export interface ExpectedTable {
  readonly file: string;
  readonly kind: 'MARGIN' | 'SCHEDULE' | 'SCHEDULE_TRADES';
  /** By column; text as printed. */
  readonly rows: readonly ReadonlyMap<string, string>[];
}

export function packFolder(directory: string): PackFolder {
  const reading: Reading = {
    crifs: [],
    calibrations: new Map(),
    settings: [],
    markets: [],
    expected: [],
  };
  const unreadable: UnreadableVectors[] = [];
  for (const file of readdirSync(directory).sort()) {
    try {
      readFile(file, () => readFileSync(join(directory, file), 'utf8'), reading);
    } catch (cause) {
      unreadable.push(new UnreadableVectors(join(directory, file), cause));
    }
  }
  return { ...reading, usdRate: usdRates(reading.markets), unreadable };
}

interface Reading {
  readonly crifs: PackFolder['crifs'][number][];
  readonly calibrations: Map<string, Calibration>;
  readonly settings: RunSettings[];
  /** Whole files. */
  readonly markets: string[];
  readonly expected: ExpectedTable[];
}

/** Files of other endings, such as the PROVENANCE, are left alone. */
function readFile(file: string, text: () => string, reading: Reading): void {
  if (file.endsWith('.xml')) readXml(text(), reading);
  if (file.endsWith('.csv')) readCsv(file, text(), reading);
  if (file.endsWith('.txt')) reading.markets.push(text());
}

function readXml(text: string, { calibrations: found, settings }: Reading): void {
  const element = xmlElement(text);
  if (element.name === 'SIMMCalibrationData') {
    for (const calibration of calibrations(element)) {
      for (const version of calibration.versions) {
        if (!found.has(version)) found.set(version, calibration);
      }
    }
  } else if (element.name === 'ORE') {
    settings.push(runSettings(element));
  } else if (element.name !== 'TodaysMarket') {
    throw new Error(`<${element.name}> is neither a calibration nor the settings of a run`);
  }
}

function readCsv(file: string, text: string, { crifs, expected }: Reading): void {
  const [header, ...rows] = csvRows(text);
  const columns = (header?.fields ?? []).map((column) => column.replace(/^#/, '').trim());
  const has = (...names: string[]) => names.every((name) => columns.includes(name));
  if (has('RiskType', 'Qualifier')) {
    crifs.push({ file, rows: crifRows(text) });
    return;
  }
  const kind = has('Portfolio', 'MarginType', 'InitialMargin')
    ? 'MARGIN'
    : has('Portfolio', 'ScheduleIM')
      ? 'SCHEDULE'
      : has('TradeId', 'GrossIM(Base)')
        ? 'SCHEDULE_TRADES'
        : null;
  if (kind === null) throw new Error('neither CRIF nor a table of expected margins');
  const table = rows.map(({ line, fields }) => {
    if (fields.length === columns.length) {
      return new Map(columns.map((column, i) => [column, fields[i] ?? '']));
    }
    throw new Error(`line ${line}: ${fields.length} fields below ${columns.length} columns`);
  });
  expected.push({ file, kind, rows: table });
}
