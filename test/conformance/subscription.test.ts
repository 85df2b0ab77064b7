import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const events = async function* (...values: readonly object[]) {
  for (const value of values) yield await Promise.resolve(value);
};

const news = {
  name: 'news',
  typeDefs: `
    interface Item { id: ID! }
    type Post implements Item @key(fields: "id") { id: ID! title: String }
    type Photo implements Item @key(fields: "id") { id: ID! width: Int }
    union Found = Post | Photo
    type Query { post: Post }
    type Subscription {
      posted(first: Int! = 2, tags: [String!]): Post
      item: Item!
      found: [Found]
      count: Int!
    }
  `,
  resolvers: {
    Post: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `T${id}` }) },
    Subscription: {
      posted: {
        subscribe: (_root: unknown, { first, tags }: { first: number; tags?: string[] }) =>
          events(
            ...Array.from({ length: first }, (_, id) => ({
              posted: { id: String(id), title: tags?.join() ?? `T${id}` },
            })),
          ),
      },
      item: {
        subscribe: () =>
          events(
            { item: { __typename: 'Post', id: '1', title: 'T1' } },
            { item: { __typename: 'Photo', id: '2', width: 3 } },
          ),
      },
      found: {
        subscribe: () =>
          events({
            found: [
              { __typename: 'Photo', id: '2', width: 3 },
              null,
              { __typename: 'Post', id: '1' },
            ],
          }),
      },
      count: { subscribe: () => events({ count: 1 }, { count: null }) },
    },
  },
};

const likes = {
  name: 'likes',
  typeDefs: `
    type Post @key(fields: "id") {
      id: ID! likes(by: String = "all"): String title: String @external
      loud: String @requires(fields: "title")
      strict: Int!
    }
  `,
  resolvers: {
    Post: {
      likes: ({ id }: { id: string }, { by }: { by: string }) => `${by} ${id}`,
      loud: ({ title }: { title: string }) => title.toUpperCase(),
      strict: ({ id }: { id: string }) => {
        if (id === '1') throw new GraphQLError('Refused.', { extensions: { code: 'FORBIDDEN' } });
        return 1;
      },
    },
  },
};

describe('a subscription', () => {
  const graph = servedGraph(news, likes);

  it('gives each event with fields of other subgraphs', async () => {
    expect(await graph.eventsOf('subscription { posted { title likes } }')).toEqual([
      { posted: { title: 'T0', likes: 'all 0' } },
      { posted: { title: 'T1', likes: 'all 1' } },
    ]);
    expect(graph.asked).toEqual(['likes', 'likes']);
  });

  it('gives fields that require fields of the event', async () => {
    expect(await graph.eventsOf('subscription { posted(first: 1) { loud } }')).toEqual([
      { posted: { loud: 'T0' } },
    ]);
  });

  it('takes variables, for its own arguments and for those further on', async () => {
    expect(
      await graph.eventsOf(
        'subscription ($first: Int = 1, $tags: [String!], $by: String) { posted(first: $first, tags: $tags) { title likes(by: $by) } }',
        { tags: ['a', 'b'], by: 'me' },
      ),
    ).toEqual([{ posted: { title: 'a,b', likes: 'me 0' } }]);
  });

  it('takes aliases and fragments, also such as are names of others', async () => {
    expect(
      await graph.eventsOf(
        'subscription { title: posted(first: 1) { ...P id: title } } fragment P on Post { title: likes loud kind: __typename }',
      ),
    ).toEqual([{ title: { title: 'all 0', loud: 'T0', kind: 'Post', id: 'T0' } }]);
  });

  it('gives interfaces and unions by type', async () => {
    expect(
      await graph.eventsOf(
        'subscription { item { id ... on Post { likes } ... on Photo { width } } }',
      ),
    ).toEqual([{ item: { id: '1', likes: 'all 1' } }, { item: { id: '2', width: 3 } }]);
    expect(
      await graph.eventsOf(
        'subscription { found { __typename ... on Post { likes } ... on Photo { width } } }',
      ),
    ).toEqual([
      { found: [{ __typename: 'Photo', width: 3 }, null, { __typename: 'Post', likes: 'all 1' }] },
    ]);
  });

  it('leaves out what @skip and @include leave out', async () => {
    const query =
      'subscription ($a: Boolean!) { posted(first: 1) { id likes @include(if: $a) title @skip(if: $a) } }';

    expect(await graph.eventsOf(query, { a: false })).toEqual([
      { posted: { id: '0', title: 'T0' } },
    ]);
    expect(graph.asked).toEqual([]);
    expect(await graph.eventsOf(query, { a: true })).toEqual([
      { posted: { id: '0', likes: 'all 0' } },
    ]);
  });

  it('gives an error with the event that it belongs to, and nulls as far as they go', async () => {
    await expect(graph.eventsOf('subscription { posted { id strict } }')).rejects.toThrow(
      /FORBIDDEN/,
    );
    await expect(graph.eventsOf('subscription { count }')).rejects.toThrow(/count/);
  });

  it('has one root field', async () => {
    await expect(graph.eventsOf('subscription { count item { id } }')).rejects.toThrow();
  });

  it('is not given over HTTP', async () => {
    const { errors } = await graph.ask('subscription { count }');

    expect(errors).toHaveLength(1);
  });
});
