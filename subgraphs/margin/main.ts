/** Runs the margin subgraph from its environment. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { assertSessionIsUtc, openClient } from '../shared/database/client.js';
import { runService } from '../shared/service.js';
import { architectureStore } from './architectureStore.js';
import { startMarginSubgraph } from './marginSubgraph.js';
import { marginCallStore } from './store.js';
import { venueAddresses } from './venueAddresses.js';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be the URL of a subgraph over HTTP' });

await runService(
  'margin',
  process.env,
  {
    DATABASE_URL: z.string().min(1),
    ACCOUNTS_URL: httpUrl,
    ORACLE_URL: httpUrl,
    VENUES: venueAddresses,
  },
  async ({ PORT, HOST, DATABASE_URL, ACCOUNTS_URL, ORACLE_URL, VENUES }, log) => {
    const prisma = openClient(DATABASE_URL);
    await assertSessionIsUtc(prisma);
    const subgraph = await startMarginSubgraph({
      port: PORT,
      host: HOST,
      accountsUrl: ACCOUNTS_URL,
      oracleUrl: ORACLE_URL,
      venues: VENUES,
      store: marginCallStore(prisma),
      architectureStore: architectureStore(prisma),
      log,
      startsThreads: true,
      now: () => new Date(),
      newId: randomUUID,
      random: Math.random,
      onConflict: (conflict) => {
        log.fatal(conflict.message);
        process.exit(1);
      },
    });
    return {
      url: subgraph.url,
      close: async () => {
        await subgraph.close();
        await prisma.$disconnect();
      },
    };
  },
);
