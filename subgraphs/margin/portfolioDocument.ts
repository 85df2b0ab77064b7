/**
 * Reads a whole hypothetical portfolio with its market: the file that the command line takes, and
 * the input of the graph's `portfolioMargin`. An example is docs/examples/portfolio.json.
 */

import type { Inputs } from './domain/portfolio/evaluate.js';
import { documentInputs } from './document/documentInputs.js';
import { documentSchema } from './document/documentSchema.js';
import type { Mistake } from './document/mistake.js';

/** A document that cannot be used. */
export class PortfolioDocumentError extends Error {
  override readonly name = 'PortfolioDocumentError';

  /** @param mistakes Every one that was found; at least one. */
  constructor(readonly mistakes: readonly Mistake[]) {
    super(mistakes.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }
}

/**
 * Throws PortfolioDocumentError.
 *
 * @param document As JSON.parse gives it: numbers as text, such as "0.5".
 * @param now The instant of the evaluation, unless the document names one.
 */
export function portfolioInputs(document: unknown, now: Date): Inputs {
  const read = documentSchema.safeParse(document);
  if (!read.success) {
    throw new PortfolioDocumentError(
      read.error.issues.map(({ path, message }) => ({
        path: path.length === 0 ? 'document' : path.join('.'),
        message,
      })),
    );
  }
  const inputs = documentInputs(read.data, now);
  if ('mistakes' in inputs) throw new PortfolioDocumentError(inputs.mistakes);
  return inputs;
}

/** The same for the document's text, which must be JSON. */
export function readPortfolio(text: string, now: Date): Inputs {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const message = `is not JSON: ${(error as Error).message}`;
    throw new PortfolioDocumentError([{ path: 'document', message }]);
  }
  return portfolioInputs(document, now);
}
