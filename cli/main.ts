/** The command line: one command for each thing that an operator or a venue engineer does. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import { Command } from 'commander';
import { gatewayCommand } from './gateway/gatewayCommand.js';
import { keysCommand } from './keys/keysCommand.js';
import { marginCommand } from './margin/marginCommand.js';
import { portNumber } from './portNumber.js';
import { tokenCommand } from './token/tokenCommand.js';

const DATA = fileURLToPath(new URL('../.data', import.meta.url));

const program = new Command('margin-graph')
  .description('One account graph and one margin requirement over many venues.')
  .showHelpAfterError();

program
  .command('start')
  .description('run everything on this machine, with an embedded PostgreSQL and replayed venues')
  .option('--port <number>', 'port of the gateway (default: PORT, else 4000)', portNumber)
  .option('--data <directory>', 'where the embedded database lives', DATA)
  .action(start);

program
  .command('migrate')
  .description('bring the database of DATABASE_URL up to date, and seed it when it is empty')
  .action(migrate);

program
  .command('build')
  .description('bundle the services, unless their bundles are newer than the sources')
  .action(build);

program.addCommand(marginCommand());
program.addCommand(gatewayCommand(process.env));
program.addCommand(keysCommand());
program.addCommand(tokenCommand(DATA));

// Each command loads its own code, so that none waits for another's.
await program.parseAsync().catch((error: unknown) => fail(error as Error));

async function start(options: { port?: number; data: string }): Promise<void> {
  const port = options.port ?? portNumber(process.env['PORT'] ?? '4000');
  const { LocalGraph } = await import('./start/localGraph.js');
  const graph = new LocalGraph({
    port,
    // Set but empty, as some tools leave it, is not set.
    databaseUrl: process.env['DATABASE_URL'] === '' ? undefined : process.env['DATABASE_URL'],
    dataDirectory: options.data,
    environment: process.env,
    isTerminal: process.stdout.isTTY,
    onDatabaseLost: () => void closeAndFail(new Error('The database ended by itself.')),
  });
  const closeAndFail = async (error: Error) => {
    await graph.close();
    fail(error);
  };
  const isFirst = !existsSync(join(options.data, 'keys'));
  closeWithGrace({ delay: 20_000, logger: false }, () => graph.close());
  await graph.start().catch(closeAndFail);
  console.log(`\nMargin Graph is ready: http://localhost:${port}`);
  const where = options.data === DATA ? '' : ` --data ${options.data}`;
  console.log(`A token, for the demo's accounts: npx margin-graph token${where}`);
  if (isFirst) console.log(`It is signed with a key that was made now, in ${options.data}.`);
  console.log('GraphQL over HTTP and WebSocket: /graphql    Stop: Ctrl-C');
}

async function migrate(): Promise<void> {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('migrate needs DATABASE_URL, such as postgresql://user@host/margin');
  const { prepareDatabase } = await import('../subgraphs/shared/database/database.js');
  await prepareDatabase(url);
}

async function build(): Promise<void> {
  const { makeWhatIsMissing } = await import('./start/makeWhatIsMissing.js');
  await makeWhatIsMissing();
}

function fail(error: Error): never {
  process.stderr.write(`margin-graph: ${error.message}\n`);
  process.exit(1);
}
