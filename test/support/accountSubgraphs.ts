/** Two subgraphs whose second one the tests let fail in every way. */

import type { Resolvers, TestSubgraph } from './federation.js';

export const accountIds = ['1', '2', '3'];

export const accountsSubgraph: TestSubgraph = {
  name: 'accounts',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! name: String! strict: Strict }
    type Strict @key(fields: "id") { id: ID! }
    type Query { accounts: [Account]! account(id: ID!): Account }
  `,
  resolvers: {
    Query: {
      accounts: () => accountIds.map((id) => ({ id })),
      account: (_root: unknown, { id }: { id: string }) => ({ id }),
    },
    Account: { name: ({ id }: { id: string }) => `Account ${id}`, strict: () => ({ id: 's' }) },
  },
};

export const positionsSubgraph = (resolvers: Resolvers): TestSubgraph => ({
  name: 'positions',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! size: String cost(of: ID): Cost }
    type Cost { amount: Int! }
    type Strict @key(fields: "id") { id: ID! count: Int! }
    type Query { sizes: [String!] total: Int }
  `,
  resolvers,
  venue: 'okx',
});
