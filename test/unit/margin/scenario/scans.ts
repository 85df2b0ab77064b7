/** What scans make of a book. */

import type { UnderlyingRisk } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scanProfits, scanResult } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import type { ScanComponent } from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import { LINE_COUNT, plainGrid, plainScan } from './riskBooks.js';

export const profitsOf = (scan: ScanComponent, book: UnderlyingRisk) => [
  ...scanProfits(preparedScan(scan, book)),
];

export const lossOf = (scan: ScanComponent, book: UnderlyingRisk) =>
  scanResult('SCAN', scan, book, LINE_COUNT).requirement.amount;

export const plain = plainScan(plainGrid);
