/** worked-examples: numbers printed in venues' documents, told apart by what their inputs hold. */

import { z } from 'zod';
import { casesOfFiles } from './caseFiles.js';
import { UnreadableVectors, type Comparison, type VectorSet } from './vectorSet.js';
import { isLiquidationExample, liquidationExample } from './workedExamples/liquidationExample.js';
import {
  isMinimumDeltaExample,
  minimumDeltaExample,
} from './workedExamples/minimumDeltaExample.js';
import { isOpenOrdersExample, openOrdersExample } from './workedExamples/openOrdersExample.js';
import type { WorkedExample } from './workedExamples/printed.js';
import { isStandardExample, standardExample } from './workedExamples/standardExample.js';

const example = z.object({
  id: z.string(),
  model: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  /** False where the printed numbers contradict the document's own formula. */
  verified: z.boolean().default(true),
}) satisfies z.ZodType<WorkedExample>;

const contents = z.object({ cases: z.array(example).min(1) });

export const workedExamples: VectorSet = {
  name: 'worked-examples',
  cases: (directory) =>
    casesOfFiles(directory, '.json', (text, file) => {
      const { cases } = contents.parse(JSON.parse(text));
      return cases
        .filter(({ verified }) => verified)
        .map((one) => ({ id: one.id, check: () => comparisons(file, one, cases) }));
    }),
};

function comparisons(
  file: string,
  one: WorkedExample,
  all: readonly WorkedExample[],
): readonly Comparison[] {
  if (isStandardExample(one)) return standardExample(one, all);
  if (isMinimumDeltaExample(one)) return minimumDeltaExample(one);
  if (isOpenOrdersExample(one)) return openOrdersExample(one);
  if (isLiquidationExample(one)) return liquidationExample(one);
  throw new UnreadableVectors(file, `case ${one.id} is of no known kind`);
}
