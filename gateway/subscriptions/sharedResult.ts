/** One result of a subscription, for any number of subscribers: written as JSON once. */

import type { ExecutionResult } from 'graphql';

export class SharedResult {
  readonly #result: ExecutionResult;
  #json: string | undefined;
  #bytes = 0;

  /** Whether the subscription ends with it because its reader is too slow. */
  constructor(
    result: ExecutionResult,
    readonly isSlowConsumer = false,
  ) {
    this.#result = result;
  }

  /** Not a property, so that whoever copies the properties of a result copies nothing. */
  toJSON(): ExecutionResult {
    return this.#result;
  }

  get json(): string {
    this.#json ??= JSON.stringify(this.#result);
    return this.#json;
  }

  /** Of the JSON in UTF-8. */
  get bytes(): number {
    this.#bytes ||= Buffer.byteLength(this.json);
    return this.#bytes;
  }

  get hasErrors(): boolean {
    return this.#result.errors !== undefined;
  }
}
