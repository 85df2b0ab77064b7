/** What every parameter set says beside its rules, as zod schemas: name, date, ladder, limits. */

import { z } from 'zod';
import { isLess, ratio } from '../../shared/units.js';

/** An exact decimal, from text; comparisons of several are not tried where one is not a decimal. */
export const shareSchema = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,18})?$/, {
    error: 'a share or multiple such as "0.05", not negative',
    abort: true,
  })
  .transform(ratio);

export const nameSchema = z
  .string()
  .regex(/^[a-z]+(-[a-z0-9]+)*-\d+$/, 'a name and a version, such as standard-1');

/** The day from whose start, UTC, the set may be in force. */
export const effectiveFromSchema = z.iso
  .date('a day such as "2026-11-22"')
  .transform((day) => new Date(`${day}T00:00:00Z`));

export const ladderSchema = z
  .strictObject({
    liquidate: shareSchema,
    call: shareSchema,
    close: shareSchema,
    warn: shareSchema,
    clear: shareSchema,
  })
  .refine(
    (levels) =>
      isLess(levels.liquidate, levels.call) &&
      isLess(levels.call, levels.close) &&
      isLess(levels.close, levels.warn) &&
      isLess(levels.warn, levels.clear),
    { error: 'levels must rise: liquidate < call < close < warn < clear' },
  );

export const limitsSchema = z.strictObject({
  priceAgeMsMax: z.int().positive(),
  staleCollateralGraceMs: z.int().nonnegative(),
  /** Of no use to the rules of the standard model, whose sets leave it out. */
  missingVolatility: z.number().positive().max(100).nullable().default(null),
});
