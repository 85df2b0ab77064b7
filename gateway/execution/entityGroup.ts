/** Entities that one `_entities` field of a fetch answers for. */

import type { EntityBatchAlias } from '@graphql-hive/router-query-planner';
import { compileEntityCollector, type EntityCollector } from './entityCollector.js';
import type { PlanContext } from './planContext.js';
import { compileRepresentation, type Represent } from './representation.js';
import { compileRewrites, renamedKeys, type Rewrite } from './rewrites.js';

export interface EntityGroup {
  /** Key of that field in the subgraph's answer. */
  readonly responseKey: string;
  /** Variable that its representations travel in; groups may share one. */
  readonly variable: string;
  readonly collectors: readonly EntityCollector[];
  readonly represent: Represent;
  readonly rewriteOutput: Rewrite | undefined;
  /** Keys that `rewriteOutput` renames. */
  readonly renames: ReadonlyMap<string, string>;
}

export function compileEntityGroup(batch: EntityBatchAlias, { types }: PlanContext): EntityGroup {
  return {
    responseKey: batch.alias,
    variable: batch.representationsVariableName,
    collectors: batch.paths.map((path) => compileEntityCollector(path, types)),
    represent: compileRepresentation(batch.requires, batch.inputRewrites, types),
    rewriteOutput: compileRewrites(batch.outputRewrites, types),
    renames: renamedKeys(batch.outputRewrites),
  };
}
