/** From the text of an operation to something that runs. */

import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { Variables } from '../execution/operationRun.js';
import { compileRequest, compileSubscription } from './compileOperation.js';
import { conditionVariables } from './conditions.js';
import type { Planning } from './planning.js';
import { PreparationCache } from './preparationCache.js';
import { planningFailure, preparationFailure } from './preparationFailure.js';
import type { PreparationFailure, PreparedOperation } from './preparedOperation.js';

/** Of one operation, by the values of what its `@skip` and `@include` depend on. */
const VARIANTS_MAX = 16;

/**
 * Parses and validates, and plans what does not depend on variables. The planner is given operations
 * without conditions, once for each combination of their values: it fails, and now and then errs,
 * where conditions are nested. Never rejects.
 */
export async function prepareOperation(
  text: string,
  operationName: string | undefined,
  planning: Planning,
): Promise<PreparedOperation | PreparationFailure> {
  const document = parsed(text);
  if ('errors' in document) return document;
  const { schema } = planning;
  const invalid = validationErrors(schema, document);
  if (invalid.length > 0) return preparationFailure('GRAPHQL_VALIDATION_FAILED', ...invalid);
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    return preparationFailure('OPERATION_RESOLUTION_FAILURE', noSuchOperation(operationName));
  }

  const conditions = conditionVariables(document, operation);
  const base = { schema, document, operation };
  const prepared: PreparedOperation =
    operation.operation === OperationTypeNode.SUBSCRIPTION
      ? {
          kind: 'subscription',
          ...base,
          compiled: perVariant(conditions, (variables) =>
            compileSubscription(document, operation, variables, planning),
          ),
        }
      : {
          kind: 'request',
          ...base,
          compiled: perVariant(conditions, (variables) =>
            compileRequest(document, operation, variables, planning),
          ),
        };
  if (conditions.length > 0) return prepared;
  const compiled = await prepared.compiled({});
  return 'errors' in compiled ? compiled : prepared;
}

function parsed(text: string): DocumentNode | PreparationFailure {
  try {
    return parse(text);
  } catch (error) {
    return preparationFailure('GRAPHQL_PARSE_FAILED', error as GraphQLError);
  }
}

/** The rule for subscriptions throws where a variable decides about their one root field. */
function validationErrors(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    return validate(schema, document);
  } catch (error) {
    return [error as GraphQLError];
  }
}

const noSuchOperation = (name: string | undefined) =>
  new GraphQLError(
    name === undefined
      ? 'The document has several operations: name the one to run.'
      : `There is no operation named "${name}".`,
  );

function perVariant<Compiled extends object>(
  conditions: readonly string[],
  compile: (variables: Variables) => Promise<Compiled>,
): (variables: Variables) => Promise<Compiled | PreparationFailure> {
  const variants = new PreparationCache<Compiled>(VARIANTS_MAX);
  return (variables) => {
    const variant = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    return variants.get(variant, 1, () =>
      compile(variables).catch((error: unknown) => planningFailure(error as Error)),
    );
  };
}
