/** From a selected operation to functions: plan, compile. */

import type { FetchNode, QueryPlan } from '@graphql-hive/router-query-planner';
import { Kind, OperationTypeNode, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import type { AccessView } from '../admission/authorization/accessRules.js';
import { compileCompleter, type Completer } from '../execution/compileCompleter.js';
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
  const { operation: planned } = protectedAliases(permitted, planning.types.fieldNames);
  const plans = await Promise.all(oneAfterTheOther(planned).map((one) => planOf(one, planning)));
  const nodes = plans.flatMap(({ node }) => node ?? []);
  return {
    run: compilePlan({ kind: 'Sequence', nodes }, planning),
    complete: completerOf(normalized, view, planning),
    introspection: introspectionPart(planned, document),
  };
}

/** Like `compileRequest`. */
export async function compileSubscription(
  { normalized, permitted, view }: SelectedOperation,
  planning: Planning,
): Promise<CompiledSubscription> {
  const { operation: planned } = protectedAliases(permitted, planning.types.fieldNames);
  const { node } = await planOf(planned, planning);
  // The plan is the source of events, and then what each event leaves open.
  const [first, ...rest] = node?.kind === 'Sequence' ? node.nodes : node ? [node] : [];
  if (first?.kind !== 'Subscription') throw new Error('The plan does not begin with its source.');
  return {
    source: eventSource(first.primary, planning),
    run: compilePlan({ kind: 'Sequence', nodes: rest }, planning),
    complete: completerOf(normalized, view, planning),
  };
}

/** Of the whole operation, also of what is not asked for because it must not be shown. */
function completerOf(
  normalized: OperationDefinitionNode,
  view: AccessView,
  { schema, types }: Planning,
): Completer {
  const { operation, clientKeys } = protectedAliases(normalized, types.fieldNames);
  return compileCompleter(operation, schema, view, clientKeys);
}

/**
 * A mutation ends before the next one begins, with all that other subgraphs add to it: so each field of
 * the root has a plan of its own.
 */
function oneAfterTheOther(operation: OperationDefinitionNode): OperationDefinitionNode[] {
  if (operation.operation !== OperationTypeNode.MUTATION) return [operation];
  const byKey = new Map<string, SelectionNode[]>();
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD) throw new Error('A root has fields alone, once normalized.');
    const key = (selection.alias ?? selection.name).value;
    byKey.set(key, [...(byKey.get(key) ?? []), selection]);
  }
  return [...byKey.values()].map((selections) => ({
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }));
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
