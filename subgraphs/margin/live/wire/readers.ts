/** Readers of the graph's scalars as they come over the wire, shared by all messages. */

import { z } from 'zod';
import { price, quantity, ratio, type Measure } from '../../../shared/units.js';

/** A decimal as text; anything else, JSON numbers included, is refused with its path. */
const decimal = <Unit extends string>(read: (text: string) => Measure<Unit>) =>
  z.string().transform((text, context) => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });

export const wireQuantity = decimal(quantity);
export const wirePrice = decimal(price);
export const wireRatio = decimal(ratio);

export const wireDateTime = z.iso.datetime().transform((text) => new Date(text));

/** An entity that we need only the id of. */
export const wireId = z.object({ id: z.string() }).transform(({ id }) => id);

/** What is wrong with a message, on one line: the path of the first mistake and the mistake. */
export function problemOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  const [issue] = error.issues;
  return issue === undefined ? error.message : `${issue.path.join('.')}: ${issue.message}`;
}
