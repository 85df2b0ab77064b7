import {
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { Tracing } from '../../../../gateway/telemetry/tracing.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const client = { traceparent: `00-${TRACE}-00000000000000aa-01`, 'x-request-id': '1' };

/** Notes the spans that end, as an SDK would; each has the next number as its id. */
function registerRecorder() {
  const ended: object[] = [];
  let count = 0;
  const startSpan = (name: string, options: SpanOptions, context: Context) => {
    count += 1;
    const spanId = count.toString(16).padStart(16, '0');
    const parent = trace.getSpanContext(context)?.spanId;
    const attributes: Record<string, unknown> = { ...options.attributes };
    let status: unknown;
    return {
      spanContext: () => ({ traceId: TRACE, spanId, traceFlags: 1 }),
      setAttribute: (key: string, value: unknown) => (attributes[key] = value),
      setStatus: (to: unknown) => (status = to),
      end: () => ended.push({ name, kind: options.kind, parent, attributes, status }),
    } as unknown as Span;
  };
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) as never });
  propagation.setGlobalPropagator({
    inject: (context, carrier: Record<string, string>) => {
      carrier['traceparent'] = `00-${TRACE}-${trace.getSpanContext(context)?.spanId ?? ''}-01`;
    },
    extract: (context, carrier: Record<string, string>) => {
      const [, traceId = '', spanId = ''] = carrier['traceparent']?.split('-') ?? [];
      return trace.setSpanContext(context, { traceId, spanId, traceFlags: 1 });
    },
    fields: () => ['traceparent'],
  });
  return ended;
}

describe('tracing', () => {
  afterEach(() => {
    trace.disable();
    propagation.disable();
  });

  it('makes the call a child of the request, and the request one of the client’s span', () => {
    const ended = registerRecorder();
    const tracing = new Tracing();
    const request = tracing.requestBegins(client);
    const call = tracing.callBegins('oracle', 'query', request.headers);
    call.end('OK');
    request.end({ operationId: 'abc', code: 'OK' });

    expect(call.headers).toEqual({
      ...client,
      traceparent: `00-${TRACE}-${'2'.padStart(16, '0')}-01`,
    });
    expect(ended).toEqual([
      {
        name: 'subgraph oracle',
        kind: SpanKind.CLIENT,
        parent: '1'.padStart(16, '0'),
        attributes: { 'graphql.subgraph': 'oracle', 'graphql.operation.type': 'query' },
        status: undefined,
      },
      {
        name: 'graphql request',
        kind: SpanKind.SERVER,
        parent: '00000000000000aa',
        attributes: { 'graphql.operation.id': 'abc' },
        status: undefined,
      },
    ]);
  });

  it('marks what failed with its code', () => {
    const ended = registerRecorder();
    new Tracing().callBegins('oracle', 'mutation', client).end('SUBGRAPH_TIMEOUT');

    expect(ended).toMatchObject([
      {
        attributes: { 'graphql.operation.type': 'mutation', 'error.type': 'SUBGRAPH_TIMEOUT' },
        status: { code: SpanStatusCode.ERROR },
      },
    ]);
  });

  it('tells subgraphs of its spans, and leaves what it was given as it is', () => {
    registerRecorder();
    const given = { ...client };
    new Tracing().callBegins('oracle', 'query', given);
    expect(given).toEqual(client);
  });

  it('leaves the client’s headers as they are where nobody has registered a provider', () => {
    const request = new Tracing().requestBegins(client);
    expect(request.headers).toBe(client);
    request.end({ operationId: 'abc', code: 'OK' });
  });
});
