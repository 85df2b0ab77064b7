/** A subgraph over HTTP; its subscriptions over WebSocket, or over HTTP multipart. */

import { Pool } from 'undici';
import { CallDeadline, type Clock } from './callDeadline.js';
import type { CallGuard } from './callGuard.js';
import { httpExchange } from './httpExchange.js';
import { GRAPHQL_RESPONSE, readAnswer, transportFailure } from './httpAnswer.js';
import { httpSubscriptions, type SubscriptionTransport } from './httpSubscriptions.js';
import { OutgoingHeaders } from './outgoingHeaders.js';
import type { CallSigner } from './signing/callSigner.js';
import type { RequestKind, Upstream, UpstreamContext } from './upstream.js';
import { UpstreamFailure } from './upstreamFailure.js';

export interface HttpUpstreamOptions {
  /** Its name in the supergraph, for whom calls are signed. */
  readonly name?: string;
  /** Where the subgraph answers GraphQL, `http:` or `https:`. */
  readonly url: string;
  /** From the question to the last byte of the answer; also for opening a subscription. */
  readonly timeoutMs: number;
  /** Open at once; further requests wait their turn, and that counts as time. */
  readonly connections?: number;
  readonly responseBytesMax?: number;
  /** `auto` when absent: WebSocket, and multipart where the subgraph refuses to upgrade. */
  readonly subscriptions?: SubscriptionTransport;
  /** Retries and the breaker; absent means that every call goes through, once. */
  readonly guard?: CallGuard;
  /** Signs in place of the caller's token, which then never goes on. */
  readonly signer?: CallSigner | undefined;
  /** Clock of `UpstreamContext.deadline`; `performance.now` when absent. */
  readonly now?: Clock;
}

/** Whole milliseconds that are left until nobody waits for the answer any more. */
export const DEADLINE_HEADER = 'x-deadline-ms';

const CONNECTIONS = 64;
const RESPONSE_BYTES_MAX = 16 * 1024 * 1024;

/** Names and values in turn, as undici takes them; the last value is another for each call. */
const OWN_HEADERS: readonly string[] = [
  'content-type',
  'application/json',
  'accept',
  `${GRAPHQL_RESPONSE}, application/json;q=0.9`,
  DEADLINE_HEADER,
];
const OWN_NAMES: ReadonlySet<string> = new Set(['content-type', 'accept', DEADLINE_HEADER]);

/** Connects when it is first asked. */
export function httpUpstream(options: HttpUpstreamOptions): Upstream {
  const { name = '', url, timeoutMs, responseBytesMax = RESPONSE_BYTES_MAX, guard } = options;
  const { now = () => performance.now() } = options;
  const { origin, pathname, search } = new URL(url);
  const path = pathname + search;
  const outgoing = new OutgoingHeaders(name, options.signer);
  const pool = new Pool(origin, {
    connections: options.connections ?? CONNECTIONS,
    connect: { timeout: timeoutMs },
    // Its own timers tick every half second; the deadline is exact.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: responseBytesMax,
  });
  const subscriptions = httpSubscriptions({
    url,
    timeoutMs,
    messageBytesMax: responseBytesMax,
    outgoing,
    transport: options.subscriptions ?? 'auto',
  });

  const ask = async (
    body: string,
    context: UpstreamContext,
    kind: RequestKind,
    deadline: CallDeadline,
  ) => {
    const signed = outgoing.headers(body, context, kind);
    const headers = signed instanceof Promise ? await deadline.whilePreparing(signed) : signed;
    context.signal?.throwIfAborted();
    const remainingMs = deadline.remainingMs();
    if (remainingMs === 0) throw deadline.passed();
    const post = { path, headers: flatHeaders(headers, remainingMs), body };
    try {
      const answer = await httpExchange(pool, post, deadline, context.signal);
      return readAnswer(answer, outgoing.areSigned);
    } catch (error) {
      context.signal?.throwIfAborted();
      throw error instanceof UpstreamFailure ? error : transportFailure(error, responseBytesMax);
    }
  };

  return {
    request: (body, context, kind = 'query') => {
      const { signal } = context;
      const deadline = new CallDeadline(timeoutMs, context.deadline, now);
      return guard
        ? guard.run({ kind, deadline, signal }, () => ask(body, context, kind, deadline))
        : ask(body, context, kind, deadline);
    },
    subscribe: (question, context) => subscriptions.subscribe(question, context),
    close: async () => {
      await Promise.all([subscriptions.close(), pool.destroy()]);
    },
  };
}

/** What is ours takes the place of the caller's. */
function flatHeaders(headers: Readonly<Record<string, string>>, remainingMs: number): string[] {
  const flat = [...OWN_HEADERS, String(remainingMs)];
  for (const name of Object.keys(headers)) {
    if (!OWN_NAMES.has(name)) flat.push(name, headers[name] ?? '');
  }
  return flat;
}
