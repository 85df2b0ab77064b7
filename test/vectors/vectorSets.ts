/** Every set of published numbers that we can read. */

import type { VectorSet } from './vectorSet.js';

export const vectorSets: readonly VectorSet[] = [];
