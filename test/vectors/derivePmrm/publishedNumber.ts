/** Numbers as these files print them: as JSON numbers or as text. */

import { z } from 'zod';

export const publishedNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/, 'a number')
    .transform(Number),
]);

/** Printed as true or false, or as 1 or 0. */
export const publishedFlag = z.union([
  z.boolean(),
  publishedNumber.transform((flag) => flag !== 0),
]);
