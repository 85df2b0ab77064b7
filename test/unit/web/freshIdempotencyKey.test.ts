import type { FetcherParams } from '@graphiql/toolkit';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { withFreshIdempotencyKey } from '../../../web/freshIdempotencyKey.js';

const document = `
  mutation Move($price: Price!, $idempotencyKey: ID!) {
    movePrice(input: { price: $price, idempotencyKey: $idempotencyKey }) { price }
  }
  query Prices { prices { price } }
`;

/** The variables of each request that came through, with keys counted key-1, key-2 and so on. */
function variablesSent(...requests: readonly Omit<FetcherParams, 'query'>[]): unknown[] {
  const sent: unknown[] = [];
  let keys = 0;
  const fetcher = withFreshIdempotencyKey(
    (request) => {
      sent.push(request.variables);
      return { data: {} };
    },
    () => `key-${++keys}`,
  );
  for (const request of requests) {
    void fetcher({ query: document, ...request }, { documentAST: parse(document) });
  }
  return sent;
}

describe('withFreshIdempotencyKey', () => {
  it('gives each run a new key where the key is empty, left out or null', () => {
    const operationName = 'Move';

    expect(
      variablesSent(
        { operationName, variables: { price: '1', idempotencyKey: '' } },
        { operationName, variables: { price: '1' } },
        { operationName, variables: { idempotencyKey: null } },
        { operationName },
      ),
    ).toEqual([
      { price: '1', idempotencyKey: 'key-1' },
      { price: '1', idempotencyKey: 'key-2' },
      { idempotencyKey: 'key-3' },
      { idempotencyKey: 'key-4' },
    ]);
  });

  it('keeps a key that the visitor wrote', () => {
    const variables = { price: '1', idempotencyKey: 'mine' };

    expect(variablesSent({ operationName: 'Move', variables })).toEqual([variables]);
  });

  it('leaves an operation alone that declares no key', () => {
    const variables = { idempotencyKey: '' };

    expect(variablesSent({ operationName: 'Prices', variables })).toEqual([variables]);
  });
});
