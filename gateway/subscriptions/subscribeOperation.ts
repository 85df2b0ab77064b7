/** Runs subscriptions: each event of one subgraph, with the fields that other subgraphs add to it. */

import { GraphQLError, type ExecutionResult } from 'graphql';
import { coerceVariables } from '../execution/coerceVariables.js';
import { beginRun, finishRun } from '../execution/executeOperation.js';
import type { Variables } from '../execution/operationRun.js';
import { failureError, type Origin } from '../execution/subgraphErrors.js';
import type {
  CompiledSubscription,
  PreparationFailure,
  PreparedSubscription,
} from '../planning/preparedOperation.js';
import { EventQueue, QueueOverflow } from '../upstream/eventQueue.js';
import { pumpEvents } from '../upstream/pumpEvents.js';
import type { SubgraphResponse } from '../upstream/subgraphResponse.js';

export type Results = AsyncIterableIterator<ExecutionResult, undefined>;

const QUEUED_EVENTS_MAX = 1_000;

/**
 * Results come in the order of the events, each with its own fetches from other subgraphs. The
 * stream ends when the subgraph ends it; with a last result of code SUBGRAPH_UNAVAILABLE when the
 * connection to it is lost; and of code SLOW_CONSUMER when more than `queuedEventsMax` events wait
 * to be read. `headersOf` is asked once to begin with, and then for every event.
 */
export function subscribeOperation(
  prepared: PreparedSubscription,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  headersOf: () => Readonly<Record<string, string>>,
  queuedEventsMax = QUEUED_EVENTS_MAX,
): Results {
  const coerced = coerceVariables(prepared, variables);
  if ('errors' in coerced) return onlyResult(coerced);
  return new OperationSubscription(prepared, coerced.variables, headersOf, queuedEventsMax);
}

function onlyResult(result: ExecutionResult): Results {
  const results = new EventQueue<ExecutionResult>(1, () => undefined);
  results.push(result);
  results.complete();
  return results;
}

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/** Events wait unresolved; their fetches are made when the reader asks for the result. */
class OperationSubscription implements Results {
  readonly #variables: Variables;
  readonly #headersOf: () => Readonly<Record<string, string>>;
  readonly #returned = new AbortController();
  readonly #events: EventQueue<SubgraphResponse>;
  readonly #compiled: Promise<CompiledSubscription | PreparationFailure>;
  #release: () => void = () => undefined;
  #turn: Promise<unknown>;

  constructor(
    prepared: PreparedSubscription,
    variables: Variables,
    headersOf: () => Readonly<Record<string, string>>,
    queuedEventsMax: number,
  ) {
    this.#variables = variables;
    this.#headersOf = headersOf;
    this.#events = new EventQueue(queuedEventsMax, () => this.#release());
    this.#compiled = prepared.compiled(variables);
    this.#turn = this.#begin();
  }

  /** One at a time, however many are asked for at once, so that results keep their order. */
  next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    const result = this.#turn.then(() => this.#nextResult());
    this.#turn = result;
    return result;
  }

  /** Lets go of the subgraph at once, whatever is being waited for. */
  return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    this.#returned.abort();
    void this.#events.return();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #begin(): Promise<void> {
    const compiled = await this.#compiled;
    if (this.#isReturned() || 'errors' in compiled) return;
    const { upstream, request } = compiled.source;
    try {
      const context = { headers: this.#headersOf() };
      const source = upstream.subscribe(request(this.#variables), context);
      this.#release = () => void source.return?.();
      void pumpEvents(source, this.#events, (event) => event);
    } catch (error) {
      this.#events.fail(error as Error);
    }
  }

  /** Never rejects: a reader whose `next()` rejects does not call `return()`. */
  async #nextResult(): Promise<IteratorResult<ExecutionResult, undefined>> {
    const compiled = await this.#compiled;
    if (this.#isReturned()) return DONE;
    if ('errors' in compiled) return this.#last(compiled);
    try {
      const { value: event, done } = await this.#events.next();
      if (done) return DONE;
      const result = await this.#resolve(compiled, event);
      return this.#isReturned() ? DONE : { value: result, done: false };
    } catch (error) {
      if (this.#isReturned()) return DONE;
      return this.#last({ errors: [endingError(compiled.source.origin, error)] });
    }
  }

  async #resolve(
    { source, run: resolve, complete }: CompiledSubscription,
    event: SubgraphResponse,
  ): Promise<ExecutionResult> {
    const context = { headers: this.#headersOf(), signal: this.#returned.signal };
    const run = beginRun(this.#variables, context);
    source.take(run, event);
    if (event.data) await resolve(run);
    return finishRun(complete, run);
  }

  #isReturned(): boolean {
    return this.#returned.signal.aborted;
  }

  #last(result: ExecutionResult): IteratorResult<ExecutionResult, undefined> {
    void this.return();
    return { value: result, done: false };
  }
}

function endingError(origin: Origin, error: unknown): GraphQLError {
  if (!(error instanceof QueueOverflow)) return failureError(origin, error, undefined);
  return new GraphQLError(
    `More than ${error.capacity} events wait to be read: subscribe again from the last one.`,
    { extensions: { code: 'SLOW_CONSUMER' } },
  );
}
