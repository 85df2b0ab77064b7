/** The command line: one command for each thing that an operator or a venue engineer does. */

import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import { Command, InvalidArgumentError } from 'commander';
import { prepareDatabase } from '../subgraphs/shared/database/database.js';
import { LocalGraph } from './start/start.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const program = new Command('margin-graph')
  .description('One account graph and one margin requirement over many venues.')
  .showHelpAfterError();

program
  .command('start')
  .description('run everything on this machine, with an embedded PostgreSQL and replayed venues')
  .option(
    '--port <number>',
    'port of the gateway (or PORT)',
    port,
    port(process.env['PORT'] ?? '4000'),
  )
  .option('--data <directory>', 'where the embedded database lives', `${ROOT}.data`)
  .action(start);

program
  .command('migrate')
  .description('bring the database of DATABASE_URL up to date, and seed it when it is empty')
  .action(migrate);

await program.parseAsync();

async function migrate(): Promise<void> {
  const url: string | undefined = process.env['DATABASE_URL'];
  if (url === undefined)
    program.error('migrate needs DATABASE_URL, such as postgresql://user@host/db');
  await prepareDatabase(url);
}

async function start(options: { port: number; data: string }): Promise<void> {
  const graph = new LocalGraph({
    port: options.port,
    databaseUrl: process.env['DATABASE_URL'],
    dataDirectory: `${options.data}/postgres`,
    environment: process.env,
    isTerminal: process.stdout.isTTY,
  });
  closeWithGrace({ delay: 20_000, logger: false }, () => graph.close());
  try {
    await graph.start();
  } catch (error) {
    process.stderr.write(`margin-graph: ${(error as Error).message}\n`);
    await graph.close();
    process.exit(1);
  }
  console.log(`\nMargin Graph is ready: http://localhost:${options.port}`);
  console.log('GraphQL over HTTP and WebSocket: /graphql    Stop: Ctrl-C');
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535) {
    throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  }
  return value;
}
