/** The command `margin presets`. */

import { MarginParameters } from '../../subgraphs/margin/parameters/marginParameters.js';
import { textTable } from './textTable.js';

/** One line for each parameter set, below the names of the columns. */
export function presets(model: string | null, at: Date): readonly string[] {
  const parameters = MarginParameters.load();
  const rows = parameters.sets
    .filter((set) => model === null || set.model === model)
    .map((set) => [
      set.model,
      set.preset,
      set.name,
      set.effectiveFrom.toISOString().slice(0, 10),
      parameters.status(set, at),
      set.hash.slice(0, 12),
    ]);
  return textTable([['MODEL', 'PRESET', 'VERSION', 'FROM', 'STATUS', 'HASH'], ...rows]);
}
