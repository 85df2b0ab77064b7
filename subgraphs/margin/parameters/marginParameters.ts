/** Every parameter set there is, and which of them is in force when. */

import { readdirSync, readFileSync } from 'node:fs';
import { byText } from '../domain/textOrder.js';
import { boundSets, MARGIN_MODELS, type MarginModelName, type MarginSet } from './marginSet.js';

export { MARGIN_MODELS, type MarginModelName, type MarginSet };

/** What each model uses where nobody asks for another: see `MarginSet.preset`. */
const DEFAULT_PRESETS: Readonly<Record<MarginModelName, string>> = {
  isolated: 'standard',
  standard: 'standard',
  scenario: 'unified',
  sensitivity: 'sensitivity',
  portfolio: 'portfolio',
};

/** PENDING before its day, IN_FORCE until a later version's day comes, SUPERSEDED from then on. */
export type ParameterSetStatus = 'PENDING' | 'IN_FORCE' | 'SUPERSEDED';

export class MarginParameters {
  private constructor(
    /** By model in the order of `MARGIN_MODELS`, then by preset and version. */
    readonly sets: readonly MarginSet[],
  ) {}

  /** Throws with every mistake in the first file that has one. */
  static load(directory = new URL('.', import.meta.url)): MarginParameters {
    const texts = readdirSync(directory)
      .filter((file) => file.endsWith('.json'))
      .map((file) => readFileSync(new URL(file, directory), 'utf8'));
    return MarginParameters.of(texts);
  }

  static of(texts: readonly string[]): MarginParameters {
    const sets = texts.flatMap((text) => boundSets(text, texts));
    const order = (set: MarginSet) => MARGIN_MODELS.indexOf(set.model);
    return new MarginParameters(
      sets.sort(
        (a, b) => order(a) - order(b) || byText(a.preset, b.preset) || a.version - b.version,
      ),
    );
  }

  /** The names of a model's presets, sorted. */
  presets(model: MarginModelName): readonly string[] {
    return [...new Set(this.ofModel(model).map(({ preset }) => preset))];
  }

  /**
   * A set by its name and version, or the one in force of a preset; null when there is none, or none
   * in force yet.
   */
  named(model: MarginModelName, name: string, at: Date): MarginSet | null {
    const exact = this.ofModel(model).find((set) => set.name === name);
    return exact ?? this.latest(model, name, at);
  }

  byHash(model: MarginModelName, hash: string): MarginSet | null {
    return this.ofModel(model).find((set) => set.hash === hash) ?? null;
  }

  /** The set that `model` uses unless told otherwise. Throws where none is in force yet. */
  inForce(model: MarginModelName, at: Date): MarginSet {
    const preset = DEFAULT_PRESETS[model];
    const found = this.latest(model, preset, at);
    if (found === null) throw new Error(`No parameter set ${preset} is in force`);
    return found;
  }

  status({ model, preset, name, effectiveFrom }: MarginSet, at: Date): ParameterSetStatus {
    if (effectiveFrom > at) return 'PENDING';
    return this.latest(model, preset, at)?.name === name ? 'IN_FORCE' : 'SUPERSEDED';
  }

  private ofModel(model: MarginModelName): readonly MarginSet[] {
    return this.sets.filter((set) => set.model === model);
  }

  /** Of those whose day has come the last, and of one day the highest version. */
  private latest(model: MarginModelName, preset: string, at: Date): MarginSet | null {
    const effective = this.ofModel(model).filter(
      (set) => set.preset === preset && set.effectiveFrom <= at,
    );
    return effective.reduce<MarginSet | null>(
      (last, set) => (last === null || set.effectiveFrom >= last.effectiveFrom ? set : last),
      null,
    );
  }
}
