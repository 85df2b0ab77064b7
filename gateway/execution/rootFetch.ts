/** A step that asks a subgraph for root fields. */

import type { FetchNode } from '@graphql-hive/router-query-planner';
import type { SubgraphResponse } from '../upstream/subgraphResponse.js';
import { mergeInto } from './mergeData.js';
import type { OperationRun, Step } from './operationRun.js';
import type { PlanContext } from './planContext.js';
import { compileRequestBody } from './requestBody.js';
import { compileRewrites, renamedKeys } from './rewrites.js';
import { rootFields } from './rootFields.js';
import { failureError, reportedError } from './subgraphErrors.js';

export function compileRootFetch(node: FetchNode, context: PlanContext): Step {
  const { upstream, origin } = context.subgraph(node.serviceName);
  const requestBody = compileRequestBody(node);
  const takeRootData = compileRootData(node, context);
  const keys = rootFields(node.operation);
  const kind = node.operationKind === 'mutation' ? 'mutation' : 'query';

  return async (run) => {
    let response: SubgraphResponse;
    try {
      response = await upstream.request(requestBody(run.variables), run.context, kind);
    } catch (failure) {
      run.context.signal?.throwIfAborted();
      for (const key of keys) run.errors.push(failureError(origin, failure, [key]));
      return;
    }
    takeRootData(run, response);
  };
}

/** Takes over data and errors that begin at the root: those of a root fetch, or of an event. */
export function compileRootData(
  node: FetchNode,
  context: PlanContext,
): (run: OperationRun, response: SubgraphResponse) => void {
  const { types } = context;
  const { origin } = context.subgraph(node.serviceName);
  const rewriteOutput = compileRewrites(node.outputRewrites, types);
  const renames = renamedKeys(node.outputRewrites);

  return (run, { data, errors = [] }) => {
    for (const error of errors) {
      const path = error.path?.map((key) => renames.get(String(key)) ?? key);
      run.errors.push(reportedError(origin, error, path));
    }
    if (!data) return;
    rewriteOutput?.(data);
    mergeInto(run.data, data, types);
  };
}
