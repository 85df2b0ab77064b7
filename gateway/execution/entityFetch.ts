/**
 * A step that asks a subgraph for fields of entities that others have found: one `_entities` call,
 * however many entities, each distinct one asked about once.
 */

import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
} from '@graphql-hive/router-query-planner';
import type { SubgraphResponse } from '../upstream/subgraphResponse.js';
import { EntityCall } from './entityCall.js';
import { compileEntityGroup, type EntityGroup } from './entityGroup.js';
import type { Step } from './operationRun.js';
import type { PlanContext } from './planContext.js';
import { compileRequestBody } from './requestBody.js';
import { failureError } from './subgraphErrors.js';

/** A fetch for the entities at one path. */
export function compileEntityFetch(
  path: FlattenNodePathSegment[],
  node: FetchNode,
  context: PlanContext,
): Step {
  const group = compileEntityGroup(
    {
      ...node,
      alias: '_entities',
      representationsVariableName: 'representations',
      paths: [path],
      requires: node.requires ?? [],
    },
    context,
  );
  return compileCall(node, [group], context);
}

/** One fetch for entities at several paths. */
export function compileBatchFetch(node: BatchFetchNode, context: PlanContext): Step {
  const groups = node.entityBatch.aliases.map((alias) => compileEntityGroup(alias, context));
  return compileCall(node, groups, context);
}

function compileCall(
  planned: FetchNode | BatchFetchNode,
  groups: readonly EntityGroup[],
  context: PlanContext,
): Step {
  const { upstream, origin } = context.subgraph(planned.serviceName);
  const requestBody = compileRequestBody(planned);

  return async (run) => {
    const call = new EntityCall(groups, run, context.types);
    if (call.isEmpty) return;
    let response: SubgraphResponse;
    try {
      response = await upstream.request(requestBody(run.variables, call.variables), run.context);
    } catch (failure) {
      run.context.signal?.throwIfAborted();
      for (const path of call.places()) run.errors.push(failureError(origin, failure, path));
      return;
    }
    call.take(run, response, origin);
  };
}
