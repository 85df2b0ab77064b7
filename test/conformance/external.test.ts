import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const owner = {
  name: 'owner',
  typeDefs: `
    type User @key(fields: "id") { id: ID! name: String nick: String friend: User }
    type Query { me: User }
  `,
  resolvers: {
    Query: { me: () => ({ id: 'u1' }) },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => `owner says ${id}`,
      nick: () => 'nick',
      friend: () => ({ id: 'u2' }),
    },
  },
};

/** Declares `name` external, and would answer wrongly if it were asked. */
const guest = {
  name: 'guest',
  typeDefs: `
    type User @key(fields: "id") {
      id: ID!
      name: String @external
      greeting: String @requires(fields: "name")
      visits: Int
    }
    type Query { visitor: User }
  `,
  resolvers: {
    Query: { visitor: () => ({ id: 'u9', name: 'guest must not say' }) },
    User: {
      __resolveReference: (told: object) => told,
      greeting: ({ name }: { name?: string }) => `Hello, ${name ?? 'nobody'}`,
      visits: () => 3,
    },
  },
};

/** In the style of Federation 1: it extends a type of another, and its key is external. */
const old = {
  name: 'old',
  typeDefs: `
    extend type User @key(fields: "id") { id: ID! @external  score: Int }
    type Query { top: [User!] }
  `,
  resolvers: {
    Query: { top: () => [{ id: 'u5', score: 50 }] },
    User: { score: ({ id }: { id: string }) => Number(id.slice(1)) * 10 },
  },
};

describe('an external field', () => {
  const graph = servedGraph(owner, guest, old);

  it('comes from its owner, though the subgraph at hand declares it', async () => {
    expect(await graph.ask('{ visitor { name visits } }')).toEqual({
      data: { visitor: { name: 'owner says u9', visits: 3 } },
    });
    expect(graph.asked).toEqual(['guest', 'owner']);
  });

  it('serves another field of its subgraph that requires it', async () => {
    expect(await graph.ask('{ me { friend { greeting } } }')).toEqual({
      data: { me: { friend: { greeting: 'Hello, owner says u2' } } },
    });
  });

  it('is fetched first where the subgraph at hand requires it of another', async () => {
    expect(await graph.ask('{ visitor { greeting } }')).toEqual({
      data: { visitor: { greeting: 'Hello, owner says u9' } },
    });
    expect(graph.asked).toEqual(['guest', 'owner', 'guest']);
  });

  it('may be the key of a type that a subgraph only extends', async () => {
    expect(await graph.ask('{ top { id score nick } me { score } }')).toEqual({
      data: { top: [{ id: 'u5', score: 50, nick: 'nick' }], me: { score: 10 } },
    });
  });
});

describe('composition', () => {
  it('refuses an external field that nobody owns', () => {
    const alone = {
      name: 'alone',
      typeDefs: `type A @key(fields: "id") { id: ID! b: Int @external c: Int @requires(fields: "b") }
                 type Query { a: A }`,
    };

    expect(() => composed(alone)).toThrow(/b/);
  });

  it('refuses an external field of another type than its owner gives it', () => {
    const wrong = {
      name: 'wrong',
      typeDefs: `type User @key(fields: "id") {
        id: ID! name: Int @external  long: Int @requires(fields: "name")
      }`,
    };

    expect(() => composed(owner, wrong)).toThrow(/User\.name/);
  });
});
