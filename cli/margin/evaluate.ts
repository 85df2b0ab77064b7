/** The command `margin evaluate`. */

import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Unknown } from '../../subgraphs/margin/domain/marginModel.js';
import {
  MarginReport,
  marginReport,
  positionCount,
} from '../../subgraphs/margin/graph/marginReport.js';
import { MarginParameters } from '../../subgraphs/margin/parameters/marginParameters.js';
import type { MarginModelName } from '../../subgraphs/margin/parameters/marginSet.js';
import { PortfolioDocumentError, readPortfolio } from '../../subgraphs/margin/portfolioDocument.js';
import { chosenSet, UnknownPreset } from './chosenSet.js';
import { EXIT_BAD_INPUT, EXIT_USAGE } from './exitCodes.js';
import { marginJson } from './marginJson.js';
import { marginText } from './marginText.js';

export interface EvaluateOptions {
  readonly model?: string;
  readonly preset?: string;
  readonly explain: boolean;
  readonly format: 'text' | 'json';
}

const POSITIONS_MAX = 10_000;

/** Prints the margin, or what is wrong; resolves with the exit status. */
export async function evaluate(
  file: string | undefined,
  options: EvaluateOptions,
): Promise<number> {
  if (file === undefined && process.stdin.isTTY) {
    return failed(['Name a file, or pipe the portfolio into the standard input.'], EXIT_USAGE);
  }
  // Who reads the answer may have enough of it before its end.
  process.stdout.on('error', () => undefined);
  const name = file ?? '-';
  try {
    const document = name === '-' ? await text(process.stdin) : readFileSync(name, 'utf8');
    const inputs = readPortfolio(document, new Date());
    const count = positionCount(inputs);
    if (count > POSITIONS_MAX) {
      return failed([`positions: at most ${POSITIONS_MAX}, not ${count}`], EXIT_BAD_INPUT);
    }
    const model = (options.model ?? null) as MarginModelName | null;
    const at = inputs.market.at;
    const set = chosenSet(MarginParameters.load(), model, options.preset ?? null, at);
    const report = marginReport({ ...inputs, model: set });
    if (!(report instanceof MarginReport)) return failed(unknownReasons(report), EXIT_BAD_INPUT);
    process.stdout.write(`${output(report, options)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UnknownPreset) return failed([error.message], EXIT_USAGE);
    if (error instanceof PortfolioDocumentError) {
      const source = name === '-' ? 'The standard input' : name;
      const mistakes = error.mistakes.map(({ path, message }) => `  ${path}: ${message}`);
      return failed([`${source} cannot be used:`, ...mistakes], EXIT_BAD_INPUT);
    }
    if (error instanceof RangeError) {
      const reason = `Its amounts are too large or too small together: ${error.message}`;
      return failed([reason], EXIT_BAD_INPUT);
    }
    if (isFileError(error)) return failed([error.message], EXIT_BAD_INPUT);
    throw error;
  }
}

const output = (report: MarginReport, { format, explain }: EvaluateOptions) =>
  format === 'json'
    ? JSON.stringify(marginJson(report, explain), null, 2)
    : marginText(report, explain);

function failed(lines: readonly string[], exitCode: number): number {
  process.stderr.write(`margin-graph: ${lines.join('\n')}\n`);
  return exitCode;
}

const unknownReasons = ({ unpriced, venues }: Unknown): readonly string[] => [
  'The margin is not known:',
  ...unpriced.map((asset) => `  ${asset} has no usable price`),
  ...venues.map(({ venue, reason }) => `  ${venue}: ${reason}`),
];

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;
