/**
 * Four subgraphs that every gateway composes: who owns an account, what two venues hold of it, and
 * what prices say. Made up by rules, so that all answers are known and none ever changes.
 */

import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';

export interface BenchSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: GraphQLResolverMap<unknown>;
}

interface Reference {
  readonly id: string;
}

const FEDERATION = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n`;

const ASSETS = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE'];
const POSITIONS = 3;

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The decimal digits in an id: `alpha-17` → 17. */
const numberOf = (id: string) => Number(/\d+/.exec(id)?.[0] ?? 0);

const amount = (number: number, scale: number) => ((number * 7_919 + 13) / scale).toFixed(6);

const account = (number: number) => ({
  id: String(number),
  owner: { name: `Owner ${number}`, country: number % 2 ? 'CH' : 'SG' },
  venueAccounts: ['Alpha', 'Beta'].map((venue) => ({
    __typename: `${venue}Account`,
    id: `${venue.toLowerCase()}-${number}`,
    venue: { name: venue },
  })),
});

const accounts: BenchSubgraph = {
  name: 'accounts',
  typeDefs: `${FEDERATION}
    type Query { account(id: ID!): Account  accounts(ids: [ID!]!): [Account!]! }
    type Account @key(fields: "id") { id: ID!  owner: Owner!  venueAccounts: [VenueAccount!]! }
    type Owner { name: String!  country: String! }
    type Venue { name: String! }
    interface VenueAccount { id: ID!  venue: Venue! }
    type AlphaAccount implements VenueAccount @key(fields: "id") { id: ID!  venue: Venue! }
    type BetaAccount implements VenueAccount @key(fields: "id") { id: ID!  venue: Venue! }`,
  resolvers: {
    Query: {
      account: (_root: unknown, { id }: Reference) => account(numberOf(id)),
      accounts: (_root: unknown, { ids }: { ids: string[] }) =>
        ids.map((id) => account(numberOf(id))),
    },
    Account: { __resolveReference: ({ id }: Reference) => account(numberOf(id)) },
  },
};

/** A venue's fields are its own type's, and so is what else it knows. */
function venue(name: string, extra: string): BenchSubgraph {
  const book = ({ id }: Reference) => ({
    id,
    fundingRate: amount(numberOf(id), 1e9),
    insured: numberOf(id) % 2 === 0,
    positions: numbersTo(POSITIONS).map((index) => {
      const number = (numberOf(id) * POSITIONS + index) % INSTRUMENTS;
      return {
        size: amount(number, 1e4),
        entryPrice: amount(number, 1e2),
        instrument: { id: `i${number}` },
      };
    }),
    collateral: ASSETS.slice(0, 2).map((asset, index) => ({
      asset,
      quantity: amount(numberOf(id) + index, 1e3),
    })),
  });
  return {
    name: name.toLowerCase(),
    typeDefs: `${FEDERATION}
      interface VenueAccount { id: ID!  positions: [Position!]  collateral: [Balance!] }
      type ${name}Account implements VenueAccount @key(fields: "id") {
        id: ID!  positions: [Position!]  collateral: [Balance!]  ${extra}
      }
      type Position @shareable { size: String!  entryPrice: String!  instrument: Instrument! }
      type Balance @shareable { asset: String!  quantity: String! }
      type Instrument @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: { [`${name}Account`]: { __resolveReference: book } },
  };
}

const INSTRUMENTS = 500;

const instrument = (id: string) => ({
  id,
  symbol: `${ASSETS[numberOf(id) % ASSETS.length] ?? ''}-${numberOf(id)}`,
  markPrice: amount(numberOf(id), 1e2),
  indexPrice: amount(numberOf(id) + 1, 1e2),
  marketMaker: { id: String((numberOf(id) % 50) + 1) },
});

const margin: BenchSubgraph = {
  name: 'margin',
  typeDefs: `${FEDERATION}
    type Query { instruments(from: Int!): [Instrument!]! }
    type Account @key(fields: "id") { id: ID!  margin: Margin }
    type Margin {
      equity: String!  initialMargin: String!  maintenanceMargin: String!  marginRatio: String
      quality: Quality!
    }
    enum Quality { LIVE STALE }
    type Instrument @key(fields: "id") {
      id: ID!  symbol: String!  markPrice: String  indexPrice: String  marketMaker: Account
    }`,
  resolvers: {
    Query: {
      instruments: (_root: unknown, { from }: { from: number }) =>
        numbersTo(INSTRUMENTS).map((number) => instrument(`i${from + number}`)),
    },
    Account: {
      __resolveReference: ({ id }: Reference) => ({
        id,
        margin: {
          equity: amount(numberOf(id), 1),
          initialMargin: amount(numberOf(id), 3),
          maintenanceMargin: amount(numberOf(id), 5),
          marginRatio: '5.000000',
          quality: numberOf(id) % 3 ? 'LIVE' : 'STALE',
        },
      }),
    },
    Instrument: { __resolveReference: ({ id }: Reference) => instrument(id) },
  },
};

export const benchGraph: readonly BenchSubgraph[] = [
  accounts,
  venue('Alpha', 'fundingRate: String'),
  venue('Beta', 'insured: Boolean'),
  margin,
];
