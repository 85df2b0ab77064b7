/** One subscription at a subgraph, and what every event of it becomes. */

import { askerOf } from '../admission/operationPolicy.js';
import { beginRun, finishRun } from '../execution/executeOperation.js';
import { ownReader } from '../execution/ownProperty.js';
import type { Variables } from '../execution/operationRun.js';
import type {
  Admitted,
  CompiledSubscription,
  GivenVariables,
  PreparationFailure,
  PreparedOperation,
  PreparedSubscription,
} from '../planning/preparedOperation.js';
import { isJsonObject, type SubgraphResponse } from '../upstream/subgraphResponse.js';
import type { SubscriptionRequest, UpstreamContext } from '../upstream/upstream.js';
import { SharedResult } from './sharedResult.js';
import { schemaChanged, sourceFailed, subscriptionMoved } from './subscriptionEnding.js';
import { subscriptionField, type SubscriptionField } from './subscriptionField.js';

export interface RunOptions {
  readonly prepared: PreparedSubscription;
  readonly admitted: Admitted<CompiledSubscription>;
  readonly given: GivenVariables;
  /** Every event is the whole state, so that a stream of its own can take over from any other. */
  readonly isLatestValue: boolean;
}

/** For whom a subscription runs. */
export interface Audience {
  /** Asked once to begin with, and again for every event. */
  context(): UpstreamContext;
  /** Prepares the same operation on what is in service then. */
  prepareAgain(): PreparedOperation | PreparationFailure;
  /** Takes the results in order; the next comes when this one has been taken. */
  deliver(result: SharedResult): void | Promise<void>;
  /** Called at most once, and not after `stop`. */
  end(last?: SharedResult): void;
}

interface Plan {
  readonly field: SubscriptionField;
  readonly variables: Variables;
  readonly compiled: CompiledSubscription;
  readonly request: SubscriptionRequest;
}

type Source = AsyncIterator<SubgraphResponse>;

/**
 * Results come in the order of the events, each with its own fetches from other subgraphs. It ends
 * when the subgraph ends it; with SUBGRAPH_UNAVAILABLE when the connection to it is lost; and with
 * SCHEMA_CHANGED or SUBSCRIPTION_MOVED when it cannot be migrated.
 */
export class SubscriptionRun {
  readonly #given: GivenVariables;
  readonly #isLatestValue: boolean;
  readonly #audience: Audience;
  readonly #ended = new AbortController();
  #plan: Plan;
  #source: Source | undefined;
  #hasDelivered = false;
  #delivery: void | Promise<void> = undefined;
  /** The cursor of the last result that was delivered, if it had one. */
  #position: string | undefined;
  /** One migration after the other. Never rejects. */
  #migration: Promise<void> = Promise.resolve();

  /** Begins when `start` is called. */
  constructor({ prepared, admitted, given, isLatestValue }: RunOptions, audience: Audience) {
    this.#given = given;
    this.#isLatestValue = isLatestValue;
    this.#audience = audience;
    this.#plan = planOf(prepared, admitted);
  }

  start(): void {
    this.#open(this.#plan, this.#plan.request);
  }

  /**
   * Goes over to the graph that is in service now, after the event that is being resolved. The
   * source goes on when it is the same question to the same subgraph. Otherwise there is a new one,
   * where nothing is missed and nothing comes twice: after the last cursor, from the beginning when
   * nothing has been delivered, or where every event is the whole state. Failing that, the
   * subscription stays on its old plan while its subgraph does, and else ends. An end of the old
   * source waits for what becomes of this. Never rejects.
   */
  migrate(): Promise<void> {
    this.#migration = this.#migration
      .then(() => this.#move())
      .catch((error: unknown) => this.#fail(error));
    return this.#migration;
  }

  /** Lets go of the subgraph at once, whatever is being waited for. */
  stop(): void {
    this.#ended.abort();
    void this.#source?.return?.();
  }

  async #move(): Promise<void> {
    const current = this.#plan;
    if (this.#hasEnded()) return;
    const plan = await this.#planAgain();
    if (this.#hasEnded()) return;
    if ('errors' in plan) {
      // Who has spent too much keeps what has been paid for.
      if (!isRateLimited(plan)) this.#end(schemaChanged(plan));
      return;
    }

    const { upstream } = plan.compiled.source;
    const isSameUpstream = upstream === current.compiled.source.upstream;
    if (isSameUpstream && isSameRequest(plan.request, current.request)) {
      this.#plan = plan;
      return;
    }
    const request = this.#resumingRequest(plan);
    if (request) this.#open(plan, request);
    else if (!isSameUpstream) this.#end(subscriptionMoved());
  }

  async #planAgain(): Promise<Plan | PreparationFailure> {
    const prepared = this.#audience.prepareAgain();
    if ('errors' in prepared) return prepared;
    if (prepared.kind !== 'subscription') throw new Error('It was a subscription before.');
    const admitted = await prepared.admit(this.#given, askerOf(this.#audience.context()));
    return 'errors' in admitted ? admitted : planOf(prepared, admitted);
  }

  /** Undefined where a new source could miss or repeat something. */
  #resumingRequest({ field, request, variables, compiled }: Plan): SubscriptionRequest | undefined {
    if (!this.#hasDelivered || this.#isLatestValue) return request;
    if (!field.resumes || this.#position === undefined) return undefined;
    return compiled.source.request({ ...variables, [field.resumes.variable]: this.#position });
  }

  #open(plan: Plan, request: SubscriptionRequest): void {
    if (this.#hasEnded()) return;
    const before = this.#source;
    this.#plan = plan;
    const { upstream, origin } = plan.compiled.source;
    try {
      this.#source = upstream.subscribe(request, this.#audience.context());
      void this.#read(this.#source);
    } catch (error) {
      this.#end(sourceFailed(origin, error));
    }
    void before?.return?.();
  }

  /** Until the source ends, or another takes its place. */
  async #read(source: Source): Promise<void> {
    let last: SharedResult | undefined;
    try {
      for (;;) {
        await this.#delivery;
        const step = await source.next();
        if (step.done) break;
        if (!this.#isCurrent(source)) return;
        const result = await this.#resolve(step.value);
        if (!this.#isCurrent(source)) return;
        this.#deliver(result);
      }
    } catch (error) {
      last = sourceFailed(this.#plan.compiled.source.origin, error);
    }
    await this.#migration;
    if (this.#isCurrent(source)) this.#end(last);
  }

  async #resolve(event: SubgraphResponse): Promise<Resolved> {
    const { field, variables, compiled } = this.#plan;
    const { source, run: resolve, complete } = compiled;
    const context = { ...this.#audience.context(), signal: this.#ended.signal };
    const run = beginRun(variables, context);
    source.take(run, event);
    if (event.data) await resolve(run);
    const result = finishRun(complete, run);
    return { result: new SharedResult(result), position: positionIn(result.data, field) };
  }

  #deliver({ result, position }: Resolved): void {
    this.#hasDelivered = true;
    this.#position = position;
    this.#delivery = this.#audience.deliver(result);
  }

  #isCurrent(source: Source): boolean {
    return this.#source === source && !this.#hasEnded();
  }

  #hasEnded(): boolean {
    return this.#ended.signal.aborted;
  }

  #end(last?: SharedResult): void {
    if (this.#hasEnded()) return;
    this.stop();
    void Promise.resolve(this.#delivery).then(() => this.#audience.end(last));
  }

  /** For what can only be a mistake of ours. */
  #fail(error: unknown): void {
    this.#end(sourceFailed(this.#plan.compiled.source.origin, error));
  }
}

interface Resolved {
  readonly result: SharedResult;
  readonly position: string | undefined;
}

const planOf = (
  prepared: PreparedSubscription,
  { variables, compiled }: Admitted<CompiledSubscription>,
): Plan => ({
  field: subscriptionField(prepared),
  variables,
  compiled,
  request: compiled.source.request(variables),
});

const isRateLimited = ({ errors }: PreparationFailure) =>
  errors.some(({ extensions }) => extensions['code'] === 'RATE_LIMITED');

const isSameRequest = (one: SubscriptionRequest, other: SubscriptionRequest) =>
  JSON.stringify(one) === JSON.stringify(other);

function positionIn(data: unknown, { key, resumes }: SubscriptionField): string | undefined {
  if (!resumes || !isJsonObject(data)) return undefined;
  const root = ownReader(key)(data);
  const cursor = isJsonObject(root) ? ownReader(resumes.cursorKey)(root) : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}
