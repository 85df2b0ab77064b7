/** The parameter sets that there are. */

import assert from 'node:assert/strict';
import type { MarginParameters, ParameterSetStatus } from './parameters/marginParameters.js';
import type { MarginModelName } from './parameters/marginSet.js';

export interface ParameterSetServiceOptions {
  readonly parameters: MarginParameters;
  readonly now: () => Date;
}

/** See `ParameterSet` in schema.graphql. */
export interface ListedParameterSet {
  readonly name: string;
  readonly hash: string;
  readonly models: readonly MarginModelName[];
  readonly effectiveFrom: Date;
  readonly status: ParameterSetStatus;
  readonly content: string;
}

export class ParameterSetService {
  constructor(private readonly options: ParameterSetServiceOptions) {}

  /** By model, preset and version, each once; all for null. */
  list(
    model: MarginModelName | null,
    status: ParameterSetStatus | null,
  ): readonly ListedParameterSet[] {
    const { sets } = this.options.parameters;
    const hashes = new Set(
      sets.filter((set) => model === null || set.model === model).map(({ hash }) => hash),
    );
    return [...hashes]
      .map((hash) => this.known(hash))
      .filter((set) => status === null || set.status === status);
  }

  /** Null when there is none. */
  byHash(hash: string): ListedParameterSet | null {
    const { parameters, now } = this.options;
    const [first, ...others] = parameters.sets.filter((set) => set.hash === hash);
    if (first === undefined) return null;
    return {
      name: first.name,
      hash,
      models: [first, ...others].map(({ model }) => model),
      effectiveFrom: first.effectiveFrom,
      status: parameters.status(first, now()),
      content: first.content,
    };
  }

  /** Of a set that a result names. */
  known(hash: string): ListedParameterSet {
    const found = this.byHash(hash);
    assert(found, `no parameter set has the hash ${hash}`);
    return found;
  }
}
