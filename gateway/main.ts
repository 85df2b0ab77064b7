/** The gateway's process: one graph over accounts, oracle, margin and the venues. */

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { signingKeyVariable } from '../subgraphs/shared/callerToken/signingKey.js';
import { runService } from '../subgraphs/shared/service.js';
import { admissionOf, admissionVariables } from './admission/admissionConfig.js';
import { Engine } from './engine.js';
import { HUB_URL } from './registry/hubSubgraph.js';
import { SupergraphRegistry, type SubgraphEndpoint } from './registry/supergraphRegistry.js';
import { startServer } from './server.js';
import { healthEndpoints, startHealthServer } from './telemetry/healthEndpoints.js';
import { Telemetry } from './telemetry/telemetry.js';
import { callSigning } from './upstream/signing/callSigning.js';

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

/** Subscriptions of which every event is the whole state. */
const LATEST_VALUES = new Set(['margin']);

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
    /** Signs calls to subgraphs; without it they have to answer anybody. */
    SIGNING_KEY: signingKeyVariable.optional(),
    /** A port of its own for /metrics and the probes; by default the first is served nowhere. */
    METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    /**
     * For how long clients are sent away at the end, so that a balancer notices and not all come back
     * at once; default: 1 s in production, else nothing.
     */
    DRAIN_MS: z.coerce.number().int().min(0).max(2_000).optional(),
    ...admissionVariables,
  },
  async (config, log) => {
    const endpoints: SubgraphEndpoint[] = [
      { name: 'accounts', url: config.ACCOUNTS_URL },
      { name: 'oracle', url: config.ORACLE_URL },
      { name: 'margin', url: config.MARGIN_URL },
      ...config.VENUES.map(({ slug, name, url }) => ({ name: slug, url, venue: { slug, name } })),
    ];
    const isVenue = (name: string) => config.VENUES.some(({ slug }) => slug === name);
    const isProduction = config.NODE_ENV === 'production';
    const admission = await admissionOf(config, log, Date.now);
    const telemetry = new Telemetry();
    const signing =
      config.SIGNING_KEY &&
      callSigning({
        key: config.SIGNING_KEY,
        accountsUrl: config.ACCOUNTS_URL,
        timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
        isVenue,
        now: Date.now,
        monotonicNow: () => performance.now(),
        newId: randomUUID,
        onAccessFailure: (err) => log.warn({ err }, 'what a caller may see could not be asked'),
      });
    const registry: SupergraphRegistry = new SupergraphRegistry({
      endpoints,
      activate: (supergraphSdl) => engine.swap(supergraphSdl),
      signer: signing?.signer,
      log,
    });
    const engine = new Engine({
      policy: admission.policy,
      telemetry,
      ...(signing && { signer: signing.signer }),
      local: new Map([[HUB_URL, () => registry.hubSchema]]),
      venueOf: (subgraph) => (isVenue(subgraph) ? subgraph : undefined),
      timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    });
    await registry.start();
    const server = await startServer({
      ...admission,
      engine,
      telemetry,
      latestValues: LATEST_VALUES,
      drainMs: config.DRAIN_MS ?? (isProduction ? 1_000 : 0),
      servesMetrics: config.METRICS_PORT === undefined && !isProduction,
      onInternalError: (err) => log.error({ err }, 'a request failed by a mistake of ours'),
      port: config.PORT,
      host: config.HOST,
      page: fileURLToPath(new URL('../web/dist', import.meta.url)),
    });
    const health =
      config.METRICS_PORT === undefined
        ? undefined
        : await startHealthServer(
            healthEndpoints({ notReady: server.notReady, metrics: telemetry.metrics }),
            config.METRICS_PORT,
            config.HOST,
          );
    return {
      url: server.url,
      close: async () => {
        registry.stop();
        await server.close();
        await engine.close();
        await signing?.close();
        await health?.close();
        telemetry.close();
      },
    };
  },
);
