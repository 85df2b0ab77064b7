/** The gateway's process: one graph over accounts, oracle, margin and the venues. */

import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runService } from '../subgraphs/shared/service.js';
import { Engine } from './engine.js';
import { HUB_URL } from './registry/hubSubgraph.js';
import { SupergraphRegistry, type SubgraphEndpoint } from './registry/supergraphRegistry.js';
import { startServer } from './server.js';

const venues = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('VENUES is JSON: [{"slug":"okx","name":"OKX","url":"http://…/graphql"}]');
      return z.NEVER;
    }
  })
  .pipe(
    z.array(
      z.object({
        slug: z.string().regex(/^[a-z][a-z0-9]*$/, 'a slug is lower-case letters and digits'),
        name: z.string().min(1),
        url: z.url(),
      }),
    ),
  );

await runService(
  'gateway',
  process.env,
  {
    ACCOUNTS_URL: z.url(),
    ORACLE_URL: z.url(),
    MARGIN_URL: z.url(),
    /** JSON array of `{ slug, name, url }`. */
    VENUES: venues,
    /** A subgraph that takes longer costs its fields. */
    SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().positive().default(3_000),
  },
  async (config, log) => {
    const endpoints: SubgraphEndpoint[] = [
      { name: 'accounts', url: config.ACCOUNTS_URL },
      { name: 'oracle', url: config.ORACLE_URL },
      { name: 'margin', url: config.MARGIN_URL },
      ...config.VENUES.map(({ slug, name, url }) => ({ name: slug, url, venue: { slug, name } })),
    ];
    const registry: SupergraphRegistry = new SupergraphRegistry({
      endpoints,
      activate: (supergraphSdl) => engine.swap(supergraphSdl),
      log,
    });
    const engine = new Engine({
      local: new Map([[HUB_URL, () => registry.hubSchema]]),
      venueOf: (subgraph) => config.VENUES.find(({ slug }) => slug === subgraph)?.slug,
      timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    });
    await registry.start();
    const server = await startServer({
      engine,
      port: config.PORT,
      host: config.HOST,
      page: fileURLToPath(new URL('../web/dist', import.meta.url)),
    });
    return {
      url: server.url,
      close: async () => {
        registry.stop();
        await server.close();
        await engine.close();
      },
    };
  },
);
