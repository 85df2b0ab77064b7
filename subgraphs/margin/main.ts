/** Runs the margin subgraph from its environment. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MARGIN } from '../shared/callerToken/callerClaims.js';
import { serviceCaller } from '../shared/callerToken/serviceCaller.js';
import { signingKeyVariable, type SigningKey } from '../shared/callerToken/signingKey.js';
import { TokenMaker } from '../shared/callerToken/tokenMaker.js';
import { trustVariables, verifierOf } from '../shared/callerToken/trust.js';
import { assertSessionIsUtc, openClient } from '../shared/database/client.js';
import { runService } from '../shared/service.js';
import { architectureStore } from './architectureStore.js';
import { startMarginSubgraph } from './marginSubgraph.js';
import { marginCallStore } from './store.js';
import { venueAddresses } from './venueAddresses.js';

const callerWith = (key: SigningKey) =>
  serviceCaller(new TokenMaker({ key, issuer: MARGIN, now: Date.now, newId: randomUUID }), MARGIN);

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be the URL of a subgraph over HTTP' });

await runService(
  'margin',
  process.env,
  {
    DATABASE_URL: z.string().min(1),
    ACCOUNTS_URL: httpUrl,
    ORACLE_URL: httpUrl,
    VENUES: venueAddresses,
    /** Signs what is asked of accounts, the oracle and the venues, where they take nothing else. */
    SIGNING_KEY: signingKeyVariable.optional(),
    ...trustVariables(process.env),
  },
  async (config, log) => {
    const { PORT, HOST, ACCOUNTS_URL, ORACLE_URL, VENUES, SIGNING_KEY } = config;
    const prisma = openClient(config.DATABASE_URL);
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
      verifier: verifierOf(config.TRUSTED_KEYS, 'margin', log, Date.now),
      caller: SIGNING_KEY && callerWith(SIGNING_KEY),
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
