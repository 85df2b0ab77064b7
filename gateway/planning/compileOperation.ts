/** From a selected operation to functions: plan, compile. */

import type { FetchNode, QueryPlan } from '@graphql-hive/router-query-planner';
import type { OperationDefinitionNode } from 'graphql';
import { compileCompleter } from '../execution/compileCompleter.js';
import { compilePlan } from '../execution/compilePlan.js';
import { usedVariables } from '../execution/requestBody.js';
import { compileRootData } from '../execution/rootFetch.js';
import { introspectionPart, plannedText } from './operationParts.js';
import type { Planning } from './planning.js';
import type { CompiledRequest, CompiledSubscription, EventSource } from './preparedOperation.js';
import { protectedAliases } from './protectedAliases.js';
import type { SelectedOperation } from './selectedOperation.js';

/** Rejects when planning fails. */
export async function compileRequest(
  { document, normalized, permitted, view }: SelectedOperation,
  planning: Planning,
): Promise<CompiledRequest> {
  const { operation: planned, restored } = protectedAliases(permitted, planning.types);
  const { node } = await planOf(planned, planning);
  return {
    run: restored(compilePlan(node, planning)),
    complete: compileCompleter(normalized, planning.schema, view),
    introspection: introspectionPart(permitted, document),
  };
}

/** Like `compileRequest`. */
export async function compileSubscription(
  { normalized, permitted, view }: SelectedOperation,
  planning: Planning,
): Promise<CompiledSubscription> {
  const { operation: planned, restored } = protectedAliases(permitted, planning.types);
  const { node } = await planOf(planned, planning);
  // The plan is the source of events, and then what each event leaves open.
  const [first, ...rest] = node?.kind === 'Sequence' ? node.nodes : node ? [node] : [];
  if (first?.kind !== 'Subscription') throw new Error('The plan does not begin with its source.');
  return {
    source: eventSource(first.primary, planning),
    run: restored(compilePlan({ kind: 'Sequence', nodes: rest }, planning)),
    complete: compileCompleter(normalized, planning.schema, view),
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
