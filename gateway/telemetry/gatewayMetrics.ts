/** What the gateway counts, for Prometheus. */

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { BreakerState } from '../upstream/circuitBreaker.js';
import type { UpstreamObserver } from '../upstream/upstreamObserver.js';
import { BoundedLabels } from './boundedLabels.js';
import { DurationHistogram, type ObserveSeconds } from './durationHistogram.js';
import type { LoopLag } from './loopLag.js';

export interface RequestDone {
  /** From operationId.ts, or NO_OPERATION. */
  readonly operationId: string;
  /** `OK`, or the code of the answer's first error. */
  readonly code: string;
  /** From the request's arrival to its answer. */
  readonly seconds: number;
}

/** Amounts that are read when metrics are asked for. */
export interface Readings {
  /** Client connections over WebSocket. */
  readonly connections: () => number;
  /** Subscriptions of clients. */
  readonly subscribers: () => number;
  /** Subscriptions at subgraphs, which subscribers share. */
  readonly upstreamSubscriptions: () => number;
  /** Events that wait for their subscribers, all queues together. */
  readonly queuedEvents: () => number;
  readonly requestsInFlight: () => number;
}

export interface GatewayMetricsOptions {
  readonly loopLag?: LoopLag;
  /** Operations beyond these are counted together, as `other`. */
  readonly operationsMax?: number;
  /** Memory, CPU, handles and garbage collection too; they cannot be stopped once they are counted. */
  readonly countsProcess?: boolean;
}

const OPERATIONS_MAX = 500;
const CODES_MAX = 50;
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const BREAKER_STATES: readonly BreakerState[] = ['closed', 'half-open', 'open'];

const READINGS: readonly (readonly [keyof Readings, string, string])[] = [
  ['connections', 'gateway_connections', 'Client connections over WebSocket.'],
  ['subscribers', 'gateway_subscribers', 'Subscriptions of clients.'],
  [
    'upstreamSubscriptions',
    'gateway_upstream_subscriptions',
    'Subscriptions at subgraphs, which subscribers share.',
  ],
  ['queuedEvents', 'gateway_queued_events', 'Events that wait for their subscribers.'],
  ['requestsInFlight', 'gateway_requests_in_flight', 'Requests that have no answer yet.'],
];

export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #operations: BoundedLabels;
  readonly #codes = new BoundedLabels(CODES_MAX);
  readonly #requests = new DurationHistogram({
    name: 'gateway_request_duration_seconds',
    help: 'From the arrival of a request to its answer, by operation and code of the first error.',
    labelNames: ['operation', 'code'],
    bounds: SECONDS,
  });
  readonly #requestSeries = new Map<string, Map<string, ObserveSeconds>>();
  readonly #calls = new DurationHistogram({
    name: 'gateway_upstream_duration_seconds',
    help: 'How long a subgraph was waited for, retries included, by what came of it.',
    labelNames: ['subgraph', 'code'],
    bounds: SECONDS,
  });
  readonly #retries: Counter<'subgraph'>;
  readonly #breakers: Gauge<'subgraph' | 'state'>;
  readonly #refused: Counter<'reason'>;

  constructor({ loopLag, operationsMax = OPERATIONS_MAX, countsProcess }: GatewayMetricsOptions) {
    const registers = [this.#registry];
    this.#operations = new BoundedLabels(operationsMax);
    this.#retries = new Counter({
      name: 'gateway_upstream_retries_total',
      help: 'Queries that a subgraph was asked a second time.',
      labelNames: ['subgraph'],
      registers,
    });
    this.#breakers = new Gauge({
      name: 'gateway_upstream_breaker_state',
      help: '1 for the state that the breaker of a subgraph is in.',
      labelNames: ['subgraph', 'state'],
      registers,
    });
    this.#refused = new Counter({
      name: 'gateway_refusals_total',
      help: 'Requests and connections that were turned away, by the limit that did.',
      labelNames: ['reason'],
      registers,
    });
    if (loopLag) this.#countLoopLag(loopLag);
    if (countsProcess) collectDefaultMetrics({ register: this.#registry });
  }

  requestDone({ operationId, code, seconds }: RequestDone): void {
    const known = this.#requestSeries.get(operationId)?.get(code);
    (known ?? this.#requestSeriesOf(operationId, code))(seconds);
  }

  /** `reason` is one of a fixed set of codes, such as OVERLOADED or RATE_LIMITED. */
  refused(reason: string): void {
    this.#refused.inc({ reason: this.#codes.of(reason) });
  }

  /** For a subgraph in the supergraph: its names are as many as those are. */
  subgraph(name: string): UpstreamObserver {
    const series = new Map<string, ObserveSeconds>();
    const retries = this.#retries.labels({ subgraph: name });
    const breakerChanged = (now: BreakerState) => {
      for (const state of BREAKER_STATES) {
        this.#breakers.set({ subgraph: name, state }, state === now ? 1 : 0);
      }
    };
    breakerChanged('closed');
    return {
      callDone: (code, seconds) => {
        let observe = series.get(code);
        if (!observe) {
          observe = this.#calls.series({ subgraph: name, code: this.#codes.of(code) });
          series.set(code, observe);
        }
        observe(seconds);
      },
      retried: () => retries.inc(),
      breakerChanged,
    };
  }

  /** Call at most once for each reading. */
  readAtScrape(readings: Partial<Readings>): void {
    for (const [key, name, help] of READINGS) {
      const read = readings[key];
      if (!read) continue;
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect: () => gauge.set(read()),
      });
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In Prometheus's text format. */
  async exposition(): Promise<string> {
    const others = await this.#registry.metrics();
    return [this.#requests.exposition(), this.#calls.exposition(), others].join('\n');
  }

  /** Codes and operations beyond the bounds share the series of `other`, and are not remembered. */
  #requestSeriesOf(operationId: string, code: string): ObserveSeconds {
    const labels = { operation: this.#operations.of(operationId), code: this.#codes.of(code) };
    const observe = this.#requests.series(labels);
    if (labels.operation !== operationId || labels.code !== code) return observe;
    const codes = this.#requestSeries.get(operationId) ?? new Map<string, ObserveSeconds>();
    this.#requestSeries.set(operationId, codes.set(code, observe));
    return observe;
  }

  #countLoopLag(loopLag: LoopLag): void {
    const gauge: Gauge<'quantile'> = new Gauge({
      name: 'gateway_event_loop_lag_seconds',
      help: 'How long work that was due waited for the event loop, since the last scrape.',
      labelNames: ['quantile'],
      registers: [this.#registry],
      collect: () => {
        const { p50Ms, p99Ms, maxMs } = loopLag.takeSummary();
        gauge.set({ quantile: '0.5' }, p50Ms / 1_000);
        gauge.set({ quantile: '0.99' }, p99Ms / 1_000);
        gauge.set({ quantile: '1' }, maxMs / 1_000);
      },
    });
  }
}
