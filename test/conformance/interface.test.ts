import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const staff = {
  name: 'staff',
  typeDefs: `
    interface Named { name: String! }
    interface Contact implements Named { name: String! mail: String }
    type Clerk implements Contact & Named @key(fields: "id") { id: ID! name: String! mail: String desk: Int }
    type Robot implements Named @key(fields: "id") { id: ID! name: String! version: Int }
    type Query { named: [Named!]! contact: Contact }
  `,
  resolvers: {
    Query: {
      named: () => [
        { __typename: 'Clerk', id: 'c', name: 'Ann', mail: 'a@x', desk: 4 },
        { __typename: 'Robot', id: 'r', name: 'R2', version: 2 },
      ],
      contact: () => ({ __typename: 'Clerk', id: 'c', name: 'Ann', mail: 'a@x', desk: 4 }),
    },
    Clerk: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ann', mail: 'a@x', desk: 4 }),
    },
    Robot: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'R2', version: 2 }) },
  },
};

/** Its `Named` has a field more, which types must then have somewhere. */
const payroll = {
  name: 'payroll',
  typeDefs: `
    interface Named { pay: Int }
    interface Costly { pay: Int }
    type Clerk implements Named & Costly @key(fields: "id") { id: ID! pay: Int }
    type Robot implements Named & Costly @key(fields: "id") { id: ID! pay: Int  oil: Int }
    type Query { costly: [Costly] }
  `,
  resolvers: {
    Query: {
      costly: () => [{ __typename: 'Robot', id: 'r' }, null, { __typename: 'Clerk', id: 'c' }],
    },
    Clerk: { __resolveReference: (one: object) => one, pay: () => 100 },
    Robot: { __resolveReference: (one: object) => one, pay: () => 1, oil: () => 7 },
  },
};

describe('an interface of several subgraphs', () => {
  const graph = servedGraph(staff, payroll);

  it('has the fields of all of them', async () => {
    expect(await graph.ask('{ named { name pay } }')).toEqual({
      data: {
        named: [
          { name: 'Ann', pay: 100 },
          { name: 'R2', pay: 1 },
        ],
      },
    });
  });

  it('gives fields of types beside its own', async () => {
    expect(
      await graph.ask(
        '{ named { __typename pay ... on Robot { version oil } ... on Clerk { desk } } }',
      ),
    ).toEqual({
      data: {
        named: [
          { __typename: 'Clerk', pay: 100, desk: 4 },
          { __typename: 'Robot', pay: 1, version: 2, oil: 7 },
        ],
      },
    });
  });

  it('is narrowed by another interface that one subgraph does not know', async () => {
    expect(
      await graph.ask('{ costly { pay ... on Contact { mail } ... on Named { name } } }'),
    ).toEqual({
      data: {
        costly: [{ pay: 1, name: 'R2' }, null, { pay: 100, mail: 'a@x', name: 'Ann' }],
      },
    });
  });

  it('that implements another is read as that one too', async () => {
    expect(
      await graph.ask('{ contact { ... on Named { name pay } mail ... on Costly { cost: pay } } }'),
    ).toEqual({ data: { contact: { name: 'Ann', pay: 100, mail: 'a@x', cost: 100 } } });
  });

  it('tells introspection all its types and interfaces', async () => {
    const { data } = await graph.ask(`{
      contact: __type(name: "Contact") { interfaces { name } fields { name } }
      named: __type(name: "Named") { possibleTypes { name } fields { name } }
    }`);

    expect(data).toMatchObject({
      contact: { interfaces: [{ name: 'Named' }] },
      named: { possibleTypes: [{ name: 'Clerk' }, { name: 'Robot' }] },
    });
  });
});

describe('composition', () => {
  it('refuses an interface field that a type has nowhere', () => {
    const other = {
      name: 'other',
      typeDefs:
        'interface Named { missing: Int } type Dummy implements Named { missing: Int name: String! } type Query { d: Dummy }',
    };

    expect(() => composed(staff, other)).toThrow(/missing/);
  });
});
