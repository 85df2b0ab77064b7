/** `margin-graph gateway …`: the gateway alone, before any federated graph. */

import closeWithGrace from 'close-with-grace';
import { Command, InvalidArgumentError } from 'commander';
import type { Logger } from 'pino';
import { portNumber } from '../portNumber.js';
import { GatewayWorkers } from './gatewayWorkers.js';

/** For what is under way once clients have been sent away. */
const CLOSE_MS_MAX = 10_000;
/** So long a client may take to send a request on the connection that it has. */
const DRAIN_MS = 1_000;

interface GatewayOptions {
  readonly supergraph: string;
  readonly port: number;
  readonly host: string;
  readonly timeout: number;
  readonly workers: number;
  readonly drain: number;
  readonly metricsPort?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `environment` says whom it lets ask, and how much. */
export const gatewayCommand = (environment: Environment): Command =>
  new Command('gateway')
    .description(
      'serve any Federation 2 supergraph, and each version of it that the file changes to',
    )
    .requiredOption('--supergraph <file>', 'supergraph SDL; the subgraphs’ addresses are in it')
    .option('--port <number>', 'port to listen on', portNumber, 4000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--timeout <ms>', 'a subgraph that takes longer costs its fields', milliseconds, 3_000)
    .option('--workers <number>', 'processes behind the port, one for each core', workerCount, 1)
    .option('--drain <ms>', 'over how long clients are sent away at the end', drainTime, DRAIN_MS)
    .option(
      '--metrics-port <number>',
      'port for /metrics and the probes (not with workers)',
      portNumber,
    )
    .addHelpText(
      'after',
      '\nWhom it lets ask, and how much, is in the environment: see docs/operations.md.',
    )
    .action((options: GatewayOptions) => run(options, environment));

async function run(options: GatewayOptions, environment: Environment): Promise<void> {
  const { pino } = await import('pino');
  const log = pino({ name: 'gateway' }, pino.destination({ fd: 2, sync: true }));
  if (options.workers === 1 || GatewayWorkers.isWorker) await serve(options, environment, log);
  else await superviseWorkers(options, log);
}

async function superviseWorkers({ workers: count, host, drain }: GatewayOptions, log: Logger) {
  const onReplaced = (how: string) => log.error({ how }, 'a gateway process is replaced');
  const workers = new GatewayWorkers({ count, onReplaced });
  closeWithGrace({ delay: 2 * CLOSE_MS_MAX + drain, logger: false }, () => workers.close());
  const port = await workers.start();
  if (port === undefined) return;
  console.log(
    `The gateway is ready: http://${host}:${port}/graphql, ${count} processes    Stop: Ctrl-C`,
  );
}

async function serve(options: GatewayOptions, environment: Environment, log: Logger) {
  const { supergraph, port, host, timeout, drain, metricsPort } = options;
  const [{ startSupergraphGateway }, { admissionOf, admissionIn }] = await Promise.all([
    import('../../gateway/supergraphGateway.js'),
    import('../../gateway/admission/admissionConfig.js'),
  ]);
  const admission = await admissionOf(admissionIn(environment), log, Date.now);
  const starting = startSupergraphGateway({
    file: supergraph,
    port,
    host,
    timeoutMs: timeout,
    admission,
    metricsPort,
    drainMs: drain,
    log,
  });
  let closed: Promise<void> | undefined;
  // A worker is told twice by Ctrl-C: the terminal's signal, and the supervisor that had it as well.
  const close = () => (closed ??= starting.then((server) => server.close()));
  const closing = closeWithGrace({ delay: CLOSE_MS_MAX + drain, logger: false }, close);
  if (GatewayWorkers.isWorker) GatewayWorkers.onClose(closing.close);
  const { url } = await starting;
  if (!GatewayWorkers.isWorker) console.log(`The gateway is ready: ${url}    Stop: Ctrl-C`);
}

function workerCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) {
    throw new InvalidArgumentError(`Workers are 1 to 99 processes, not "${text}".`);
  }
  return Number(text);
}

function milliseconds(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new InvalidArgumentError(`A timeout is whole milliseconds above zero, not "${text}".`);
  }
  return Number(text);
}

function drainTime(text: string): number {
  if (!/^\d{1,5}$/.test(text)) {
    throw new InvalidArgumentError(`A drain is whole milliseconds below 100000, not "${text}".`);
  }
  return Number(text);
}
