/**
 * Spans of requests and of their calls to subgraphs, through OpenTelemetry's API: whoever wants them
 * registers a tracer provider and a propagator, and where nobody does they cost next to nothing.
 *
 * The parent of a span travels in the headers that go upstream, not in asynchronous context, which
 * would cost every request.
 */

import {
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { RequestKind } from '../upstream/upstream.js';
import type { CallSpan, CallTracing } from '../upstream/upstreamObserver.js';

export interface RequestSpan {
  /** What goes on to the subgraphs, with the span in it in place of the client's. */
  readonly headers: Readonly<Record<string, string>>;
  /** `code` is `OK` or the code of the first error; `operationId` comes from operationId.ts. */
  end(done: { readonly operationId: string; readonly code: string }): void;
}

const INSTRUMENTATION = 'margin-graph-gateway';

/** Attributes hold names and codes only: no text of an operation, no variable, no subject, no URL. */
export class Tracing implements CallTracing {
  // Asks for the provider that is registered when a span begins, also when that comes later.
  readonly #tracer = trace.getTracer(INSTRUMENTATION);

  /** `headers` are those chosen for the subgraphs; the client's `traceparent` becomes the parent. */
  requestBegins(headers: Readonly<Record<string, string>>): RequestSpan {
    const parent = propagation.extract(ROOT_CONTEXT, headers);
    const span = this.#tracer.startSpan('graphql request', { kind: SpanKind.SERVER }, parent);
    return {
      headers: withSpan(headers, span, parent),
      end({ operationId, code }) {
        span.setAttribute('graphql.operation.id', operationId);
        endSpan(span, code);
      },
    };
  }

  callBegins(
    subgraph: string,
    kind: RequestKind,
    headers: Readonly<Record<string, string>>,
  ): CallSpan {
    const parent = propagation.extract(ROOT_CONTEXT, headers);
    const span = this.#tracer.startSpan(
      `subgraph ${subgraph}`,
      {
        kind: SpanKind.CLIENT,
        attributes: { 'graphql.subgraph': subgraph, 'graphql.operation.type': kind },
      },
      parent,
    );
    return {
      headers: withSpan(headers, span, parent),
      end(code) {
        endSpan(span, code);
      },
    };
  }
}

/**
 * Without a propagator, what the client sent goes on as it came; and without a span the very object,
 * because nobody has registered a provider.
 */
function withSpan(
  headers: Readonly<Record<string, string>>,
  span: Span,
  parent: Context,
): Readonly<Record<string, string>> {
  if (!isSpanContextValid(span.spanContext())) return headers;
  const injected = { ...headers };
  propagation.inject(trace.setSpan(parent, span), injected);
  return injected;
}

function endSpan(span: Span, code: string): void {
  if (code !== 'OK') {
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
