/**
 * Which subgraphs are in the graph: asks each for its SDL until it has answered, composes them, and
 * takes a venue that comes late into the running graph.
 */

import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { composeSupergraph, type SubgraphDefinition } from './composeSupergraph.js';
import { HUB, HUB_URL, hubSubgraph } from './hubSubgraph.js';
import type { CallSigner } from '../upstream/signing/callSigner.js';
import { subgraphSdl } from './subgraphSdl.js';
import type { Venue } from './venue.js';

export interface SubgraphEndpoint {
  readonly name: string;
  readonly url: string;
  /** Set when it is a venue: the graph then works without it. */
  readonly venue?: Venue;
}

export interface RegistryOptions {
  readonly endpoints: readonly SubgraphEndpoint[];
  /** Puts a supergraph into service; resolves when no request is left on the one before. */
  readonly activate: (supergraphSdl: string) => Promise<void>;
  /** Signs the question for their SDL; absent where subgraphs answer anybody. */
  readonly signer?: CallSigner | undefined;
  readonly log: Logger;
  /** How long the first supergraph waits for venues once all others have answered. */
  readonly venueWaitMs?: number;
}

interface Accepted {
  readonly accepted: readonly SubgraphEndpoint[];
  readonly supergraphSdl: string;
}

const SDL_TIMEOUT_MS = 2_000;
const RETRY_MS = 200;

export class SupergraphRegistry {
  readonly #options: RegistryOptions;
  readonly #stopped = new AbortController();
  readonly #definitions = new Map<SubgraphEndpoint, SubgraphDefinition>();
  #inGraph: readonly SubgraphEndpoint[] = [];
  #hub = hubSubgraph([], []);
  /** One activation after the other: each begins from what the one before left. */
  #activation: Promise<void> = Promise.resolve();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** The hub's schema as of now; it changes as venues come. */
  get hubSchema(): GraphQLSchema {
    return this.#hub.schema;
  }

  /**
   * Resolves when the first supergraph is in service: with every subgraph that is not a venue, and
   * the venues that answered in time. The rest join as they come. Rejects with CompositionError
   * when the subgraphs other than venues do not compose.
   */
  async start(): Promise<void> {
    const { endpoints, log, venueWaitMs = 5_000 } = this.#options;
    const asked = endpoints.map((endpoint) => ({ endpoint, answer: this.#ask(endpoint) }));
    const venues = asked.filter(({ endpoint }) => endpoint.venue);
    await Promise.all(asked.filter((one) => !venues.includes(one)).map(({ answer }) => answer));
    await Promise.race([
      Promise.all(venues.map(({ answer }) => answer)),
      new Promise((resolve) => setTimeout(resolve, venueWaitMs).unref()),
    ]);
    if (this.#stopped.signal.aborted) return;

    const late = venues.filter(({ endpoint }) => !this.#definitions.has(endpoint));
    await this.#add(endpoints.filter((endpoint) => this.#definitions.has(endpoint)));
    for (const { endpoint, answer } of late) {
      log.warn({ venue: endpoint.name }, 'venue does not answer; it joins when it does');
      void answer
        .then(() => this.#add([endpoint]))
        .catch((err: unknown) => log.error({ err, venue: endpoint.name }, 'venue left out'));
    }
  }

  /** Stops asking. What is in service stays. */
  stop(): void {
    this.#stopped.abort();
  }

  async #ask(endpoint: SubgraphEndpoint): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        const typeDefs = await subgraphSdl(
          endpoint.name,
          endpoint.url,
          SDL_TIMEOUT_MS,
          this.#options.signer,
        );
        this.#definitions.set(endpoint, { name: endpoint.name, url: endpoint.url, typeDefs });
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  #add(added: readonly SubgraphEndpoint[]): Promise<void> {
    const next = this.#activation.then(() => this.#activate(added));
    this.#activation = next.catch(() => undefined);
    return next;
  }

  /** The hub learns new types before the supergraph does, and lists new members after. */
  async #activate(added: readonly SubgraphEndpoint[]): Promise<void> {
    const { accepted, supergraphSdl } = this.#accept(added);
    if (accepted.length === this.#inGraph.length) return;
    this.#hub = hubSubgraph(venuesOf(accepted), venuesOf(this.#inGraph));
    await this.#options.activate(supergraphSdl);
    this.#hub = hubSubgraph(venuesOf(accepted), venuesOf(accepted));
    this.#inGraph = accepted;
    const subgraphs = accepted.map(({ name }) => name);
    this.#options.log.info({ subgraphs }, 'supergraph in service');
  }

  /** All that is added, if it fits; else the venues one by one, so that a misfit stays out alone. */
  #accept(added: readonly SubgraphEndpoint[]): Accepted {
    const all = [...this.#inGraph, ...added];
    try {
      return { accepted: all, supergraphSdl: this.#compose(all) };
    } catch (error) {
      if (!added.some(({ venue }) => venue)) throw error;
    }
    const core = all.filter((endpoint) => !endpoint.venue || this.#inGraph.includes(endpoint));
    let accepted: Accepted = { accepted: core, supergraphSdl: this.#compose(core) };
    for (const venue of added.filter((endpoint) => endpoint.venue)) {
      const candidate = [...accepted.accepted, venue];
      try {
        accepted = { accepted: candidate, supergraphSdl: this.#compose(candidate) };
      } catch (error) {
        const problem = (error as Error).message;
        this.#options.log.error({ venue: venue.name, problem }, 'venue refused');
      }
    }
    return accepted;
  }

  #compose(endpoints: readonly SubgraphEndpoint[]): string {
    const venues = venuesOf(endpoints);
    const definitions = endpoints.flatMap((endpoint) => this.#definitions.get(endpoint) ?? []);
    const hub = { name: HUB, url: HUB_URL, typeDefs: hubSubgraph(venues, venues).typeDefs };
    return composeSupergraph([...definitions, hub]);
  }
}

const venuesOf = (endpoints: readonly SubgraphEndpoint[]): Venue[] =>
  endpoints.flatMap(({ venue }) => venue ?? []);
