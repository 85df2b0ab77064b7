import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePorts } from '../../../cli/start/freePorts.js';
import { Engine } from '../../../gateway/engine.js';
import { HUB_URL } from '../../../gateway/registry/hubSubgraph.js';
import {
  SupergraphRegistry,
  type SubgraphEndpoint,
} from '../../../gateway/registry/supergraphRegistry.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const accounts = `${LINK}
  type Account @key(fields: "id") { id: ID!  venueAccountIds: [ID!]! }
  type Query { account: Account }`;
const margin = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
  type VenueAccount @interfaceObject @key(fields: "id") { id: ID!  margin: String }`;
const venue = (name: string, more = '') => `${LINK}
  interface VenueAccount { id: ID!  equity: String }
  type ${name}Account implements VenueAccount @key(fields: "id") { id: ID!  equity: String }
  type Query { ${name.toLowerCase()}: String ${more} }`;
const QUERY = '{ account { venueAccounts { id venue { name } equity } } }';

describe('a venue that comes late', () => {
  const running: RunningSubgraph[] = [];
  let ports: number[];
  let registry: SupergraphRegistry;
  let engine: Engine;

  const start = async (port: number, typeDefs: string, resolvers: object) => {
    running.push(
      await startSubgraph({ typeDefs, resolvers: { ...resolvers }, port, context: () => ({}) }),
    );
  };
  const equityOf = (equity: string) => ({
    __resolveReference: ({ id }: { id: string }) => ({ id, equity }),
  });
  const ask = () =>
    engine.execute({ query: QUERY, operationName: null, variables: {} }, { headers: {} });

  beforeAll(async () => {
    ports = await freePorts(5);
    const [first = 0, okx = 0, bybit = 0, rogue = 0, last = 0] = ports;
    const url = (port: number) => `http://127.0.0.1:${port}/graphql`;
    const endpoints: SubgraphEndpoint[] = [
      { name: 'accounts', url: url(first) },
      { name: 'margin', url: url(last) },
      { name: 'okx', url: url(okx), venue: { slug: 'okx', name: 'OKX' } },
      { name: 'bybit', url: url(bybit), venue: { slug: 'bybit', name: 'Bybit' } },
      { name: 'rogue', url: url(rogue), venue: { slug: 'rogue', name: 'Rogue' } },
    ];
    await start(first, accounts, {
      Query: { account: () => ({ id: 'a', venueAccountIds: ['bybit:2', 'okx:1'] }) },
    });
    await start(last, margin, { VenueAccount: { margin: () => null } });
    await start(okx, venue('Okx'), { OkxAccount: equityOf('1') });
    // Two subgraphs may not both own Query.account: this one must stay out, alone.
    await start(rogue, venue('Rogue', 'account: Int'), {});
    registry = new SupergraphRegistry({
      endpoints,
      activate: (supergraphSdl) => engine.swap(supergraphSdl),
      log: pino({ enabled: false }),
      venueWaitMs: 300,
    });
    engine = new Engine({
      local: new Map([[HUB_URL, () => registry.hubSchema]]),
      timeoutMs: 2_000,
    });
    await registry.start();
  });

  afterAll(async () => {
    registry.stop();
    await engine.close();
    await Promise.all(running.map((subgraph) => subgraph.close()));
  });

  it('is missed by name, and joins the running graph when it answers', async () => {
    const okx = { id: 'okx:1', venue: { name: 'OKX' }, equity: '1' };
    const before = await ask();
    expect(JSON.parse(JSON.stringify(before.data))).toEqual({
      account: { venueAccounts: [null, okx] },
    });
    expect(before.errors).toMatchObject([
      { extensions: { code: 'VENUE_UNAVAILABLE', venue: 'bybit' } },
    ]);

    await start(ports[2] ?? 0, venue('Bybit'), { BybitAccount: equityOf('2') });

    await vi.waitFor(
      async () => {
        const { data, errors } = await ask();
        expect(errors).toBeUndefined();
        expect(JSON.parse(JSON.stringify(data))).toEqual({
          account: {
            venueAccounts: [{ id: 'bybit:2', venue: { name: 'Bybit' }, equity: '2' }, okx],
          },
        });
      },
      { timeout: 10_000 },
    );
  });

  it('leaves out a venue that takes what is another subgraph’s', () => {
    expect(engine.schema.getType('OkxAccount')).toBeDefined();
    expect(engine.schema.getType('RogueAccount')).toBeUndefined();
  });
});
