/**
 * One venue as a service. VENUE names it, REPLAY_DIR the folder with its recorded responses (a folder
 * per account; absent: the repository's own book), POLL_MS how often they are read.
 */

import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { trustVariables, verifierOf } from '../shared/callerToken/trust.js';
import { runService } from '../shared/service.js';
import { startSubgraph } from '../shared/subgraphServer.js';
import { bybitFormat } from './adapters/bybit/bybitFormat.js';
import { deribitFormat } from './adapters/deribit/deribitFormat.js';
import { okxFormat } from './adapters/okx/okxFormat.js';
import { AccountFeed } from './kit/accountFeed.js';
import { systemClock } from './kit/clock.js';
import { problemReport } from './kit/problemReport.js';
import { replayResponses } from './kit/replayResponses.js';
import { responseAdapter } from './kit/responseAdapter.js';
import { UpdateLog } from './kit/updateLog.js';
import { venueSubgraph } from './kit/venueSubgraph.js';

const formats = { deribit: deribitFormat, okx: okxFormat, bybit: bybitFormat };
const ANSWER_MS_MAX = 5_000;

const variables = {
  VENUE: z.enum(['deribit', 'okx', 'bybit']),
  REPLAY_DIR: z.string().min(1).optional(),
  POLL_MS: z.coerce.number().int().min(10).default(500),
  ...trustVariables(process.env),
};

await runService('venue', process.env, variables, async (config, log) => {
  const format = formats[config.VENUE];
  const recorded = new URL(`./adapters/${format.slug}/replay/`, import.meta.url);
  const directory = config.REPLAY_DIR ?? fileURLToPath(recorded);
  await access(directory);
  const updates = new UpdateLog(randomUUID());
  const feed = new AccountFeed(responseAdapter(format, replayResponses(directory)), updates, {
    intervalMs: config.POLL_MS,
    answerMsMax: ANSWER_MS_MAX,
    clock: systemClock,
  });
  const problems = updates.subscribe(null);
  void problemReport(problems, (line) => {
    log.warn(line);
  });
  await feed.start();
  const server = await startSubgraph({
    ...venueSubgraph(format, updates),
    port: config.PORT,
    host: config.HOST,
    verifier: verifierOf(config.TRUSTED_KEYS, format.slug, log, Date.now),
    onInternalError: (err) => log.error({ err }),
  });
  const close = async () => {
    await feed.stop();
    await problems.return();
    await server.close();
  };
  return { url: server.url, close };
});
