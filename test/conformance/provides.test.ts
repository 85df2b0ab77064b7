import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const people = {
  name: 'people',
  typeDefs: `
    type User @key(fields: "id") { id: ID! name: String @shareable address: Address age: Int }
    type Address { street: String @shareable city: String @shareable }
    interface Media { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String @shareable pages: Int }
    type Film implements Media @key(fields: "id") { id: ID! title: String @shareable }
    type Query { user: User }
  `,
  resolvers: {
    Query: { user: () => ({ id: 'u1', name: 'from people', age: 30, address: { city: 'Bern' } }) },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        name: 'from people',
        age: 30,
        address: { street: 'Gasse', city: 'Bern' },
      }),
    },
    Book: {
      __resolveReference: ({ id }: { id: string }) => ({ id, title: 'from people', pages: 9 }),
    },
    Film: { __resolveReference: ({ id }: { id: string }) => ({ id, title: 'from people' }) },
  },
};

/** Knows the author's name below `reviews`, and nowhere else. */
const reviews = {
  name: 'reviews',
  typeDefs: `
    type User @key(fields: "id") { id: ID! name: String @external address: Address @external }
    type Address { city: String @external }
    interface Media { id: ID! }
    type Book implements Media @key(fields: "id") { id: ID! title: String @external }
    type Film implements Media @key(fields: "id") { id: ID! }
    type Review {
      text: String
      author: User @provides(fields: "name")
      editor: User
      printer: User @provides(fields: "address { city }")
      about: Media @provides(fields: "... on Book { title }")
    }
    type Query { reviews: [Review!] }
  `,
  resolvers: {
    Query: { reviews: () => [{ text: 'Good' }] },
    Review: {
      author: () => ({ id: 'u1', name: 'from reviews' }),
      editor: () => ({ id: 'u1', name: 'must not be seen' }),
      printer: () => ({ id: 'u1', address: { city: 'as printed' } }),
      about: () => ({ __typename: 'Book', id: 'b1', title: 'from reviews' }),
    },
  },
};

describe('a field with @provides', () => {
  const graph = servedGraph(people, reviews);

  it('gives what it provides without another request', async () => {
    expect(await graph.ask('{ reviews { author { name } } }')).toEqual({
      data: { reviews: [{ author: { name: 'from reviews' } }] },
    });
    expect(graph.asked).toEqual(['reviews']);
  });

  it('leaves what it does not provide to the owner', async () => {
    expect(await graph.ask('{ reviews { author { name age } } }')).toEqual({
      data: { reviews: [{ author: { name: 'from reviews', age: 30 } }] },
    });
    expect(graph.asked).toEqual(['reviews', 'people']);
  });

  it('provides on its own path only', async () => {
    expect(await graph.ask('{ reviews { editor { name } author { name } } }')).toEqual({
      data: { reviews: [{ editor: { name: 'from people' }, author: { name: 'from reviews' } }] },
    });
  });

  it('provides nested fields', async () => {
    expect(await graph.ask('{ reviews { printer { address { city } } } }')).toEqual({
      data: { reviews: [{ printer: { address: { city: 'as printed' } } }] },
    });
    expect(graph.asked).toEqual(['reviews']);
  });

  it('provides fields under an alias, and through a fragment', async () => {
    expect(
      await graph.ask(
        '{ reviews { author { ...Named called: name } } } fragment Named on User { name }',
      ),
    ).toEqual({
      data: { reviews: [{ author: { name: 'from reviews', called: 'from reviews' } }] },
    });
    expect(graph.asked).toEqual(['reviews']);
  });

  it('provides fields of one type behind an interface', async () => {
    expect(await graph.ask('{ reviews { about { ... on Book { title } } } }')).toEqual({
      data: { reviews: [{ about: { title: 'from reviews' } }] },
    });
    expect(graph.asked).toEqual(['reviews']);
  });
});

describe('composition', () => {
  it('refuses @provides of a field that is not external', () => {
    const one = {
      name: 'one',
      typeDefs: `type A @key(fields: "id") { id: ID! b: Int }
                 type Query { a: A @provides(fields: "b") }`,
    };

    expect(() => composed(one)).toThrow(/b/);
  });
});
