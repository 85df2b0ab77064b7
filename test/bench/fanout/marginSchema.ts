/** What both servers of the comparison serve: a margin of some twenty fields, about 900 bytes. */

export const typeDefs = `
  type Query { version: Int }
  type Subscription {
    "The state at once, and whenever it changes."
    margin(accountId: ID!): Margin!
    "The same, of which the gateway has not been told that every event is the whole state."
    updates(accountId: ID!): Margin!
  }
  type Margin {
    sentAt: String! accountId: ID! equity: String! initialMargin: String! maintenanceMargin: String!
    freeCollateral: String! marginRatio: String! quality: String! venues: [Venue!]!
  }
  type Venue {
    name: String! equity: String! initialMargin: String! maintenanceMargin: String! positions: Int!
    worst: Scenario!
  }
  type Scenario { underlying: String! move: String! loss: String! }
`;

export type MarginField = 'margin' | 'updates';

export const query = (field: MarginField) => `subscription ($id: ID!) { ${field}(accountId: $id) {
  sentAt accountId equity initialMargin maintenanceMargin freeCollateral marginRatio quality
  venues { name equity initialMargin maintenanceMargin positions worst { underlying move loss } }
} }`;

/** `sentAt` is of the clock that all processes of a machine share; 0 for the first state. */
export const marginAt = (accountId: string, sentAt: bigint) => ({
  sentAt: String(sentAt),
  accountId,
  equity: '1284301.55',
  initialMargin: '402118.20',
  maintenanceMargin: '281482.74',
  freeCollateral: '882183.35',
  marginRatio: '4.562629',
  quality: 'LIVE',
  venues: ['deribit', 'okx', 'bybit', 'derive'].map((name) => ({
    name,
    equity: '321075.38',
    initialMargin: '100529.55',
    maintenanceMargin: '70370.68',
    positions: 12,
    worst: { underlying: 'BTC', move: '-0.16', loss: '88213.49' },
  })),
});
