/** The headers of a call that are not about its transport: the caller's, or a signature of ours. */

import type { CallSigner } from './signing/callSigner.js';
import type { RequestKind, UpstreamContext } from './upstream.js';

export class OutgoingHeaders {
  readonly #subgraph: string;
  readonly #signer: CallSigner | undefined;

  /** `subgraph` is the name that signatures are for. */
  constructor(subgraph: string, signer: CallSigner | undefined) {
    this.#subgraph = subgraph;
    this.#signer = signer;
  }

  get areSigned(): boolean {
    return this.#signer !== undefined;
  }

  /** What goes on of the caller's: all, or with a signer all but the token. */
  unsigned({ headers }: UpstreamContext): Readonly<Record<string, string>> {
    return this.#signer ? withoutAuthorization(headers) : headers;
  }

  /** A promise only when the signer needs one. `body` is what goes over the wire. */
  headers(
    body: string,
    context: UpstreamContext,
    kind: RequestKind,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>> {
    if (!this.#signer) return context.headers;
    const headers = withoutAuthorization(context.headers);
    const signature = this.#signer.headers(this.#subgraph, body, context, kind);
    return signature instanceof Promise
      ? signature.then((signed) => Object.assign(headers, signed))
      : Object.assign(headers, signature);
  }
}

function withoutAuthorization(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    if (name.toLowerCase() !== 'authorization') kept[name] = headers[name] ?? '';
  }
  return kept;
}
