/** Documents parsed and validated once per schema. */

import { parse, validate, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import { LeastRecentlyUsed } from './leastRecentlyUsed.js';

export type ParsedDocument = DocumentNode | { readonly errors: readonly GraphQLError[] };

/** Characters of documents that are kept. */
const CHARACTERS_MAX = 1_000_000;

export class ParsedDocuments {
  #schema: GraphQLSchema | undefined;
  #documents = new LeastRecentlyUsed<ParsedDocument>(CHARACTERS_MAX);

  /** Throws GraphQLError on a syntax error. A new schema makes it forget all that was for the old. */
  get(schema: GraphQLSchema, text: string): ParsedDocument {
    if (schema !== this.#schema) {
      this.#schema = schema;
      this.#documents = new LeastRecentlyUsed(CHARACTERS_MAX);
    }
    const known = this.#documents.get(text);
    if (known) return known;
    const document = parse(text);
    const errors = validate(schema, document);
    const parsed = errors.length > 0 ? { errors } : document;
    this.#documents.set(text, parsed, text.length);
    return parsed;
  }
}
