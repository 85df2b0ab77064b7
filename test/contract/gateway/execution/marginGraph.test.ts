import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { parse } from 'graphql';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { executeOperation } from '../../../../gateway/execution/executeOperation.js';
import { Generation } from '../../../../gateway/planning/generation.js';
import { composeSupergraph } from '../../../../gateway/registry/composeSupergraph.js';
import { HUB, hubSubgraph } from '../../../../gateway/registry/hubSubgraph.js';
import { venueAccountType, type Venue } from '../../../../gateway/registry/venue.js';
import { httpUpstream } from '../../../../gateway/upstream/httpUpstream.js';
import { localUpstream } from '../../../../gateway/upstream/localUpstream.js';
import type { Upstream } from '../../../../gateway/upstream/upstream.js';
import { graphSubgraphs, VENUES } from '../../../support/graphSubgraphs.js';
import {
  asClientReads,
  recordingUpstream,
  type SubgraphRequest,
} from '../../../support/federation.js';

interface Reference {
  id: string;
}

const accountIds = Array.from({ length: 10 }, (_, index) => `a${index}`);

/** Every account has one venue account at each venue, and `deribit:a3` belongs to `a3`. */
const resolversOf: Record<string, GraphQLResolverMap<unknown>> = {
  accounts: {
    Query: {
      account: (_root: unknown, { id }: Reference) => ({ id }),
      accounts: () => ({ nodes: accountIds.map((id) => ({ id })) }),
    },
    Account: {
      name: ({ id }: Reference) => `Account ${id}`,
      venueAccountIds: ({ id }: Reference) => VENUES.map(({ slug }) => `${slug}:${id}`),
    },
  },
  oracle: {
    Instrument: { price: ({ id }: Reference) => ({ instrumentId: id, price: '61000' }) },
  },
  margin: {
    Account: { margin: () => ({ equity: '100', venues: [] }) },
    VenueAccount: { margin: ({ id }: Reference) => ({ venueAccountId: id, equity: '33.3' }) },
  },
  ...Object.fromEntries(VENUES.map((venue) => [venue.slug, venueResolvers(venue)])),
};

function venueResolvers(venue: Venue): GraphQLResolverMap<unknown> {
  const instrument = { id: `${venue.slug}:BTC-PERP`, symbol: 'BTC-PERP' };
  return {
    [venueAccountType(venue)]: {
      positions: () => [
        { size: '1.5', instrument },
        { size: '-0.5', instrument },
      ],
    },
  };
}

const hub = hubSubgraph(VENUES, VENUES);
const requests: SubgraphRequest[] = [];

/** Nobody listens on port 1. */
const down = httpUpstream({ url: 'http://127.0.0.1:1/graphql', timeoutMs: 500 });

function generation(outage?: string): Generation {
  const subgraphs = graphSubgraphs();
  const upstreamOf = (name: string, typeDefs: string): Upstream => {
    if (name === outage) return down;
    const schema =
      name === HUB
        ? hub.schema
        : buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolversOf[name] ?? {} }]);
    return localUpstream(() => schema);
  };
  return new Generation({
    supergraphSdl: composeSupergraph(subgraphs),
    upstreams: new Map(
      subgraphs.map(({ name, typeDefs }) => [
        name,
        recordingUpstream(name, upstreamOf(name, typeDefs), requests),
      ]),
    ),
    venueOf: (service) => VENUES.find(({ slug }) => slug === service)?.slug,
  });
}

async function execute(on: Generation, query: string) {
  const prepared = on.prepare(query);
  if ('errors' in prepared) return asClientReads(prepared);
  if (prepared.kind === 'subscription') throw new Error('This is a subscription.');
  return asClientReads(await executeOperation(prepared, {}, { headers: {} }));
}

const positions = (slug: string) =>
  ['1.5', '-0.5'].map((size) => ({
    size,
    instrument: { id: `${slug}:BTC-PERP`, price: { price: '61000' } },
  }));

const query = `{
  account(id: "a3") {
    name
    venueAccounts {
      id
      __typename
      venue { name }
      positions { size instrument { id price { price } } }
      margin { equity }
    }
    margin { equity }
  }
}`;

const expectedVenueAccount = (venue: Venue) => ({
  id: `${venue.slug}:a3`,
  __typename: venueAccountType(venue),
  venue: { name: venue.name },
  positions: positions(venue.slug),
  margin: { equity: '33.3' },
});

describe('the account graph', () => {
  beforeEach(() => void requests.splice(0));
  afterAll(() => down.close());

  it('answers one account over all venues, prices and margin in one operation', async () => {
    expect(await execute(generation(), query)).toEqual({
      data: {
        account: {
          name: 'Account a3',
          venueAccounts: VENUES.map(expectedVenueAccount),
          margin: { equity: '100' },
        },
      },
    });
  });

  it('asks each subgraph about entities once for a list of accounts', async () => {
    const result = await execute(
      generation(),
      `{ accounts { nodes { name venueAccounts { positions { size } } margin { equity } } } }`,
    );

    expect(result.errors).toBeUndefined();
    expect(requests.map(({ service }) => service).sort()).toEqual(
      ['accounts', 'bybit', 'deribit', 'hub', 'margin', 'okx'].sort(),
    );
    const asked = requests.flatMap(({ variables }) => {
      const { representations } = variables;
      return Array.isArray(representations) ? [representations.length] : [];
    });
    // Ten accounts to the hub, to margin, and to each of three venues.
    expect(asked).toEqual([10, 10, 10, 10, 10]);
  });

  it('loses only what a venue says itself when that venue is down', async () => {
    const { data, errors } = await execute(generation('okx'), query);

    const withoutPositions = (venue: Venue) =>
      venue.slug === 'okx'
        ? { ...expectedVenueAccount(venue), positions: null }
        : expectedVenueAccount(venue);
    expect(data?.['account']).toEqual({
      name: 'Account a3',
      venueAccounts: VENUES.map(withoutPositions),
      margin: { equity: '100' },
    });
    expect(errors).toEqual([
      {
        message: 'The subgraph "okx" cannot be reached.',
        path: ['account', 'venueAccounts', 1],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'okx', venue: 'okx' },
      },
    ]);
  });

  it('loses only margin when margin is down', async () => {
    const { data, errors } = await execute(generation('margin'), query);

    expect(data?.['account']).toEqual({
      name: 'Account a3',
      venueAccounts: VENUES.map((venue) => ({ ...expectedVenueAccount(venue), margin: null })),
      margin: null,
    });
    expect(errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual(
      [['account'], ['account', 'venueAccounts']].map((path) => ({
        path,
        code: 'SUBGRAPH_UNAVAILABLE',
        service: 'margin',
      })),
    );
  });
});
