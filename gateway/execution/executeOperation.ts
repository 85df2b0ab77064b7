/** Runs queries and mutations. */

import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { askerOf } from '../admission/operationPolicy.js';
import type { GivenVariables, PreparedRequest } from '../planning/preparedOperation.js';
import type { UpstreamContext } from '../upstream/upstream.js';
import type { Completer } from './compileCompleter.js';
import { Completion } from './completion.js';
import { emptyObject } from './ownProperty.js';
import type { OperationRun, Variables } from './operationRun.js';

/**
 * Every failure is in the result's `errors`; it rejects only with the reason of `context.signal`,
 * when nobody waits for the answer any more.
 */
export async function executeOperation(
  prepared: PreparedRequest,
  variables: GivenVariables,
  context: UpstreamContext,
): Promise<ExecutionResult> {
  const admitted = await prepared.admit(variables, askerOf(context));
  if ('errors' in admitted) return admitted;
  const { compiled } = admitted;
  const { introspection } = compiled;
  const run = beginRun(admitted.variables, context);
  await compiled.run(run);
  if (introspection) introspect(prepared.schema, introspection, run);
  return finishRun(compiled.complete, run);
}

export const beginRun = (variables: Variables, context: UpstreamContext): OperationRun => ({
  variables,
  context,
  data: emptyObject(),
  errors: [],
});

/** Projects what the client asked for; takes over the run's errors. */
export function finishRun(complete: Completer, run: OperationRun): ExecutionResult {
  const { errors } = run;
  const data = complete(run.data, new Completion(errors));
  return errors.length > 0 ? { errors, data } : { data };
}

/** The schema answers for itself, and at once. */
function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variables, data, errors }: OperationRun,
): void {
  const result = execute({ schema, document, variableValues: variables });
  if (result instanceof Promise) throw new Error('Introspection has nothing to wait for.');
  Object.assign(data, result.data);
  errors.push(...(result.errors ?? []));
}
