/** From the text of an operation to something that runs: parse, validate, plan, compile. */

import type { FetchNode, QueryPlan, QueryPlanner } from '@graphql-hive/router-query-planner';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { compileCompleter } from '../execution/compileCompleter.js';
import { compilePlan } from '../execution/compilePlan.js';
import type { PlanContext } from '../execution/planContext.js';
import { usedVariables } from '../execution/requestBody.js';
import { compileRootData } from '../execution/rootFetch.js';
import type { EventSource, PreparationFailure, PreparedOperation } from './preparedOperation.js';
import { normalizeOperation, TooManySelections } from './normalizeOperation.js';

export interface Planning extends PlanContext {
  readonly schema: GraphQLSchema;
  readonly planner: QueryPlanner;
}

export type PreparationCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'OPERATION_TOO_COSTLY'
  | 'QUERY_PLANNING_FAILED';

/** Never rejects. Planning happens off the main thread. */
export async function prepareOperation(
  text: string,
  operationName: string | undefined,
  planning: Planning,
): Promise<PreparedOperation | PreparationFailure> {
  const document = parsed(text);
  if ('errors' in document) return document;
  const invalid = validate(planning.schema, document);
  if (invalid.length > 0) return failure('GRAPHQL_VALIDATION_FAILED', ...invalid);
  const operation = getOperationAST(document, operationName);
  if (!operation) return failure('OPERATION_RESOLUTION_FAILURE', noSuchOperation(operationName));

  try {
    const { planned, introspection } = normalizeOperation(planning.schema, document, operation);
    const plan = await planOf(planned, operationName, planning);
    const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    const complete = compileCompleter(operation, {
      schema: planning.schema,
      fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    });
    const prepared = { schema: planning.schema, document, operation, complete };
    return operation.operation === OperationTypeNode.SUBSCRIPTION
      ? { kind: 'subscription', ...prepared, ...compileSubscription(plan, planning) }
      : { kind: 'request', ...prepared, introspection, run: compilePlan(plan.node, planning) };
  } catch (error) {
    return planningFailure(error as Error);
  }
}

/** What the planner says speaks of its insides, and is for the log. */
function planningFailure(originalError: Error): PreparationFailure {
  if (originalError instanceof TooManySelections) {
    return failure('OPERATION_TOO_COSTLY', new GraphQLError(originalError.message));
  }
  const error = new GraphQLError('The operation cannot be planned.', { originalError });
  return failure('QUERY_PLANNING_FAILED', error);
}

function parsed(text: string): DocumentNode | PreparationFailure {
  try {
    return parse(text);
  } catch (error) {
    return failure('GRAPHQL_PARSE_FAILED', error as GraphQLError);
  }
}

const NO_LABELS = new Set<string>();

function planOf(
  planned: string | undefined,
  operationName: string | undefined,
  { planner }: Planning,
): Promise<QueryPlan> {
  if (planned === undefined) return Promise.resolve({ kind: 'QueryPlan' });
  return planner.planAsync(planned, operationName ?? null, NO_LABELS, 0);
}

/** A subscription's plan is the source of its events, and then what each event leaves open. */
function compileSubscription({ node }: QueryPlan, planning: Planning) {
  const [first, ...rest] = node?.kind === 'Sequence' ? node.nodes : [node];
  if (first?.kind !== 'Subscription') throw new Error('The plan does not begin with its source.');
  return {
    source: eventSource(first.primary, planning),
    run: compilePlan(
      { kind: 'Sequence', nodes: rest.filter((one) => one !== undefined) },
      planning,
    ),
  };
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

const noSuchOperation = (name: string | undefined) =>
  new GraphQLError(
    name === undefined
      ? 'The document has several operations: name the one to run.'
      : `There is no operation named "${name}".`,
  );

/** Errors of graphql-js keep their places in the document, and gain a code. */
function failure(code: PreparationCode, ...errors: readonly GraphQLError[]): PreparationFailure {
  return { errors: errors.map((error) => withCode(error, code)) };
}

function withCode(error: GraphQLError, code: PreparationCode): GraphQLError {
  const { message, nodes = null, source = null, positions = null, originalError } = error;
  const extensions = { code };
  return new GraphQLError(message, { nodes, source, positions, originalError, extensions });
}
