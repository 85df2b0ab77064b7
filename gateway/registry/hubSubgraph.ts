/**
 * The hub: a subgraph inside the gateway, made from the venues that are in the graph. It owns which
 * venue accounts an account has, and is the only part that changes when a venue comes or goes.
 */

import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { slugOf, venueAccountType, type Venue } from './venue.js';

export const HUB = 'hub';
/** Its address in a supergraph: inside this process. */
export const HUB_URL = 'local:hub';

export interface HubSubgraph {
  readonly typeDefs: string;
  readonly schema: GraphQLSchema;
}

interface AccountReference {
  readonly id: string;
  /** Fetched from the accounts subgraph, by `@requires`; absent where that knows no such account. */
  readonly venueAccountIds?: readonly string[] | null;
}

interface VenueAccountReference {
  readonly id: string;
}

/**
 * `known` are the venues whose types are in the schema, `members` those that accounts list: a venue
 * is known before it becomes a member, and stops being a member before it is forgotten, so that no
 * answer names a type that the supergraph lacks.
 */
export function hubSubgraph(known: readonly Venue[], members: readonly Venue[]): HubSubgraph {
  const typeDefs = hubTypeDefs(known);
  const memberOf = new Map(members.map((venue) => [venue.slug, venue]));
  const venueTypes = Object.fromEntries(
    known.map((venue) => [
      venueAccountType(venue),
      { __resolveReference: (reference: VenueAccountReference) => ({ ...reference, venue }) },
    ]),
  );

  const venueAccount = (id: string) => {
    const venue = memberOf.get(slugOf(id));
    return venue ? { __typename: venueAccountType(venue), id, venue } : notInGraph(slugOf(id));
  };
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(typeDefs),
      resolvers: {
        Account: {
          __resolveReference: (reference: AccountReference) => reference,
          venueAccounts: ({ venueAccountIds }: AccountReference) =>
            venueAccountIds?.map(venueAccount) ?? null,
        },
        Venue: { id: ({ slug }: Venue) => slug },
        ...venueTypes,
      },
    },
  ]);
  return { typeDefs, schema };
}

/** In a list it nulls its own entry, and the rest of the list stands. */
const notInGraph = (venue: string) =>
  new GraphQLError(`Venue ${venue} is not in the graph now.`, {
    extensions: { code: 'VENUE_UNAVAILABLE', venue },
  });

const hubTypeDefs = (venues: readonly Venue[]) => `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])

"A place that trades and margins accounts."
type Venue {
  "Its slug, such as deribit."
  id: ID!
  "For people, such as Deribit."
  name: String!
}

"One holder's positions and collateral over all venues, margined together."
type Account @key(fields: "id") {
  "Opaque and stable."
  id: ID!
  "Ids of the venue accounts that belong to it."
  venueAccountIds: [ID!]! @external
  """
  Its accounts at the venues, in the order of their ids. An entry is null where the venue is not in
  the graph now, and errors say which (VENUE_UNAVAILABLE).
  """
  venueAccounts: [VenueAccount] @requires(fields: "venueAccountIds")
}

"An account at a venue. Each venue has one type of its own behind this interface."
interface VenueAccount @key(fields: "id") {
  "«slug»:«the venue's own account id», for example deribit:48213."
  id: ID!
  "Where it is."
  venue: Venue!
}
${venues.map(venueAccountTypeDefs).join('')}`;

const venueAccountTypeDefs = (venue: Venue) => `
"${venue.name}'s view of an account."
type ${venueAccountType(venue)} implements VenueAccount @key(fields: "id") {
  "«slug»:«the venue's own account id»."
  id: ID!
  "Where it is."
  venue: Venue!
}
`;
