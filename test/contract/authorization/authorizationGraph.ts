/** The whole graph as it is delivered: the gateway over every subgraph, each taking signed calls only. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { vi } from 'vitest';
import { AuthenticationFailure } from '../../../gateway/admission/authentication/authenticationFailure.js';
import { UNMETERED } from '../../../gateway/admission/operationPolicy.js';
import { Engine } from '../../../gateway/engine.js';
import { HUB_URL } from '../../../gateway/registry/hubSubgraph.js';
import { SupergraphRegistry } from '../../../gateway/registry/supergraphRegistry.js';
import type { Venue } from '../../../gateway/registry/venue.js';
import { startServer } from '../../../gateway/server.js';
import { callSigning } from '../../../gateway/upstream/signing/callSigning.js';
import { startAccountsSubgraph } from '../../../subgraphs/accounts/accountsSubgraph.js';
import { startMarginSubgraph } from '../../../subgraphs/margin/marginSubgraph.js';
import { DemoSource } from '../../../subgraphs/oracle/demoSource.js';
import { PriceBoard } from '../../../subgraphs/oracle/priceBoard.js';
import { demoResolvers } from '../../../subgraphs/oracle/resolvers.js';
import { priceMover } from '../../../subgraphs/oracle/service.js';
import { startSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { price, quantity, ratio } from '../../../subgraphs/shared/units.js';
import type { VenueState } from '../../../subgraphs/venues/contract/venueState.js';
import { afterAnswer } from '../../../subgraphs/venues/kit/accountRecord.js';
import { UpdateLog } from '../../../subgraphs/venues/kit/updateLog.js';
import { venueSubgraph } from '../../../subgraphs/venues/kit/venueSubgraph.js';
import { smallMarket } from '../../support/demoMarket.js';
import { bearer, post } from '../../support/graphqlClient.js';
import { ManualClock } from '../../support/manualClock.js';
import { memoryAccountStore } from '../../support/memoryAccountStore.js';
import { MemoryPriceKeeper } from '../../support/memoryPriceKeeper.js';
import { gatewayKey, marginCaller, testVerifier } from '../../support/signedCalls.js';
import { MemoryArchitectures } from '../../unit/margin/memoryArchitectures.js';
import { MemoryStore } from '../../unit/margin/memoryStore.js';
import {
  ACCOUNTS,
  EVERYTHING,
  nameOf,
  ownerOf,
  ROLES,
  venueAccountId,
  type TestAccount,
} from './people.js';

export interface AuthorizationGraph {
  /** Of the gateway; a role asks as `Bearer «its name»`. */
  readonly url: string;
  readonly engine: Engine;
  /** What has been switched, refusals included. */
  readonly architectures: MemoryArchitectures;
  /** Changes every account at every venue. */
  changeVenues(): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const TIMEOUT_MS = 10_000;

const failTest = (error: unknown) => {
  throw error;
};

/** Resolves when the margin of every account is known. */
export async function startAuthorizationGraph(
  venues: readonly Venue[],
): Promise<AuthorizationGraph> {
  const clock = new ManualClock();
  const log = pino({ level: 'silent' });

  const accounts = await startAccounts(venues);
  const oracle = await startOracle(clock);
  const running = await Promise.all(venues.map((venue) => startVenue(venue, clock)));
  const architectures = new MemoryArchitectures();
  const margin = await startMarginSubgraph({
    port: 0,
    host: HOST,
    accountsUrl: accounts.url,
    oracleUrl: oracle.url,
    venues: running,
    store: new MemoryStore(),
    architectureStore: architectures,
    log,
    verifier: testVerifier('margin'),
    caller: marginCaller,
    now: clock.now,
    newId: randomUUID,
    random: () => 0,
    onConflict: failTest,
  });

  const isVenue = (name: string) => venues.some(({ slug }) => slug === name);
  const signing = callSigning({
    key: gatewayKey,
    accountsUrl: accounts.url,
    timeoutMs: TIMEOUT_MS,
    isVenue,
    now: Date.now,
    monotonicNow: () => performance.now(),
    newId: randomUUID,
    onAccessFailure: failTest,
  });
  const registry: SupergraphRegistry = new SupergraphRegistry({
    endpoints: [
      { name: 'accounts', url: accounts.url },
      { name: 'oracle', url: oracle.url },
      { name: 'margin', url: margin.url },
      ...running.map(({ slug, url, venue }) => ({ name: slug, url, venue })),
    ],
    activate: (supergraphSdl) => engine.swap(supergraphSdl),
    signer: signing.signer,
    log,
  });
  const limits = { ...UNMETERED.limits, tokens: 1e5, depth: 50, aliases: 1e4, cost: 1e9 };
  const engine = new Engine({
    policy: { ...UNMETERED, limits },
    signer: signing.signer,
    local: new Map([[HUB_URL, () => registry.hubSchema]]),
    venueOf: (subgraph) => (isVenue(subgraph) ? subgraph : undefined),
    timeoutMs: TIMEOUT_MS,
  });
  await registry.start();
  const server = await startServer({
    engine,
    authenticate,
    port: 0,
    host: HOST,
    page: null,
    latestValues: new Set(['margin']),
    operationMs: TIMEOUT_MS,
    onInternalError: failTest,
  });
  await vi.waitFor(() => assertMarginsKnown(server.url), { timeout: TIMEOUT_MS, interval: 50 });
  return {
    url: server.url,
    engine,
    architectures,
    changeVenues: () => running.forEach(({ change }) => change()),
    close: async () => {
      registry.stop();
      await server.close();
      await engine.close();
      await signing.close();
      await margin.close();
      for (const one of [...running, oracle, accounts]) await one.close();
    },
  };
}

/** Tokens are another matter's: here a role's name is its token. */
function authenticate(authorization: string | undefined) {
  const name = authorization?.replace('Bearer ', '') ?? 'nobody';
  const role = ROLES.find((one) => one.name === name);
  if (role) return Promise.resolve(role.caller);
  return Promise.reject(new AuthenticationFailure('UNAUTHENTICATED', `There is no role ${name}.`));
}

async function assertMarginsKnown(url: string) {
  const fields = ACCOUNTS.map(({ id }, i) => `a${i}: account(id: "${id}") { margin { equity } }`);
  const query = `{ ${fields.join(' ')} }`;
  const { errors } = await post(url, query, {}, bearer(EVERYTHING.name));
  if (errors) throw new Error(JSON.stringify(errors));
}

const startAccounts = (venues: readonly Venue[]) =>
  startAccountsSubgraph({
    store: memoryAccountStore({
      owners: ACCOUNTS.map((account) => ({ id: ownerOf(account), name: ownerOf(account) })),
      accounts: ACCOUNTS.map((account) => ({
        id: account.id,
        name: nameOf(account),
        ownerId: ownerOf(account),
      })),
      links: ACCOUNTS.flatMap((account) =>
        venues.map(({ slug }) => ({
          accountId: account.id,
          venueAccountId: venueAccountId(slug, account),
        })),
      ),
      assets: ['BTC', 'USD'].map((id) => ({ id, name: id, haircut: ratio('0') })),
      members: Object.fromEntries(
        ROLES.filter((role) => role !== EVERYTHING).map(({ name, sees }) => [
          name,
          sees.map(({ id }) => id),
        ]),
      ),
    }),
    port: 0,
    host: HOST,
    verifier: testVerifier('accounts'),
    onInternalError: failTest,
  });

/** With the demo's mutation. */
async function startOracle(clock: ManualClock) {
  const board = new PriceBoard();
  const source = await DemoSource.open({
    market: smallMarket,
    seed: 42,
    tickMs: 250,
    clock,
    keeper: new MemoryPriceKeeper(),
    onKeepFailed: failTest,
  });
  source.start((batch) => board.publish(batch));
  const sdl = (name: string) =>
    readFileSync(new URL(`../../../subgraphs/oracle/${name}.graphql`, import.meta.url), 'utf8');
  const subgraph = await startSubgraph({
    typeDefs: sdl('schema') + sdl('demo'),
    resolvers: demoResolvers,
    port: 0,
    verifier: testVerifier('oracle'),
    context: () => ({ board, now: clock.now, movePrice: priceMover(source) }),
  });
  return {
    url: subgraph.url,
    close: async () => {
      await subgraph.close();
      await source.close();
    },
  };
}

/** A venue at which every account has one of its own. */
async function startVenue(venue: Venue, clock: ManualClock) {
  const log = new UpdateLog('epoch-1');
  let rounds = 0;
  const change = () => {
    rounds += 1;
    for (const account of ACCOUNTS) {
      const id = venueAccountId(venue.slug, account);
      const state = stateOf(account, new Date(clock.now().getTime() + rounds));
      log.append(afterAnswer(log.get(id), id, state, clock.now()));
    }
  };
  change();
  const subgraph = await startSubgraph({
    ...venueSubgraph(venue, log),
    port: 0,
    verifier: testVerifier(venue.slug),
  });
  return { ...subgraph, slug: venue.slug, venue, change };
}

/** Long one bitcoin, with so few dollars that there is a margin call. */
const stateOf = ({ dollars }: TestAccount, asOf: Date): VenueState => ({
  asOf,
  positions: [
    {
      id: 'p1',
      instrument: {
        id: 'deribit:BTC-PERPETUAL',
        symbol: 'BTC-PERPETUAL',
        contractType: 'LINEAR',
        underlying: 'BTC',
        priceCurrency: 'USD',
        settlementCurrency: 'USD',
        contractMultiplier: quantity('1'),
        expiry: null,
        strike: null,
        optionType: null,
      },
      size: quantity('1'),
      entryPrice: price('68000'),
      markPrice: price('68000'),
      unrealizedPnl: quantity('0'),
    },
  ],
  collateral: [
    {
      asset: 'USD',
      quantity: quantity(dollars),
      location: 'VENUE',
      status: 'SETTLED',
      isCollateral: true,
    },
  ],
  reportedMargin: [
    {
      currency: 'USD',
      equity: quantity(dollars),
      initialMargin: null,
      maintenanceMargin: null,
      marginRatio: null,
      venueTerms: [{ name: 'equity', value: dollars }],
    },
  ],
  notices: [],
});
