/** From a validated operation to functions: normalize, plan, compile. */

import type { FetchNode, QueryPlan } from '@graphql-hive/router-query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { compileCompleter } from '../execution/compileCompleter.js';
import { compilePlan } from '../execution/compilePlan.js';
import type { Variables } from '../execution/operationRun.js';
import { usedVariables } from '../execution/requestBody.js';
import { compileRootData } from '../execution/rootFetch.js';
import { normalizeOperation } from './normalizeOperation.js';
import { introspectionPart, plannedText } from './operationParts.js';
import type { Planning } from './planning.js';
import type { CompiledRequest, CompiledSubscription, EventSource } from './preparedOperation.js';

/** Of `variables` only those count that `@skip` and `@include` use. Rejects when planning fails. */
export async function compileRequest(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  planning: Planning,
): Promise<CompiledRequest> {
  const normalized = normalizeOperation(planning.schema, document, operation, variables);
  const { node } = await planOf(normalized, planning);
  return {
    run: compilePlan(node, planning),
    complete: compileCompleter(normalized, planning.schema),
    introspection: introspectionPart(normalized, document),
  };
}

/** Like `compileRequest`. */
export async function compileSubscription(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  planning: Planning,
): Promise<CompiledSubscription> {
  const normalized = normalizeOperation(planning.schema, document, operation, variables);
  const { node } = await planOf(normalized, planning);
  // The plan is the source of events, and then what each event leaves open.
  const [first, ...rest] = node?.kind === 'Sequence' ? node.nodes : node ? [node] : [];
  if (first?.kind !== 'Subscription') throw new Error('The plan does not begin with its source.');
  return {
    source: eventSource(first.primary, planning),
    run: compilePlan({ kind: 'Sequence', nodes: rest }, planning),
    complete: compileCompleter(normalized, planning.schema),
  };
}

const NO_LABELS = new Set<string>();

/** Off the main thread. */
function planOf(operation: OperationDefinitionNode, { planner }: Planning): Promise<QueryPlan> {
  const text = plannedText(operation);
  if (text === undefined) return Promise.resolve({ kind: 'QueryPlan' });
  return planner.planAsync(text, null, NO_LABELS, 0);
}

function eventSource(primary: FetchNode, planning: Planning): EventSource {
  return {
    ...planning.subgraph(primary.serviceName),
    request: (variables) => ({
      query: primary.operation,
      operationName: primary.operationName,
      variables: usedVariables(primary, variables),
    }),
    take: compileRootData(primary, planning),
  };
}
