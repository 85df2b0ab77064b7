/** One call for entities: what is sent, and where each part of the answer belongs. */

import {
  isJsonObject,
  type JsonObject,
  type PathKey,
  type SubgraphError,
  type SubgraphResponse,
} from '../upstream/subgraphResponse.js';
import { unavailable } from '../upstream/upstreamFailure.js';
import type { EntityTarget } from './entityCollector.js';
import type { EntityGroup } from './entityGroup.js';
import { mergeCopyInto, mergeInto } from './mergeData.js';
import type { OperationRun } from './operationRun.js';
import { commonPath, pathArray } from './responsePath.js';
import { failureError, reportedError, type Origin } from './subgraphErrors.js';
import type { TypeConditions } from './typeConditions.js';

/** Distinct representations in the order in which they are sent. */
class Representations {
  readonly #indexes = new Map<string, number>();

  indexOf(representation: JsonObject): number {
    const text = JSON.stringify(representation);
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(text, index);
    return index;
  }

  get size(): number {
    return this.#indexes.size;
  }

  get json(): string {
    return `[${[...this.#indexes.keys()].join(',')}]`;
  }
}

interface GatheredGroup {
  readonly group: EntityGroup;
  /** By index of the representation; where groups share a variable, some are another group's. */
  readonly targets: (EntityTarget[] | undefined)[];
  /** The same targets, by the group's paths. */
  readonly places: readonly (readonly EntityTarget[])[];
}

export class EntityCall {
  readonly #types: TypeConditions;
  readonly #groups: readonly GatheredGroup[];
  readonly #representations = new Map<string, Representations>();

  constructor(groups: readonly EntityGroup[], run: OperationRun, types: TypeConditions) {
    this.#types = types;
    this.#groups = groups.map((group) => this.#gather(group, run));
  }

  get isEmpty(): boolean {
    for (const { size } of this.#representations.values()) if (size > 0) return false;
    return true;
  }

  /** Members of the request's `variables`, as JSON text. */
  get variables(): string {
    return [...this.#representations]
      .map(([variable, { json }]) => `${JSON.stringify(variable)}:${json}`)
      .join(',');
  }

  /** Where the entities hang in the response: the path that all at one place have in common. */
  places(): PathKey[][] {
    return this.#groups
      .flatMap(({ places }) => places)
      .filter(({ length }) => length > 0)
      .map((targets) => commonPath(targets.map(({ path }) => path)));
  }

  take(run: OperationRun, { data, errors = [] }: SubgraphResponse, origin: Origin): void {
    for (const error of errors) {
      for (const path of this.#pathsOf(error)) run.errors.push(reportedError(origin, error, path));
    }
    if (!data) return;
    for (const { group, targets } of this.#groups) {
      const entities = data[group.responseKey];
      if (!Array.isArray(entities)) {
        if (errors.length === 0) this.#shapeless(run, origin);
        continue;
      }
      group.rewriteOutput?.(entities);
      targets.forEach((same, index) => {
        const entity: unknown = entities[index];
        if (same && isJsonObject(entity)) spread(entity, same, this.#types);
      });
    }
  }

  #shapeless(run: OperationRun, origin: Origin): void {
    const failure = unavailable('sent an answer without the entities that it was asked for');
    for (const path of this.places()) run.errors.push(failureError(origin, failure, path));
  }

  #gather(group: EntityGroup, run: OperationRun): GatheredGroup {
    const representations = this.#representationsIn(group.variable);
    const targets: (EntityTarget[] | undefined)[] = [];
    const places = group.collectors.map((collect) =>
      collect(run.data).filter((target) => {
        const representation = group.represent(target.entity);
        if (!representation) return false;
        (targets[representations.indexOf(representation)] ??= []).push(target);
        return true;
      }),
    );
    return { group, targets, places };
  }

  #representationsIn(variable: string): Representations {
    const known = this.#representations.get(variable);
    if (known) return known;
    const representations = new Representations();
    this.#representations.set(variable, representations);
    return representations;
  }

  /** An error at `_entities[i]` belongs wherever that entity is; one without an index, to them all. */
  #pathsOf({ path = [] }: SubgraphError): PathKey[][] {
    const [responseKey, index, ...rest] = path;
    const gathered = this.#groups.find(({ group }) => group.responseKey === responseKey);
    if (!gathered || typeof index !== 'number') return this.places();
    const below = rest.map((key) => gathered.group.renames.get(String(key)) ?? key);
    return (gathered.targets[index] ?? []).map((target) => [...pathArray(target.path), ...below]);
  }
}

/** Every place gets its own copy, for what is fetched later may differ from place to place. */
function spread(entity: JsonObject, targets: readonly EntityTarget[], types: TypeConditions): void {
  const last = targets.length - 1;
  targets.forEach((target, index) => {
    if (index < last) mergeCopyInto(target.entity, entity, types);
    else mergeInto(target.entity, entity, types);
  });
}
