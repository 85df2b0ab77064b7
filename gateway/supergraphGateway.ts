/** A gateway of any Federation 2 supergraph, whose subgraphs it finds in the SDL. */

import type { Logger } from 'pino';
import type { Admission } from './admission/admissionConfig.js';
import { Engine } from './engine.js';
import { startServer, type RunningServer } from './server.js';
import { SupergraphFile } from './supergraphFile.js';
import { healthEndpoints, startHealthServer } from './telemetry/healthEndpoints.js';
import { Telemetry } from './telemetry/telemetry.js';

export interface SupergraphGatewayOptions {
  /** Path of the supergraph SDL. */
  readonly file: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** A subgraph that takes longer costs its fields. */
  readonly timeoutMs: number;
  readonly admission: Admission;
  /** Where `/metrics` is served, beside the probes; undefined for nowhere. */
  readonly metricsPort?: number | undefined;
  /** Over how many ms clients are sent away at the end; see ServerOptions. */
  readonly drainMs?: number;
  readonly log: Logger;
}

/**
 * Serves the supergraph in the file, and from then on whatever it changes to; a change that cannot be
 * served is logged, and what was served stays. Rejects where the first cannot be served.
 */
export async function startSupergraphGateway({
  file,
  port,
  host,
  timeoutMs,
  admission,
  metricsPort,
  drainMs = 0,
  log,
}: SupergraphGatewayOptions): Promise<RunningServer> {
  const supergraph = await SupergraphFile.read(file);
  const telemetry = new Telemetry();
  const engine = new Engine({ timeoutMs, policy: admission.policy, telemetry });
  await engine.swap(supergraph.text).catch((error: unknown) => {
    throw refusal(file, error as Error);
  });
  const server = await startServer({
    ...admission,
    engine,
    port,
    host,
    page: null,
    telemetry,
    drainMs,
    onInternalError: (err) => log.error({ err }, 'a request failed by a mistake of ours'),
  });
  const health =
    metricsPort === undefined
      ? undefined
      : await startHealthServer(
          healthEndpoints({ notReady: server.notReady, metrics: telemetry.metrics }),
          metricsPort,
          host,
        );
  const kept = (error: Error) =>
    log.error({ reason: error.message }, 'the supergraph in service stays');
  const stopWatching = supergraph.onChange(
    (text) =>
      void engine.swap(text).then(
        () => log.info({ file }, 'another supergraph is in service'),
        (error: unknown) => kept(refusal(file, error as Error)),
      ),
    kept,
  );
  return {
    ...server,
    close: async () => {
      stopWatching();
      await server.close();
      await engine.close();
      await health?.close();
      telemetry.close();
    },
  };
}

const refusal = (file: string, { message }: Error) =>
  new Error(`The supergraph ${file} cannot be served: ${message}`);
