import { describe, expect, it } from 'vitest';
import { observedUpstream } from '../../../../gateway/upstream/observedUpstream.js';
import type { Upstream, UpstreamContext } from '../../../../gateway/upstream/upstream.js';
import { timedOut } from '../../../../gateway/upstream/upstreamFailure.js';
import type { CallTracing } from '../../../../gateway/upstream/upstreamObserver.js';

/** Asks an upstream that does this, and tells what was observed. */
async function observe(request: Upstream['request'], context: Partial<UpstreamContext> = {}) {
  const seen: unknown[] = [];
  const upstream = observedUpstream({ request } as Upstream, {
    name: 'oracle',
    observer: {
      callDone: (code, seconds) => seen.push(['call', code, seconds >= 0]),
      retried: () => undefined,
      breakerChanged: () => undefined,
    },
    tracing: {
      callBegins: (subgraph, kind, headers) => {
        seen.push(['span', subgraph, kind]);
        const traced = { ...headers, traceparent: 'child' };
        return { headers: traced, end: (code) => seen.push(['span ends', code]) };
      },
    },
  });
  const answer = upstream.request('{}', { headers: { traceparent: 'parent' }, ...context });
  return { seen, answer: await answer.catch((error: unknown) => error) };
}

describe('observedUpstream', () => {
  it('passes a call on with its span, and tells how it went', async () => {
    const asked: unknown[] = [];
    const { seen, answer } = await observe((body, { headers }, kind) => {
      asked.push([body, headers, kind]);
      return Promise.resolve({ data: {} });
    });

    expect(answer).toEqual({ data: {} });
    expect(asked).toEqual([['{}', { traceparent: 'child' }, 'query']]);
    expect(seen).toEqual([
      ['span', 'oracle', 'query'],
      ['call', 'OK', true],
      ['span ends', 'OK'],
    ]);
  });

  it('passes on the very context where the span changes no header', async () => {
    const contexts: UpstreamContext[] = [];
    const request: Upstream['request'] = (_body, context) => {
      contexts.push(context);
      return Promise.resolve({ data: {} });
    };
    const tracing: CallTracing = {
      callBegins: (_subgraph, _kind, headers) => ({ headers, end: () => undefined }),
    };
    const context = { headers: { traceparent: 'parent' } };
    const upstream = observedUpstream({ request } as Upstream, { name: 'oracle', tracing });
    await upstream.request('{}', context);

    expect(contexts[0]).toBe(context);
  });

  const gone = AbortSignal.abort(new Error('gone'));
  it.each([
    ['SUBGRAPH_TIMEOUT', timedOut('did not answer within 5 ms'), undefined],
    ['ABORTED', gone.reason as Error, gone],
    ['INTERNAL_SERVER_ERROR', new TypeError('mistake'), undefined],
  ])('tells of a failure by its code: %s', async (code, failure, signal) => {
    const { seen, answer } = await observe(() => Promise.reject(failure), { signal });

    expect(answer).toBe(failure);
    expect(seen.slice(1)).toEqual([
      ['call', code, true],
      ['span ends', code],
    ]);
  });
});
