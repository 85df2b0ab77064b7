/** How large an operation may be, and what is said about one that is larger. */

import { GraphQLError } from 'graphql';

export interface OperationLimits {
  /** Lexical tokens of the document; counted first, before anything else is done with it. */
  readonly tokens: number;
  /** Fields within fields, fragments followed; introspection is bounded by its own rule. */
  readonly depth: number;
  /** Fields with an alias, each as often as its fragment is used. */
  readonly aliases: number;
  /** Fields of the root type, each as often as its fragment is used. */
  readonly rootFields: number;
  /** Directives on the operation and on its selections, each as often as its fragment is used. */
  readonly directives: number;
  /** See `compileCost`. */
  readonly cost: number;
}

export const DEFAULT_LIMITS: OperationLimits = {
  tokens: 2_000,
  depth: 12,
  aliases: 30,
  rootFields: 10,
  directives: 20,
  cost: 50_000,
};

/** `found` is undefined, or infinite, where nobody counted any further. */
export function limitExceeded(
  limit: keyof OperationLimits | 'bodyBytes' | 'selections',
  max: number,
  found?: number,
): GraphQLError {
  const isCounted = found !== undefined && found <= Number.MAX_SAFE_INTEGER;
  const amount = isCounted ? String(found) : `more than ${max}`;
  const message = `The operation has ${amount} ${NAMES[limit]}, and at most ${max} are taken: ${REMEDIES[limit]}.`;
  return new GraphQLError(message, {
    extensions: {
      code: 'OPERATION_TOO_COSTLY',
      limit,
      max,
      ...(isCounted && { found }),
    },
  });
}

const NAMES = {
  bodyBytes: 'bytes',
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  cost: 'units of cost',
  selections: 'selections',
} as const;

const REMEDIES = {
  bodyBytes: 'ask for less at once, or register the operation and send its hash',
  tokens: 'ask for less at once',
  depth: 'select fewer levels',
  aliases: 'ask for several things with a list field, or in several operations',
  rootFields: 'split it into several operations',
  directives: 'split it into several operations',
  cost: 'ask for shorter lists, or for fewer fields that hold objects',
  selections: 'use fragments less often within each other',
} as const;
