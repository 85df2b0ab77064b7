/** A subgraph inside this process, such as the hub. */

import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { EventQueue } from './eventQueue.js';
import { ParsedDocuments } from './parsedDocuments.js';
import { pumpEvents } from './pumpEvents.js';
import { subgraphResponse, type SubgraphResponse } from './subgraphResponse.js';
import type { SubscriptionRequest, Upstream } from './upstream.js';

const QUEUED_EVENTS_MAX = 1_000;

type Prepared = ExecutionArgs | Pick<Required<ExecutionResult>, 'errors'>;

/**
 * `currentSchema` is asked at every request and at every event of a subscription, so an event may
 * speak of types that the schema did not have when the subscription began.
 */
export function localUpstream(currentSchema: () => GraphQLSchema): Upstream {
  const documents = new ParsedDocuments();
  const open = new Set<EventQueue<SubgraphResponse>>();

  const prepare = ({ query, operationName, variables }: SubscriptionRequest): Prepared => {
    const schema = currentSchema();
    const document = documents.get(schema, query);
    if ('errors' in document) return document;
    return { schema, document, operationName, variableValues: variables };
  };

  const answer = async (request: SubscriptionRequest, rootValue?: unknown) => {
    const prepared = prepare(request);
    if ('errors' in prepared) return asResponse(prepared);
    return asResponse(await execute({ ...prepared, rootValue }));
  };

  const subscribe = (request: SubscriptionRequest) => {
    const source = eventSource(prepare(request));
    const events = new EventQueue<SubgraphResponse>(QUEUED_EVENTS_MAX, () => {
      open.delete(events);
      source.then(
        (stream) => ('next' in stream ? stream.return?.() : undefined),
        () => undefined, // Has failed the queue already.
      );
    });
    open.add(events);
    void feed(events, source, (event) => answer(request, event));
    return events;
  };

  return {
    request: (body) => answer(JSON.parse(body) as SubscriptionRequest),
    subscribe,
    close: async () => {
      await Promise.all([...open].map((events) => events.return()));
    },
  };
}

type EventSource = AsyncIterator<unknown> | ExecutionResult;

async function eventSource(prepared: Prepared): Promise<EventSource> {
  if ('errors' in prepared) return prepared;
  const source = await createSourceEventStream(prepared);
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source;
}

async function feed(
  events: EventQueue<SubgraphResponse>,
  pending: Promise<EventSource>,
  answer: (event: unknown) => Promise<SubgraphResponse>,
): Promise<void> {
  try {
    const source = await pending;
    if ('next' in source) {
      await pumpEvents(source, events, answer);
    } else {
      events.push(asResponse(source));
      events.complete();
    }
  } catch (error) {
    events.fail(error as Error);
  }
}

const asResponse = (result: ExecutionResult): SubgraphResponse =>
  subgraphResponse(result) ?? { data: null };
