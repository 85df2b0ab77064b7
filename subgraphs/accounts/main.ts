/** Wiring of the accounts subgraph. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { assertSessionIsUtc, openClient } from '../shared/database/client.js';
import { runService } from '../shared/service.js';
import { startSubgraph } from '../shared/subgraphServer.js';
import { resolvers } from './resolvers.js';
import { AccountRegister } from './service.js';
import { accountStore } from './store.js';

const variables = { DATABASE_URL: z.url() };

await runService('accounts', process.env, variables, async (config, log) => {
  const prisma = openClient(config.DATABASE_URL);
  await assertSessionIsUtc(prisma);
  const store = accountStore(prisma);
  const subgraph = await startSubgraph({
    typeDefs: readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    port: config.PORT,
    host: config.HOST,
    context: () => ({ register: new AccountRegister(store) }),
    onInternalError: (err) => log.error({ err }),
  });
  return {
    url: subgraph.url,
    close: async () => {
      await subgraph.close();
      await prisma.$disconnect();
    },
  };
});
