/** Every kind of subgraph, each taking signed calls only. */

import { DemoSource } from '../../../subgraphs/oracle/demoSource.js';
import { readFileSync } from 'node:fs';
import { startAccountsSubgraph } from '../../../subgraphs/accounts/accountsSubgraph.js';
import { PriceBoard } from '../../../subgraphs/oracle/priceBoard.js';
import { demoResolvers } from '../../../subgraphs/oracle/resolvers.js';
import { priceMover } from '../../../subgraphs/oracle/service.js';
import { startSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { venueSubgraph } from '../../../subgraphs/venues/kit/venueSubgraph.js';
import { smallMarket } from '../../support/demoMarket.js';
import { ManualClock } from '../../support/manualClock.js';
import { memoryAccountStore } from '../../support/memoryAccountStore.js';
import { MemoryPriceKeeper } from '../../support/memoryPriceKeeper.js';
import { marginCaller, testVerifier } from '../../support/signedCalls.js';
import { fakeVenue, holding } from '../../unit/venues/fakeVenue.js';
import { MarginUnderTest } from '../margin/marginUnderTest.js';

export interface SignedSubgraph {
  readonly url: string;
  close(): Promise<void>;
}

const failTest = (error: unknown) => {
  throw error;
};

/** fund-1 and fund-2, with a venue account each; ann may see fund-1. */
export const startAccounts = (): Promise<SignedSubgraph> =>
  startAccountsSubgraph({
    store: memoryAccountStore({
      owners: [{ id: 'owner-1', name: 'Meridian Capital' }],
      accounts: ['fund-1', 'fund-2'].map((id) => ({ id, name: id, ownerId: 'owner-1' })),
      links: [
        { accountId: 'fund-1', venueAccountId: 'deribit:1' },
        { accountId: 'fund-2', venueAccountId: 'deribit:2' },
      ],
      assets: [],
      members: { ann: ['fund-1'] },
    }),
    port: 0,
    host: '127.0.0.1',
    verifier: testVerifier('accounts'),
    onInternalError: failTest,
  });

/** With the demo's mutation. */
export async function startOracle(): Promise<SignedSubgraph> {
  const clock = new ManualClock();
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

/** See MarginUnderTest; what it asks of its fakes is signed too. */
export async function startMargin(): Promise<SignedSubgraph & { readonly graph: MarginUnderTest }> {
  const graph = new MarginUnderTest({ verifier: testVerifier, caller: marginCaller });
  await graph.start();
  return { url: graph.url, close: () => graph.stop(), graph };
}

/** A venue of this slug, named after itself, whose accounts 1 and 2 hold as many BTC. */
export async function startVenue(slug: 'deribit' | 'bybit') {
  const venue = fakeVenue({ '1': holding('1'), '2': holding('2') });
  await venue.feed.poll();
  const subgraph = await startSubgraph({
    ...venueSubgraph({ slug, name: slug }, venue.log),
    port: 0,
    verifier: testVerifier(slug),
  });
  return { ...subgraph, venue };
}
