/** A gateway of any Federation 2 supergraph, whose subgraphs it finds in the SDL. */

import type { Logger } from 'pino';
import { Engine } from './engine.js';
import { startServer, type RunningServer } from './server.js';
import { SupergraphFile } from './supergraphFile.js';

export interface SupergraphGatewayOptions {
  /** Path of the supergraph SDL. */
  readonly file: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** A subgraph that takes longer costs its fields. */
  readonly timeoutMs: number;
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
  log,
}: SupergraphGatewayOptions): Promise<RunningServer> {
  const supergraph = await SupergraphFile.read(file);
  const engine = new Engine({ timeoutMs });
  await engine.swap(supergraph.text).catch((error: unknown) => {
    throw refusal(file, error as Error);
  });
  const server = await startServer({ engine, port, host, page: null });
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
    url: server.url,
    close: async () => {
      stopWatching();
      await server.close();
      await engine.close();
    },
  };
}

const refusal = (file: string, { message }: Error) =>
  new Error(`The supergraph ${file} cannot be served: ${message}`);
