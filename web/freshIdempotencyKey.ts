/**
 * Gives each run of a mutation a key of its own, so that running an example twice acts twice.
 *
 * A key that the visitor writes is kept: that is how to see a repeat return its first answer.
 */

import type { Fetcher } from '@graphiql/toolkit';
import { Kind, type DocumentNode } from 'graphql';

const KEY = 'idempotencyKey';

/** Fills the variable `idempotencyKey` where the operation declares it and its value is empty. */
export function withFreshIdempotencyKey(fetcher: Fetcher, newKey: () => string): Fetcher {
  return (request, options) => {
    const variables = (request.variables ?? {}) as Readonly<Record<string, unknown>>;
    const isWritten = (variables[KEY] ?? '') !== '';
    if (isWritten || !declaresKey(options?.documentAST, request.operationName)) {
      return fetcher(request, options);
    }
    return fetcher({ ...request, variables: { ...variables, [KEY]: newKey() } }, options);
  };
}

/** A document with one operation may run it without naming it. */
function declaresKey(document: DocumentNode | undefined, name: string | null | undefined): boolean {
  return (document?.definitions ?? []).some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (name == null || definition.name?.value === name) &&
      (definition.variableDefinitions ?? []).some(({ variable }) => variable.name.value === KEY),
  );
}
