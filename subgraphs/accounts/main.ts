/** Runs the accounts subgraph from its environment. */

import { z } from 'zod';
import { trustVariables, verifierOf } from '../shared/callerToken/trust.js';
import { assertSessionIsUtc, openClient } from '../shared/database/client.js';
import { runService } from '../shared/service.js';
import { startAccountsSubgraph } from './accountsSubgraph.js';
import { accountStore } from './store.js';

const variables = { DATABASE_URL: z.url(), ...trustVariables(process.env) };

await runService('accounts', process.env, variables, async (config, log) => {
  const prisma = openClient(config.DATABASE_URL);
  await assertSessionIsUtc(prisma);
  const subgraph = await startAccountsSubgraph({
    store: accountStore(prisma),
    port: config.PORT,
    host: config.HOST,
    verifier: verifierOf(config.TRUSTED_KEYS, 'accounts', log, Date.now),
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
