/** Finds the entities at a plan's path in the data so far, each with its path in the response. */

import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { isJsonObject, type JsonObject } from '../upstream/subgraphResponse.js';
import { ownReader } from './ownProperty.js';
import type { ResponsePath } from './responsePath.js';
import type { TypeConditions } from './typeConditions.js';

export interface EntityTarget {
  /** The object in the data so far that the entity's fields belong to. */
  readonly entity: JsonObject;
  /** Undefined at the root. */
  readonly path: ResponsePath | undefined;
}

export type EntityCollector = (data: JsonObject) => EntityTarget[];

type Visit = (value: unknown, path: ResponsePath | undefined, found: EntityTarget[]) => void;

/** Lists are walked wherever they are met, whether or not the path says `@`. */
export function compileEntityCollector(
  path: readonly FlattenNodePathSegment[],
  types: TypeConditions,
): EntityCollector {
  const visit = path.reduceRight<Visit>(
    (next, segment) => compileStep(segment, next, types),
    collect,
  );
  return (data) => {
    const found: EntityTarget[] = [];
    visit(data, undefined, found);
    return found;
  };
}

const collect: Visit = (value, path, found) => {
  if (Array.isArray(value)) visitItems(value, path, found, collect);
  else if (isJsonObject(value)) found.push({ entity: value, path });
};

function compileStep(segment: FlattenNodePathSegment, next: Visit, types: TypeConditions): Visit {
  if (segment === '@') {
    return (value, path, found) => {
      if (Array.isArray(value)) visitItems(value, path, found, next);
    };
  }
  if ('Field' in segment) {
    const key = segment.Field;
    const read = ownReader(key);
    return throughLists((object, path, found) => next(read(object), { parent: path, key }, found));
  }
  return throughLists((object, path, found) => {
    if (types.anyApplies(segment.TypeCondition, object['__typename'])) next(object, path, found);
  });
}

function throughLists(
  visitObject: (object: JsonObject, path: ResponsePath | undefined, found: EntityTarget[]) => void,
): Visit {
  const visit: Visit = (value, path, found) => {
    if (Array.isArray(value)) visitItems(value, path, found, visit);
    else if (isJsonObject(value)) visitObject(value, path, found);
  };
  return visit;
}

function visitItems(
  items: readonly unknown[],
  parent: ResponsePath | undefined,
  found: EntityTarget[],
  visit: Visit,
): void {
  for (let key = 0; key < items.length; key += 1) visit(items[key], { parent, key }, found);
}
