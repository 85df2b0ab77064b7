/** Wiring of the oracle subgraph. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { trustVariables, verifierOf } from '../shared/callerToken/trust.js';
import { assertSessionIsUtc, openClient } from '../shared/database/client.js';
import { runService } from '../shared/service.js';
import { startSubgraph } from '../shared/subgraphServer.js';
import { systemClock } from './clock.js';
import { DemoSource } from './demoSource.js';
import { readDemoMarket } from './domain/demoMarket.js';
import { PriceBoard } from './priceBoard.js';
import { demoResolvers, resolvers } from './resolvers.js';
import { priceMover } from './service.js';
import { databasePriceKeeper } from './store.js';

const variables = {
  DATABASE_URL: z.url(),
  /** 1: the demo's walk, and a mutation that moves it. 0: no prices, until there is another source. */
  DEMO: z.enum(['0', '1']).default('1'),
  ORACLE_SEED: z.coerce.number().int().default(42),
  TICK_MS: z.coerce.number().int().min(10).default(250),
  ...trustVariables(process.env),
};

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

await runService('oracle', process.env, variables, async (config, log) => {
  const board = new PriceBoard();
  const address = {
    port: config.PORT,
    host: config.HOST,
    verifier: verifierOf(config.TRUSTED_KEYS, 'oracle', log, Date.now),
    onInternalError: (err: unknown) => log.error({ err }),
  };
  const prices = { board, now: () => systemClock.now() };
  const typeDefs = textOf('schema.graphql');
  if (config.DEMO === '0') {
    return startSubgraph({ ...address, typeDefs, resolvers, context: () => prices });
  }

  const prisma = openClient(config.DATABASE_URL);
  await assertSessionIsUtc(prisma);
  const source = await DemoSource.open({
    market: readDemoMarket(JSON.parse(textOf('demo/market.json'))),
    seed: config.ORACLE_SEED,
    tickMs: config.TICK_MS,
    clock: systemClock,
    keeper: databasePriceKeeper(prisma),
    onKeepFailed: (error) => log.warn({ err: error }, 'prices could not be kept'),
  });
  source.start((batch) => board.publish(batch));
  const context = { ...prices, movePrice: priceMover(source) };
  const subgraph = await startSubgraph({
    ...address,
    typeDefs: typeDefs + textOf('demo.graphql'),
    resolvers: demoResolvers,
    context: () => context,
  });
  return {
    url: subgraph.url,
    close: async () => {
      await subgraph.close();
      await source.close();
      await prisma.$disconnect();
    },
  };
});
