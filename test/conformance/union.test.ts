import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const cat = { __typename: 'Cat', id: 'c', name: 'Tom', lives: 9 };
const dog = { __typename: 'Dog', id: 'd', name: 'Rex', tricks: ['sit', 'roll'] };

const pets = {
  name: 'pets',
  typeDefs: `
    type Cat @key(fields: "id") { id: ID! name: String! lives: Int }
    type Dog @key(fields: "id") { id: ID! name: String tricks: [String!] }
    union Pet = Cat | Dog
    type Query { pets: [Pet] pet(id: ID!): Pet }
  `,
  resolvers: {
    Query: {
      pets: () => [cat, null, dog],
      pet: (_root: unknown, { id }: { id: string }) => [cat, dog].find((one) => one.id === id),
    },
    Cat: { __resolveReference: () => cat },
    Dog: { __resolveReference: () => dog },
  },
};

/** Its union of the same name has a member that the other one has not, and lacks one. */
const shop = {
  name: 'shop',
  typeDefs: `
    type Cat @key(fields: "id") { id: ID! price: Int }
    type Bowl { size: Int! }
    union Pet = Cat | Bowl
    union Ware = Bowl | Cat
    type Offer { of: Pet ware: Ware }
    type Query { offers: [Offer!]! }
  `,
  resolvers: {
    Query: {
      offers: () => [
        { of: { __typename: 'Cat', id: 'c' }, ware: { __typename: 'Bowl', size: 2 } },
        { of: { __typename: 'Bowl', size: 3 }, ware: { __typename: 'Cat', id: 'c' } },
      ],
    },
    Cat: { __resolveReference: ({ id }: { id: string }) => ({ id }), price: () => 50 },
  },
};

describe('a union', () => {
  const graph = servedGraph(pets, shop);

  it('gives each member the fields of its own type, from several subgraphs', async () => {
    expect(
      await graph.ask('{ pets { __typename ... on Cat { lives price } ... on Dog { tricks } } }'),
    ).toEqual({
      data: {
        pets: [
          { __typename: 'Cat', lives: 9, price: 50 },
          null,
          { __typename: 'Dog', tricks: ['sit', 'roll'] },
        ],
      },
    });
  });

  it('gives an empty object of a member that no fragment speaks of', async () => {
    expect(await graph.ask('{ pets { ... on Dog { name } } }')).toEqual({
      data: { pets: [{}, null, { name: 'Rex' }] },
    });
  });

  it('has the members of all subgraphs', async () => {
    const { data } = await graph.ask('{ __type(name: "Pet") { possibleTypes { name } } }');

    expect(data?.['__type']).toEqual({
      possibleTypes: expect.arrayContaining([
        { name: 'Cat' },
        { name: 'Dog' },
        { name: 'Bowl' },
      ]) as unknown,
    });
  });

  it('may be asked for members that the subgraph at hand has not', async () => {
    expect(
      await graph.ask(`{
        offers { of { ... on Dog { called: name } ... on Bowl { size } ... on Cat { name } } }
        pet(id: "d") { ... on Bowl { size } ... on Dog { name } }
      }`),
    ).toEqual({
      data: { offers: [{ of: { name: 'Tom' } }, { of: { size: 3 } }], pet: { name: 'Rex' } },
    });
  });

  it('asked only for members that the subgraph at hand has not gives empty objects', async () => {
    expect(await graph.ask('{ offers { of { ... on Dog { name } } } }')).toEqual({
      data: { offers: [{ of: {} }, { of: {} }] },
    });
  });

  it('overlaps with another in fragments', async () => {
    expect(
      await graph.ask('{ offers { ware { ... on Pet { ... on Cat { name } __typename } } } }'),
    ).toEqual({
      data: {
        offers: [{ ware: { __typename: 'Bowl' } }, { ware: { name: 'Tom', __typename: 'Cat' } }],
      },
    });
  });

  it('lets one key stand for different fields of its members', async () => {
    expect(
      await graph.ask('{ pets { ... on Cat { number: lives } ... on Dog { words: tricks id } } }'),
    ).toEqual({ data: { pets: [{ number: 9 }, null, { words: ['sit', 'roll'], id: 'd' }] } });
    expect(
      await graph.ask('{ offers { of { ... on Cat { amount: price } ... on Bowl { size } } } }'),
    ).toEqual({ data: { offers: [{ of: { amount: 50 } }, { of: { size: 3 } }] } });
  });
});
