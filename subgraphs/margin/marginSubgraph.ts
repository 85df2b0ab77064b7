/** The margin subgraph, wired: feeds into the live engine, its log into the store, GraphQL on top. */

import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { UNSIGNED_CALLER, type ServiceCaller } from '../shared/callerToken/serviceCaller.js';
import type { TokenVerifier } from '../shared/callerToken/tokenVerifier.js';
import { startSubgraph, type RunningSubgraph } from '../shared/subgraphServer.js';
import { AccountViews } from './accountViews.js';
import { ArchitectureService } from './architectureService.js';
import { AccountArchitectures } from './live/accountArchitectures.js';
import { ArchitectureModels } from './live/architectureModels.js';
import type { ArchitectureStore } from './live/architectureSwitch.js';
import { HypotheticalService } from './hypotheticalService.js';
import { ParameterSetService } from './parameterSetService.js';
import { CallLog } from './live/callLog.js';
import { followDirectory } from './live/directoryFeed.js';
import { LiveMargin } from './live/liveMargin.js';
import type { CallLogConflict, MarginCallStore } from './live/marginCallStore.js';
import { followOracle } from './live/oracleFeed.js';
import { RequestViews } from './live/requestViews.js';
import { followVenue, type VenueAddress } from './live/venueFeed.js';
import { MarginParameters } from './parameters/marginParameters.js';
import { LiquidationWorker } from './liquidation/liquidationWorker.js';
import { marginResolvers, type MarginContext } from './resolvers.js';
import { MarginService } from './service.js';

export interface MarginSubgraphOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  readonly accountsUrl: string;
  readonly oracleUrl: string;
  readonly venues: readonly VenueAddress[];
  readonly store: MarginCallStore;
  readonly architectureStore: ArchitectureStore;
  readonly log: Logger;
  /** Whose calls are taken; absent: anybody's. */
  readonly verifier?: TokenVerifier | undefined;
  /** Signs what this subgraph asks of others; absent: nobody does. */
  readonly caller?: ServiceCaller | undefined;
  /** Whether threads start now, rather than when somebody first needs them. */
  readonly startsThreads?: boolean;
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called when another process writes the same log: this one must not go on. */
  readonly onConflict: (conflict: CallLogConflict) => void;
}

const TICK_MS = 1_000;
/** Less than the gateway waits for this subgraph, so that it costs its own field only. */
const LIQUIDATION_TIMEOUT_MS = 2_000;
/** A request id longer than this is not the gateway's, and is not kept. */
const REQUEST_ID_LENGTH_MAX = 128;

/** Resolves when it answers; inputs arrive after that, and until then results are not known. */
export async function startMarginSubgraph(
  options: MarginSubgraphOptions,
): Promise<RunningSubgraph> {
  const { store, log, now, newId, random, onConflict, caller = UNSIGNED_CALLER } = options;
  const parameters = MarginParameters.load();
  const models = new ArchitectureModels(parameters);
  const calls = new CallLog({ store, log, random, onConflict });
  const architectures = await AccountArchitectures.load(options.architectureStore);
  const live = new LiveMargin({
    models,
    architectures,
    calls,
    venues: options.venues.map(({ slug }) => slug),
    now,
    newId,
  });
  const views = new AccountViews(live, new RequestViews((accountId) => live.view(accountId), now));
  const liquidation = new LiquidationWorker({ timeoutMs: LIQUIDATION_TIMEOUT_MS });
  if (options.startsThreads === true) liquidation.start();
  const services = {
    views,
    liquidation,
    margins: new MarginService({ live, calls, store, views }),
    architectures: new ArchitectureService({ views, architectures, models, now }),
    parameterSets: new ParameterSetService({ parameters, now }),
    hypotheticals: new HypotheticalService({ live, views, parameters, now }),
  };
  const server = await startSubgraph<MarginContext>({
    typeDefs: readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'),
    resolvers: marginResolvers(services),
    port: options.port,
    host: options.host,
    verifier: options.verifier,
    context: (headers, { access }) => ({ requestId: requestIdOf(headers), access }),
    onInternalError: (err) => options.log.error({ err }),
  });

  const feeds = [
    followDirectory(options.accountsUrl, caller, live, calls, log),
    followOracle(options.oracleUrl, caller, live, log, random),
    ...options.venues.map((venue) => followVenue(venue, caller, live, log, random)),
  ];
  const ticking = setInterval(() => live.tick(), TICK_MS);
  return {
    url: server.url,
    async close() {
      clearInterval(ticking);
      await Promise.all(feeds.map((feed) => feed.close()));
      await Promise.all([calls.close(), liquidation.close()]);
      await server.close();
    },
  };
}

function requestIdOf({ 'x-request-id': id }: IncomingHttpHeaders): string | null {
  return typeof id === 'string' && id.length <= REQUEST_ID_LENGTH_MAX ? id : null;
}
