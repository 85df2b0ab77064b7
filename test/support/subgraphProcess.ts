/** A process of its own that answers every GraphQL request with the same text. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface SubgraphProcess {
  readonly url: string;
  /** SIGKILL, SIGSTOP, SIGCONT; resolves at once. */
  signal(name: NodeJS.Signals): void;
  /** Starts it again on the same port, after it has been killed. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = `
  const [port, text] = process.argv.slice(1);
  const server = require('node:http').createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(text));
  });
  server.listen(Number(port), '127.0.0.1', () => process.send(server.address().port));
  process.on('disconnect', () => process.exit());
`;

export async function startSubgraphProcess(answer: string): Promise<SubgraphProcess> {
  let [child, port] = await start(0, answer);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    signal: (name) => void child.kill(name),
    startAgain: async () => {
      await ended(child);
      [child, port] = await start(port, answer);
    },
    close: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

async function start(port: number, answer: string): Promise<[ChildProcess, number]> {
  const child = spawn(process.execPath, ['-e', PROGRAM, String(port), answer], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [actualPort] = (await once(child, 'message')) as [number];
  return [child, actualPort];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
