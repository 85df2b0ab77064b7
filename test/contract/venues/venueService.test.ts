import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { post } from '../../support/graphqlClient.js';

const MAIN = fileURLToPath(new URL('../../../subgraphs/venues/main.ts', import.meta.url));
const REPLAY = fileURLToPath(
  new URL('../../../subgraphs/venues/adapters/deribit/replay/', import.meta.url),
);

const children: ChildProcess[] = [];
const directories: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await Promise.all(directories.splice(0).map((each) => rm(each, { recursive: true })));
});

function service(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  return { child, said };
}

const urlOf = async (child: ChildProcess) => {
  const [message] = (await once(child, 'message')) as [{ url: string }];
  return message.url;
};

/** In one step, so that no poll sees half of it. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

const QUERY = `{ deribitAccount(id: "deribit:48213") {
  positions { size } snapshot { quality problem }
} }`;

describe('the venue service', () => {
  it(
    'is moved by an edited file, goes stale by a broken one, and recovers',
    { timeout: 30_000 },
    async () => {
      const directory = await mkdtemp(path.join(tmpdir(), 'venue-'));
      directories.push(directory);
      await cp(REPLAY, directory, { recursive: true });
      const file = path.join(directory, '48213', 'positions.json');
      const good = await readFile(file, 'utf8');
      const { child, said } = service({ VENUE: 'deribit', REPLAY_DIR: directory, POLL_MS: '20' });
      const url = await urlOf(child);
      const shows = (size: string, quality: string, problem: string | null) =>
        vi.waitFor(
          async () => {
            const { data } = await post(url, QUERY);
            expect(data).toMatchObject({
              deribitAccount: { positions: [{ size }, {}, {}, {}], snapshot: { quality, problem } },
            });
          },
          { timeout: 5_000 },
        );

      await shows('-20400', 'LIVE', null);
      await replaceFile(file, good.replace('-204000.0', '-102000.0'));
      await shows('-10200', 'LIVE', null);
      await replaceFile(file, 'oops');
      const problem = 'deribit positions: not JSON: a value is expected at line 1, column 1';
      await shows('-10200', 'STALE', problem);
      await replaceFile(file, good);
      await shows('-20400', 'LIVE', null);

      child.kill('SIGTERM');
      expect((await once(child, 'exit'))[0]).toBe(0);
      const messages = said.join('').trim().split('\n');
      expect(messages.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
        'TRUSTED_KEYS is not set: whoever reaches this subgraph sees every account',
        `deribit:48213 is stale: ${problem}`,
        'deribit:48213 is live again',
      ]);
    },
  );

  it.each([
    [{ VENUE: 'nowhere' }, 78, 'VENUE'],
    [{ VENUE: 'okx', NODE_ENV: 'production' }, 78, 'TRUSTED_KEYS'],
    [{ VENUE: 'okx', TRUSTED_KEYS: '{"keys":[]}' }, 78, 'TRUSTED_KEYS'],
    [{ VENUE: 'okx', REPLAY_DIR: '/does/not/exist' }, 1, 'no such file or directory'],
  ])('says in one message why it cannot start: %j', async (environment, code, text) => {
    const { child, said } = service(environment);

    expect((await once(child, 'exit'))[0]).toBe(code);
    expect(said.join('')).toContain(text);
  });
});
