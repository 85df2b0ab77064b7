/** Operations that clients name by the SHA-256 of their text, in place of sending it. */

import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { LeastRecentlyUsed } from '../../upstream/leastRecentlyUsed.js';

/** Of a request, before anything else is made of it. */
export interface OperationReference {
  readonly query?: unknown;
  /** `persistedQuery: { version: 1, sha256Hash }`, as Apollo's and other clients send it. */
  readonly extensions?: unknown;
  /** `sha256:…`, as GraphQL over HTTP has it. */
  readonly documentId?: unknown;
}

export interface PersistedOperations {
  /** The text to run. Where there is none to be had, an error with a code. */
  textOf(reference: OperationReference): string | GraphQLError;
}

/** Characters of the operations that are kept. */
const CHARACTERS_MAX = 2_000_000;

/** Whoever sends a text with its hash may send the hash alone from then on, as long as we keep it. */
export class AutomaticPersistedOperations implements PersistedOperations {
  readonly #known: LeastRecentlyUsed<string>;

  constructor(charactersMax = CHARACTERS_MAX) {
    this.#known = new LeastRecentlyUsed(charactersMax);
  }

  textOf(reference: OperationReference): string | GraphQLError {
    const hash = hashOf(reference);
    if (hash instanceof GraphQLError) return hash;
    const { query } = reference;
    if (typeof query !== 'string' || query === '') {
      if (hash === undefined) return refusal('BAD_REQUEST', 'Send the operation as "query".');
      return this.#known.get(hash) ?? notFound();
    }
    if (hash === undefined) return query;
    if (sha256(query) !== hash) {
      return refusal('PERSISTED_QUERY_HASH_MISMATCH', 'The hash is not that of the query sent.');
    }
    this.#known.set(hash, query, query.length);
    return query;
  }
}

/** Only what the operator has listed runs, and clients name it by its hash. */
export class OperationSafelist implements PersistedOperations {
  readonly #listed: ReadonlyMap<string, string>;

  /** `listed` are texts by the SHA-256 of each, in lower-case hexadecimal. */
  constructor(listed: ReadonlyMap<string, string>) {
    this.#listed = listed;
  }

  textOf(reference: OperationReference): string | GraphQLError {
    const hash = hashOf(reference);
    if (hash instanceof GraphQLError) return hash;
    if (hash === undefined) {
      return refusal(
        'PERSISTED_QUERY_ID_REQUIRED',
        'This gateway runs listed operations only: send the SHA-256 of one.',
      );
    }
    const { query } = reference;
    if (query !== undefined && query !== null && query !== '') {
      return refusal(
        'CANNOT_SEND_PQ_ID_AND_BODY',
        'This gateway runs listed operations only: send the hash without the query.',
      );
    }
    return (
      this.#listed.get(hash) ??
      refusal('PERSISTED_QUERY_NOT_IN_LIST', 'No listed operation has this hash.')
    );
  }
}

export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const HASH = /^[0-9a-f]{64}$/;
const DOCUMENT_ID = /^sha256:/;

function hashOf({ extensions, documentId }: OperationReference): string | undefined | GraphQLError {
  const persisted = property(extensions, 'persistedQuery');
  const named = [
    property(persisted, 'sha256Hash'),
    typeof documentId === 'string' ? documentId.replace(DOCUMENT_ID, '') : documentId,
  ].find((one) => one !== undefined && one !== null);
  if (named === undefined) return undefined;
  return typeof named === 'string' && HASH.test(named)
    ? named
    : refusal(
        'BAD_REQUEST',
        'An operation is named by the SHA-256 of its text: 64 digits, 0-9 and a-f in lower case.',
      );
}

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** Clients read this very message, and then send the text with its hash. */
const notFound = () => refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

const refusal = (code: string, message: string) =>
  new GraphQLError(message, { extensions: { code } });
