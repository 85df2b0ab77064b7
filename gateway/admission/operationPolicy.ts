/** What a gateway takes from its callers: how much, of which fields, and how often. */

import type { GraphQLError } from 'graphql';
import type { Policies } from './authorization/accessRules.js';
import { ANONYMOUS, type Caller } from './caller.js';
import { DEFAULT_LIMITS, type OperationLimits } from './limits/operationLimits.js';

/** For whom an operation runs. */
export interface Asker {
  readonly caller: Caller;
  /** Where the client connects from; what callers without a token are told apart by. */
  readonly address: string;
}

/** Nobody from nowhere, unless said otherwise. */
export const askerOf = ({
  caller = ANONYMOUS,
  address = '',
}: {
  readonly caller?: Caller | undefined;
  readonly address?: string | undefined;
}): Asker => ({
  caller,
  address,
});

export interface OperationPolicy {
  readonly limits: OperationLimits;
  /** Whether clients may ask for the schema; where not, nothing else gives it away either. */
  readonly introspection: boolean;
  /**
   * What becomes of a query or subscription that asks for what its caller may not read: `filter`
   * answers the rest, with null and an error there. A mutation is always rejected as a whole.
   */
  readonly onDenied: 'filter' | 'reject';
  /** Which policies of `@policy` hold for a caller; none where absent. */
  readonly policies?: Policies;
  /** Takes the cost from what the asker may spend, or says why not. */
  readonly spend: (asker: Asker, cost: number) => Promise<GraphQLError | undefined>;
}

/** The default limits, and as often as anybody likes. */
export const UNMETERED: OperationPolicy = {
  limits: DEFAULT_LIMITS,
  introspection: true,
  onDenied: 'filter',
  spend: () => Promise.resolve(undefined),
};
