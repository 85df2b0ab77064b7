/** Which parameter set a command is asked to use. */

import type { MarginParameters } from '../../subgraphs/margin/parameters/marginParameters.js';
import type { MarginModelName, MarginSet } from '../../subgraphs/margin/parameters/marginSet.js';

/** What was asked for is not there; the message says what is. */
export class UnknownPreset extends Error {}

/**
 * Without a preset that of the model in force; without a model that of the preset, and without both
 * the portfolio model's. Throws UnknownPreset.
 */
export function chosenSet(
  parameters: MarginParameters,
  model: MarginModelName | null,
  preset: string | null,
  at: Date,
): MarginSet {
  if (preset === null) return parameters.inForce(model ?? 'portfolio', at);
  const models = model === null ? modelsOf(parameters, preset) : [model];
  const found = models.map((of) => parameters.named(of, preset, at)).find((set) => set !== null);
  if (found) return found;
  const known = model === null ? allPresets(parameters) : parameters.presets(model);
  const of = model === null ? '' : ` of the model ${model}`;
  throw new UnknownPreset(
    `There is no parameter set "${preset}"${of} in force at ${at.toISOString()}. There are ${known.join(', ')}.`,
  );
}

/** The standard sets are read by the isolated model too, which nobody gets without asking for it. */
const modelsOf = ({ sets }: MarginParameters, preset: string): readonly MarginModelName[] =>
  sets
    .filter((set) => set.preset === preset || set.name === preset)
    .map(({ model }) => model)
    .toReversed();

const allPresets = ({ sets }: MarginParameters): readonly string[] => [
  ...new Set(sets.map(({ preset }) => preset)),
];
