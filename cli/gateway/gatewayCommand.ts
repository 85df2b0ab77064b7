/** `margin-graph gateway …`: the gateway alone, before any federated graph. */

import closeWithGrace from 'close-with-grace';
import { Command, InvalidArgumentError } from 'commander';
import { portNumber } from '../portNumber.js';

const CLOSE_MS_MAX = 10_000;

interface GatewayOptions {
  readonly supergraph: string;
  readonly port: number;
  readonly host: string;
  readonly timeout: number;
}

export const gatewayCommand = (): Command =>
  new Command('gateway')
    .description(
      'serve any Federation 2 supergraph, and each version of it that the file changes to',
    )
    .requiredOption('--supergraph <file>', 'supergraph SDL; the subgraphs’ addresses are in it')
    .option('--port <number>', 'port to listen on', portNumber, 4000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--timeout <ms>', 'a subgraph that takes longer costs its fields', milliseconds, 3_000)
    .action(serve);

async function serve({ supergraph, port, host, timeout }: GatewayOptions): Promise<void> {
  const [{ pino }, { startSupergraphGateway }] = await Promise.all([
    import('pino'),
    import('../../gateway/supergraphGateway.js'),
  ]);
  const log = pino({ name: 'gateway' }, pino.destination({ fd: 2, sync: true }));
  const server = await startSupergraphGateway({
    file: supergraph,
    port,
    host,
    timeoutMs: timeout,
    log,
  });
  closeWithGrace({ delay: CLOSE_MS_MAX, logger: false }, () => server.close());
  console.log(`The gateway is ready: ${server.url}    Stop: Ctrl-C`);
}

function milliseconds(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new InvalidArgumentError(`A timeout is whole milliseconds above zero, not "${text}".`);
  }
  return Number(text);
}
