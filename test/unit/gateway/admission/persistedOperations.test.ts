import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationManifest } from '../../../../gateway/admission/persisted/operationManifest.js';
import {
  AutomaticPersistedOperations,
  OperationSafelist,
  sha256,
  type PersistedOperations,
} from '../../../../gateway/admission/persisted/persistedOperations.js';

const QUERY = '{ prices { price } }';
const HASH = sha256(QUERY);
const OTHER = sha256('{ accounts }');

const hashed = (sha256Hash: unknown) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});

/** The text, or the code of the refusal. */
function answer(operations: PersistedOperations, reference: object): unknown {
  const found = operations.textOf(reference);
  return found instanceof GraphQLError ? found.extensions['code'] : found;
}

describe('AutomaticPersistedOperations', () => {
  it('runs a text, and its hash once the two came together', () => {
    const operations = new AutomaticPersistedOperations();
    expect(answer(operations, { query: QUERY })).toBe(QUERY);
    expect(answer(operations, hashed(HASH))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(answer(operations, { query: QUERY, ...hashed(HASH) })).toBe(QUERY);
    expect(answer(operations, hashed(HASH))).toBe(QUERY);
    expect(answer(operations, { documentId: `sha256:${HASH}` })).toBe(QUERY);
  });

  it('takes no text under the hash of another', () => {
    const operations = new AutomaticPersistedOperations();
    expect(answer(operations, { query: QUERY, ...hashed(OTHER) })).toBe(
      'PERSISTED_QUERY_HASH_MISMATCH',
    );
    expect(answer(operations, hashed(OTHER))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('forgets the oldest when it holds too much', () => {
    const operations = new AutomaticPersistedOperations(QUERY.length);
    answer(operations, { query: QUERY, ...hashed(HASH) });
    answer(operations, { query: '{ accounts }', ...hashed(OTHER) });
    expect(answer(operations, hashed(HASH))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it.each([
    ['nothing', {}],
    ['a query that is no text', { query: { a: 1 } }],
    ['a hash in capitals', hashed(HASH.toUpperCase())],
    ['a hash that is too short', hashed(HASH.slice(1))],
    ['a hash that is no text', hashed(7)],
    ['an inherited property for a hash', { documentId: '__proto__' }],
  ])('refuses %s', (_what, reference) => {
    expect(answer(new AutomaticPersistedOperations(), reference)).toBe('BAD_REQUEST');
  });
});

describe('OperationSafelist', () => {
  const safelist = new OperationSafelist(new Map([[HASH, QUERY]]));

  it.each([
    ['the hash of a listed operation', hashed(HASH), QUERY],
    ['its document id', { documentId: `sha256:${HASH}` }, QUERY],
    ['an unknown hash', hashed(OTHER), 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['a text, listed or not', { query: QUERY }, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['a hash with its text', { query: QUERY, ...hashed(HASH) }, 'CANNOT_SEND_PQ_ID_AND_BODY'],
    ['a hash with another text', { query: '{ a }', ...hashed(HASH) }, 'CANNOT_SEND_PQ_ID_AND_BODY'],
    ['a hash in capitals', hashed(HASH.toUpperCase()), 'BAD_REQUEST'],
  ])('answers %s', (_what, reference, expected) => {
    expect(answer(safelist, reference)).toBe(expected);
  });

  it('never learns from what is sent', () => {
    answer(safelist, { query: '{ accounts }', ...hashed(OTHER) });
    expect(answer(safelist, hashed(OTHER))).toBe('PERSISTED_QUERY_NOT_IN_LIST');
  });
});

describe('operationManifest', () => {
  const apollo = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: HASH, name: 'Prices', type: 'query', body: QUERY }],
  };

  it.each([
    ['Apollo’s manifest', apollo],
    ['an object of texts by hash', { [HASH]: QUERY }],
  ])('reads %s', (_what, manifest) => {
    expect([...operationManifest(JSON.stringify(manifest))]).toEqual([[HASH, QUERY]]);
  });

  it('refuses a text under another hash, and what is no manifest', () => {
    expect(() => operationManifest(JSON.stringify({ [OTHER]: QUERY }))).toThrow(HASH);
    expect(() => operationManifest('[1]')).toThrow('neither');
  });
});
