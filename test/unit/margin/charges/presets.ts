/** The parameter sets of venues, and what they ask for books of one underlying. */

import { readFileSync } from 'node:fs';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { scanResult } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import type { ScanComponent } from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import { scenarioRequirement } from '../../../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import { scenarioParameters } from '../../../../subgraphs/margin/parameters/scenarioParameters.js';
import { oneUnderlying, type Leg, type Market } from '../delta/oneUnderlying.js';

/** Each run revalues a book under a whole preset. */
export const RUNS = { numRuns: 40 };

export const NAMES = [
  'deribit-xpm-1',
  'okx-pm-1',
  'paradex-scan-1',
  'span-16-1',
  'unified-1',
] as const;
type Name = (typeof NAMES)[number];

const presets = Object.fromEntries(
  NAMES.map((name) => {
    const file = new URL(`../../../../subgraphs/margin/parameters/${name}.json`, import.meta.url);
    return [name, scenarioParameters(readFileSync(file, 'utf8'))];
  }),
) as Record<Name, ReturnType<typeof scenarioParameters>>;

export const resultOf = (name: Name, book: RiskBook) =>
  scenarioRequirement(book, presets[name].rules);

export const initialOf = (name: Name, legs: readonly Leg[], market?: Market) =>
  resultOf(name, oneUnderlying(legs, market).book).initialMargin.amount;

export const scanOf = (name: Name, component = 'SCAN'): ScanComponent => {
  const found = presets[name].rules.byUnderlying.get('BTC')?.components.get(component);
  if (found?.kind !== 'SCAN') throw new Error(`${name} has no scan ${component}`);
  return found;
};

export const scanAmount = (scan: ScanComponent, legs: readonly Leg[]) => {
  const { book, underlying } = oneUnderlying(legs);
  return scanResult('SCAN', scan, underlying, book.lines.length).requirement.amount;
};

export const perpetual = (quantity: number, venue = 'one'): Leg => ({
  kind: 'FUTURE',
  quantity,
  venue,
});

export const option = (quantity: number, strike: number, isCall = true): Leg => ({
  kind: 'OPTION',
  quantity,
  strike,
  isCall,
});
