/** Whether a prepared operation may run: with these variables, for this caller, at this cost. */

import { OperationTypeNode, type GraphQLError } from 'graphql';
import { accessDenied } from '../admission/authorization/accessDenied.js';
import type { AccessView } from '../admission/authorization/accessRules.js';
import { limitExceeded } from '../admission/limits/operationLimits.js';
import type { Asker, OperationPolicy } from '../admission/operationPolicy.js';
import { coerceVariables, type Coercible } from '../execution/coerceVariables.js';
import type { OperationVariant, OperationVariants } from './operationVariants.js';
import type { Planning } from './planning.js';
import { planningFailure } from './preparationFailure.js';
import type { Admitted, GivenVariables, PreparationFailure } from './preparedOperation.js';

/**
 * Planning is what an operation costs us before it costs the subgraphs anything, so it comes last.
 * The errors of what is refused have codes: BAD_USER_INPUT, UNAUTHENTICATED, FORBIDDEN,
 * OPERATION_TOO_COSTLY, and those of `policy.spend`.
 */
export async function admitOperation<Compiled extends object>(
  operation: Coercible,
  variants: OperationVariants<Compiled>,
  given: GivenVariables,
  asker: Asker,
  { access, policy }: Planning,
): Promise<Admitted<Compiled> | PreparationFailure> {
  const coerced = coerceVariables(operation, given);
  if ('errors' in coerced) return coerced;
  const { variables } = coerced;
  const view = access.viewOf(asker.caller);
  let variant: OperationVariant<Compiled>;
  try {
    variant = variants.get(variables, view);
  } catch (error) {
    return planningFailure(error as Error);
  }
  const refused = rejection(operation, variant, view, policy);
  if (refused.length > 0) return { errors: refused };
  const cost = variant.cost(variables);
  const { cost: max } = policy.limits;
  if (cost > max) return { errors: [limitExceeded('cost', max, cost)] };
  const unaffordable = await policy.spend(asker, cost);
  if (unaffordable) return { errors: [unaffordable] };
  const compiled = await variant.compiled();
  return 'errors' in compiled ? compiled : { variables, compiled };
}

/** What is denied, where that is not answered in part. */
function rejection(
  { operation }: Coercible,
  { denied }: OperationVariant<object>,
  view: AccessView,
  { onDenied }: OperationPolicy,
): GraphQLError[] {
  const isFiltered = onDenied === 'filter' && operation.operation !== OperationTypeNode.MUTATION;
  return isFiltered
    ? []
    : denied.map(({ coordinates, requirement }) => accessDenied(coordinates, requirement, view));
}
