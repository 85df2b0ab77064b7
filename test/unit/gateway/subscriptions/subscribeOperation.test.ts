import { describe, expect, it, vi } from 'vitest';
import { Generation } from '../../../../gateway/planning/generation.js';
import { composeSupergraph } from '../../../../gateway/registry/composeSupergraph.js';
import { subscribeOperation } from '../../../../gateway/subscriptions/subscribeOperation.js';
import { EventQueue } from '../../../../gateway/upstream/eventQueue.js';
import type { SubgraphResponse } from '../../../../gateway/upstream/subgraphResponse.js';
import type {
  SubscriptionRequest,
  UpstreamContext,
} from '../../../../gateway/upstream/upstream.js';

const typeDefs = `
  type Query { a: Int }
  type Subscription { count(of: ID): Int }
`;

/** A subgraph whose events the test pushes. */
function scripted() {
  const released = vi.fn();
  const source = new EventQueue<SubgraphResponse>(1_000, released);
  const asked: (SubscriptionRequest & UpstreamContext)[] = [];
  const generation = new Generation({
    supergraphSdl: composeSupergraph([{ name: 'counter', url: 'http://counter', typeDefs }]),
    upstreams: new Map([
      [
        'counter',
        {
          request: () => Promise.resolve({ data: null }),
          subscribe: (request, context) => {
            asked.push({ ...request, ...context });
            return source;
          },
          close: () => Promise.resolve(),
        },
      ],
    ]),
  });
  return { generation, source, asked, released };
}

async function prepared(generation: Generation, query: string) {
  const operation = await generation.prepare(query);
  if ('errors' in operation || operation.kind !== 'subscription')
    throw new Error('No subscription.');
  return operation;
}

const count = (value: number) => ({ data: { count: value } });

describe('subscribeOperation', () => {
  it('asks the subgraph with the variables that it uses', async () => {
    const { generation, source, asked } = scripted();
    const operation = await prepared(generation, 'subscription ($id: ID) { count(of: $id) }');
    const results = subscribeOperation(operation, { id: 7 }, () => ({ who: 'me' }));
    source.push(count(1));

    expect((await results.next()).value).toEqual(count(1));
    await results.return?.();
    await subscribeOperation(operation, {}, () => ({})).next();
    expect(asked.map(({ variables }) => variables)).toStrictEqual([{ id: '7' }, {}]);
    expect(asked[0]?.headers).toEqual({ who: 'me' });
  });

  it('ends with SLOW_CONSUMER and lets go when too many events wait to be read', async () => {
    const { generation, source, released } = scripted();
    const operation = await prepared(generation, 'subscription { count }');
    const results = subscribeOperation(operation, {}, () => ({}), 3);
    source.push(count(0));
    expect((await results.next()).value).toEqual(count(0));

    for (let value = 1; value <= 5; value += 1) source.push(count(value));
    await vi.waitFor(() => expect(released).toHaveBeenCalled());

    expect((await results.next()).value).toMatchObject({
      errors: [
        {
          message: 'More than 3 events wait to be read: subscribe again from the last one.',
          extensions: { code: 'SLOW_CONSUMER' },
        },
      ],
    });
    expect(await results.next()).toEqual({ value: undefined, done: true });
  });

  it('does not begin when its reader has left before it could', async () => {
    const { generation, asked } = scripted();
    const operation = await prepared(generation, 'subscription { count }');
    const results = subscribeOperation(operation, {}, () => ({}));

    await results.return?.();

    expect(await results.next()).toEqual({ value: undefined, done: true });
    expect(asked).toEqual([]);
  });

  it('ends with an error when it cannot even be asked for', async () => {
    const { generation } = scripted();
    const operation = await prepared(generation, 'subscription { count }');
    const results = subscribeOperation(operation, {}, () => {
      throw new Error('secret');
    });

    expect((await results.next()).value).toMatchObject({
      errors: [{ message: 'The subgraph "counter" could not be asked.' }],
    });
    expect(await results.next()).toEqual({ value: undefined, done: true });
  });

  it('passes on an event that failed as a whole, and goes on', async () => {
    const { generation, source } = scripted();
    const operation = await prepared(generation, 'subscription { count }');
    const results = subscribeOperation(operation, {}, () => ({}));
    source.push({ data: null, errors: [{ message: 'Not now.', path: ['count'] }] });
    source.push(count(2));

    expect([(await results.next()).value, (await results.next()).value]).toMatchObject([
      { data: { count: null }, errors: [{ message: 'Not now.', path: ['count'] }] },
      count(2),
    ]);
    await results.return?.();
  });
});
