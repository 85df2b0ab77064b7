/**
 * One operation as it stands for each combination of what its `@skip` and `@include` depend on, and
 * of what its callers may read. The planner is given operations without conditions: it fails, and now
 * and then errs, where conditions are nested.
 */

import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { AccessView } from '../admission/authorization/accessRules.js';
import { withoutDenied, type Denied } from '../admission/authorization/withoutDenied.js';
import { compileCost, type OperationCost } from '../admission/cost/compileCost.js';
import type { Variables } from '../execution/operationRun.js';
import { LeastRecentlyUsed } from '../upstream/leastRecentlyUsed.js';
import { conditionVariables } from './conditions.js';
import { normalizeOperation } from './normalizeOperation.js';
import type { Planning } from './planning.js';
import { planningFailure } from './preparationFailure.js';
import type { PreparationFailure } from './preparedOperation.js';
import type { SelectedOperation } from './selectedOperation.js';

export interface OperationVariant<Compiled> {
  /** What the caller asks for and may not read. */
  readonly denied: readonly Denied[];
  readonly cost: OperationCost;
  /** Plans when it is first asked. A failure is told to all who wait for it, and not kept. */
  readonly compiled: () => Promise<Compiled | PreparationFailure>;
}

const VARIANTS_MAX = 16;

export class OperationVariants<Compiled extends object> {
  readonly #document: DocumentNode;
  readonly #operation: OperationDefinitionNode;
  readonly #planning: Planning;
  readonly #compile: (selected: SelectedOperation) => Promise<Compiled>;
  readonly #conditions: readonly string[];
  readonly #known = new LeastRecentlyUsed<OperationVariant<Compiled>>(VARIANTS_MAX);

  constructor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    planning: Planning,
    compile: (selected: SelectedOperation) => Promise<Compiled>,
  ) {
    this.#document = document;
    this.#operation = operation;
    this.#planning = planning;
    this.#compile = compile;
    this.#conditions = conditionVariables(document, operation);
  }

  /** Throws TooManySelections. */
  get(variables: Variables, view: AccessView): OperationVariant<Compiled> {
    const conditions = this.#conditions.map((name) => (variables[name] === true ? '1' : '0'));
    const key = `${view.key} ${conditions.join('')}`;
    const known = this.#known.get(key);
    if (known) return known;
    const variant = this.#variant(variables, view);
    this.#known.set(key, variant, 1);
    return variant;
  }

  #variant(variables: Variables, view: AccessView): OperationVariant<Compiled> {
    const { schema, costs } = this.#planning;
    const document = this.#document;
    const normalized = normalizeOperation(schema, document, this.#operation, variables);
    const { operation: permitted, denied } = withoutDenied(normalized, schema, view);
    return {
      denied,
      cost: compileCost(permitted, schema, costs),
      compiled: onceDone(() => this.#compile({ document, normalized, permitted, view })),
    };
  }
}

function onceDone<Compiled extends object>(
  compile: () => Promise<Compiled>,
): () => Promise<Compiled | PreparationFailure> {
  let compiled: Promise<Compiled | PreparationFailure> | undefined;
  return () => {
    compiled ??= compile().catch((error: unknown) => {
      compiled = undefined;
      return planningFailure(error as Error);
    });
    return compiled;
  };
}
