import { buildSchema, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { EventQueue } from '../../../../gateway/upstream/eventQueue.js';
import { localUpstream } from '../../../../gateway/upstream/localUpstream.js';

const context = { headers: {} };

/** A schema whose one field answers this, and whose subscription comes from this source. */
function schemaSaying(answer: string, source?: AsyncIterable<unknown>): GraphQLSchema {
  const said = { type: GraphQLString, resolve: () => answer };
  const subscribe = () => source ?? Promise.reject(new Error('There is nothing to hear.'));
  const heard = { type: GraphQLString, subscribe, resolve: () => answer };
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { said } }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: { heard } }),
  });
}

describe('localUpstream', () => {
  it('answers each request by the schema of that moment', async () => {
    let schema = schemaSaying('before');
    const upstream = localUpstream(() => schema);
    const body = JSON.stringify({
      query: 'query ($yes: Boolean!) { said @include(if: $yes) }',
      variables: { yes: true },
    });

    const before = await upstream.request(body, context);
    schema = schemaSaying('after');

    expect([before, await upstream.request(body, context)]).toEqual([
      { data: { said: 'before' } },
      { data: { said: 'after' } },
    ]);
  });

  it('answers with errors where the schema of that moment lacks a field', async () => {
    const upstream = localUpstream(() => buildSchema('type Query { other: String }'));

    expect(await upstream.request('{"query":"{ said }"}', context)).toMatchObject({
      data: null,
      errors: [{ message: 'Cannot query field "said" on type "Query".' }],
    });
  });

  it('answers each event by the schema of that moment', async () => {
    const source = new EventQueue<string>(10, vi.fn());
    let schema = schemaSaying('before', source);
    const upstream = localUpstream(() => schema);
    const events = upstream.subscribe({ query: 'subscription { heard }', variables: {} }, context);

    source.push('first');
    const first = await events.next();
    schema = schemaSaying('after');
    source.push('second');

    expect([first.value, (await events.next()).value]).toEqual([
      { data: { heard: 'before' } },
      { data: { heard: 'after' } },
    ]);
  });

  it('lets go of its source at once when the reader returns', async () => {
    const release = vi.fn();
    const source = new EventQueue<string>(10, release);
    const schema = schemaSaying('', source);
    const upstream = localUpstream(() => schema);
    const events = upstream.subscribe({ query: 'subscription { heard }', variables: {} }, context);
    const waiting = events.next();

    await events.return?.();

    expect(await waiting).toEqual({ value: undefined, done: true });
    await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(1));
  });

  it('reports why a subscription cannot begin as its one event', async () => {
    const schema = schemaSaying('');
    const upstream = localUpstream(() => schema);
    const events = upstream.subscribe({ query: 'subscription { heard }', variables: {} }, context);

    expect((await events.next()).value).toEqual({
      data: null,
      errors: [{ message: 'There is nothing to hear.', path: ['heard'], extensions: {} }],
    });
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });
});
