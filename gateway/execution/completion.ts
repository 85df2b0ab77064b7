/** One completion: what completers share, and the errors of nulls where none may be. */

import { GraphQLError } from 'graphql';
import type { PathKey } from '../upstream/subgraphResponse.js';

export class Completion {
  /**
   * Where completers are in the response. Each writes its keys at its own depth before it goes
   * deeper, so only what is above the current depth has meaning.
   */
  readonly path: PathKey[] = [];
  readonly #errors: GraphQLError[];
  #explained: ExplainedPaths | undefined;
  readonly #denied = new Set<unknown>();

  /** Errors are added to `errors`; what subgraphs reported must be in it already. */
  constructor(errors: GraphQLError[]) {
    this.#errors = errors;
  }

  /** In the errors so far, which speak of the data as subgraphs gave it. */
  renamePaths(clientKeys: ReadonlyMap<string, string>): void {
    for (const [index, { message, path, extensions, originalError }] of this.#errors.entries()) {
      const renamed = path?.map((key) => clientKeys.get(String(key)) ?? key);
      if (!renamed) continue;
      const error = new GraphQLError(message, { path: renamed, extensions, originalError });
      this.#errors[index] = error;
    }
  }

  /** Adds the error at the first of the places that it is about; all of them count as explained. */
  denied(depth: number, errorAt: (path: readonly PathKey[]) => GraphQLError): void {
    const path = this.path.slice(0, depth);
    this.#explained ??= new ExplainedPaths(this.#errors);
    this.#explained.add(path);
    if (this.#denied.has(errorAt)) return;
    this.#denied.add(errorAt);
    this.#errors.push(errorAt(path));
  }

  /** Null for a value that is no list or object where the schema has one, with an error if it is one. */
  shapeless(value: unknown, depth: number): null {
    if (value === null || value === undefined) return null;
    const path = this.path.slice(0, depth);
    const message = 'A subgraph answered with a value that the schema does not have here.';
    const extensions = { code: 'SUBGRAPH_UNAVAILABLE' };
    this.#errors.push(new GraphQLError(message, { path, extensions }));
    this.#explained?.add(path);
    return null;
  }

  /** Adds an error, unless one in or above the same place already says why it is null. */
  nullInNonNull(depth: number, coordinates: string): void {
    const path = this.path.slice(0, depth);
    this.#explained ??= new ExplainedPaths(this.#errors);
    if (this.#explained.has(path)) return;
    const message = `Cannot return null for non-nullable field ${coordinates}.`;
    this.#errors.push(
      new GraphQLError(message, { path, extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
    );
    this.#explained.add(path);
  }
}

/** Made only when a null has to be explained, which is rare, and then asked in constant time. */
class ExplainedPaths {
  readonly #errorPaths = new Set<string>();
  readonly #aboveErrors = new Set<string>();

  constructor(errors: readonly GraphQLError[]) {
    for (const { path } of errors) this.add(path ?? []);
  }

  add(path: readonly PathKey[]): void {
    const prefixes = prefixesOf(path);
    this.#errorPaths.add(prefixes.at(-1) ?? '');
    for (const prefix of prefixes) this.#aboveErrors.add(prefix);
  }

  has(path: readonly PathKey[]): boolean {
    const prefixes = prefixesOf(path);
    return (
      this.#aboveErrors.has(prefixes.at(-1) ?? '') ||
      prefixes.some((prefix) => this.#errorPaths.has(prefix))
    );
  }
}

/** From the root, which is empty, to the whole path. */
function prefixesOf(path: readonly PathKey[]): string[] {
  const prefixes = [''];
  let prefix = '';
  for (const key of path) {
    prefix += `/${key}`;
    prefixes.push(prefix);
  }
  return prefixes;
}
