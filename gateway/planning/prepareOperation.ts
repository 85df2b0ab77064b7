/** From the text of an operation to something that runs. */

import {
  getOperationAST,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
} from 'graphql';
import { limitExceeded, type OperationLimits } from '../admission/limits/operationLimits.js';
import { exceededLimit, operationMeasures } from '../admission/limits/operationMeasures.js';
import { operationIdOfText } from '../telemetry/operationId.js';
import { admitOperation } from './admitOperation.js';
import { compileRequest, compileSubscription } from './compileOperation.js';
import { OperationVariants } from './operationVariants.js';
import type { Planning } from './planning.js';
import { preparationFailure } from './preparationFailure.js';
import type { PreparationFailure, PreparedOperation } from './preparedOperation.js';

/**
 * Parses, measures and validates: what does not depend on variables and callers, the cheapest first.
 * Never rejects.
 */
export function prepareOperation(
  text: string,
  operationName: string | undefined,
  planning: Planning,
): PreparedOperation | PreparationFailure {
  const { schema, policy } = planning;
  const document = parsed(text, policy.limits);
  if ('errors' in document) return document;
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    return preparationFailure('OPERATION_RESOLUTION_FAILURE', noSuchOperation(operationName));
  }
  const exceeded = exceededLimit(operationMeasures(document, operation), policy.limits);
  if (exceeded) return { errors: [exceeded] };
  const invalid = validationFailure(document, planning);
  if (invalid) return invalid;

  const base = { id: operationIdOfText(text), schema, document, operation };
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    const variants = new OperationVariants(document, operation, planning, (selected) =>
      compileSubscription(selected, planning),
    );
    return {
      kind: 'subscription',
      ...base,
      admit: (given, asker) => admitOperation(base, variants, given, asker, planning),
    };
  }
  const variants = new OperationVariants(document, operation, planning, (selected) =>
    compileRequest(selected, planning),
  );
  return {
    kind: operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query',
    ...base,
    admit: (given, asker) => admitOperation(base, variants, given, asker, planning),
  };
}

function parsed(text: string, limits: OperationLimits): DocumentNode | PreparationFailure {
  const { tokens: maxTokens, depth } = limits;
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    // The parser's own stack has an end.
    if (!(error instanceof GraphQLError)) return { errors: [limitExceeded('depth', depth)] };
    return TOO_MANY_TOKENS.test(error.message)
      ? { errors: [limitExceeded('tokens', maxTokens)] }
      : preparationFailure('GRAPHQL_PARSE_FAILED', error);
  }
}

/** Nobody mends more mistakes at once, and each costs time to find and room to tell. */
const ERRORS_MAX = 8;

/** As graphql-js says it. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] \d+ tokens/;

function validationFailure(
  document: DocumentNode,
  { schema, policy }: Planning,
): PreparationFailure | undefined {
  const hideSuggestions = !policy.introspection;
  if (hideSuggestions) {
    const [first] = validationErrors(() =>
      validate(schema, document, [NoSchemaIntrospectionCustomRule]),
    );
    if (first) return preparationFailure('INTROSPECTION_DISABLED', introspectionDisabled(first));
  }
  const errors = validationErrors(() =>
    validate(schema, document, undefined, { hideSuggestions, maxErrors: ERRORS_MAX }),
  );
  return errors.length > 0 ? preparationFailure('GRAPHQL_VALIDATION_FAILED', ...errors) : undefined;
}

/** The rule for subscriptions throws where a variable decides about their one root field. */
function validationErrors(check: () => readonly GraphQLError[]): readonly GraphQLError[] {
  try {
    return check();
  } catch (error) {
    return [error as GraphQLError];
  }
}

const introspectionDisabled = ({ nodes }: GraphQLError) =>
  new GraphQLError('This gateway does not show its schema: introspection is off.', {
    nodes: nodes ?? null,
  });

const noSuchOperation = (name: string | undefined) =>
  new GraphQLError(
    name === undefined
      ? 'The document has several operations: name the one to run.'
      : `There is no operation named "${name}".`,
  );
