/** One role as a client of the gateway: over HTTP, by hash, and over a WebSocket of its own. */

import type { FormattedExecutionResult } from 'graphql';
import type { Client } from 'graphql-ws';
import { sha256 } from '../../../gateway/admission/persisted/persistedOperations.js';
import { bearer, webSocketClient, type Data } from '../../support/graphqlClient.js';
import type { Role } from './people.js';

export type Answer = FormattedExecutionResult<Data>;

export interface Following {
  /** So far; an answer that refuses the subscription is one of them. */
  readonly answers: readonly Answer[];
  stop(): void;
}

export class RoleClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #socket: Client;

  constructor(url: string, { name, caller }: Role) {
    this.#url = url;
    this.#headers = caller.subject === null ? {} : bearer(name);
    this.#socket = webSocketClient(url, this.#headers);
  }

  ask(query: string, variables: Data): Promise<Answer> {
    return this.#post({ query, variables });
  }

  /** Sends the text with its hash, for others to send the hash alone. */
  register(query: string): Promise<Answer> {
    return this.#post({ query, ...byHash(query) });
  }

  askByHash(query: string, variables: Data): Promise<Answer> {
    return this.#post({ ...byHash(query), variables });
  }

  askBySocket(query: string, variables: Data): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { answers } = this.#follow({ query, variables }, () =>
        answers[0] ? resolve(answers[0]) : reject(new Error('no answer')),
      );
    });
  }

  follow(query: string, variables: Data): Following {
    return this.#follow({ query, variables });
  }

  followByHash(query: string, variables: Data): Following {
    return this.#follow({ query: '', ...byHash(query), variables });
  }

  async close(): Promise<void> {
    await this.#socket.dispose();
  }

  async #post(body: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...this.#headers };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await (await fetch(this.#url, request)).json()) as Answer;
  }

  #follow(
    payload: Parameters<Client['subscribe']>[0],
    onEnd: () => void = () => undefined,
  ): Following {
    const answers: Answer[] = [];
    const stop = this.#socket.subscribe<Data>(payload, {
      next: (answer) => void answers.push(answer as Answer),
      error: (errors) => {
        answers.push({ errors: Array.isArray(errors) ? errors : [{ message: String(errors) }] });
        onEnd();
      },
      complete: onEnd,
    });
    return { answers, stop };
  }
}

const byHash = (query: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } },
});
