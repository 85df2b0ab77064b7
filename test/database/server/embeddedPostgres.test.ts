import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../subgraphs/shared/database/embeddedPostgres.js';
import { processStart } from '../../../subgraphs/shared/database/processStart.js';

// Whole servers start and stop here, on a disk that other tests may keep busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ownerScript = fileURLToPath(new URL('../../support/databaseOwner.ts', import.meta.url));

let root: string;
/** A directory that holds one row in the table `kept`; copied by the tests that break it. */
let template: string;
let copies = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'embedded-'));
  template = join(root, 'template');
  const server = await startEmbeddedPostgres(template, { isDurable: false });
  await query(server.url, 'CREATE TABLE kept (n INT); INSERT INTO kept VALUES (1)');
  await server.stop();
});

afterEach(() => rmSync(join(root, `copy-${copies}`), { recursive: true, force: true }));

afterAll(() => rmSync(root, { recursive: true }));

function copyOfTemplate(): string {
  copies += 1;
  const copy = join(root, `copy-${copies}`);
  cpSync(template, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withServer<Result>(
  directory: string,
  work: (server: EmbeddedPostgres) => Promise<Result>,
): Promise<Result> {
  const server = await startEmbeddedPostgres(directory, { isDurable: false });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

const keptRows = (server: EmbeddedPostgres) => query(server.url, 'SELECT n FROM kept');

describe('an embedded database', () => {
  it('keeps its rows from one start to the next, and is gone in between', async () => {
    const directory = copyOfTemplate();
    const first = await withServer(directory, async (server) => [
      await keptRows(server),
      server.pid,
    ]);
    const isRunning = processStart(first[1] as number) !== null;
    const second = await withServer(directory, keptRows);

    expect({ first: first[0], isRunning, second }).toEqual({
      first: [{ n: 1 }],
      isRunning: false,
      second: [{ n: 1 }],
    });
  });

  it('runs in UTC', async () => {
    const zone = await withServer(copyOfTemplate(), ({ url }) => query(url, 'SHOW TimeZone'));

    expect(zone).toEqual([{ TimeZone: 'UTC' }]);
  });

  it('turns away who does not know its password, be it on the same machine', async () => {
    await withServer(copyOfTemplate(), async ({ url }) => {
      const stranger = new URL(url);
      stranger.password = 'guess';

      await expect(query(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    });
  });

  it('belongs to one owner at a time, and names it to a second one', async () => {
    const directory = copyOfTemplate();
    await withServer(directory, async () => {
      await expect(startEmbeddedPostgres(directory)).rejects.toMatchObject({
        code: 'IN_USE',
        message: expect.stringMatching(
          new RegExp(`copy-\\d+ is in use by process ${process.pid}\\.$`),
        ) as string,
      });
    });
  });

  it('says when its server has ended on its own, and starts again', async () => {
    const directory = copyOfTemplate();
    await withServer(directory, async (server) => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    });

    expect(await withServer(directory, keptRows)).toEqual([{ n: 1 }]);
  });

  it('is taken over after its owner was killed, with every row that was acknowledged', async () => {
    const directory = copyOfTemplate();
    const owner = fork(ownerScript, [directory], { execArgv: ['--import', 'tsx'] });
    const [{ url }] = (await once(owner, 'message')) as [{ url: string }];
    await query(url, 'INSERT INTO kept VALUES (2)');
    owner.kill('SIGKILL');
    await once(owner, 'exit');

    expect(await withServer(directory, keptRows)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('recovers when owner and server were killed together', async () => {
    const directory = copyOfTemplate();
    const owner = fork(ownerScript, [directory], { execArgv: ['--import', 'tsx'] });
    const [{ url, pid }] = (await once(owner, 'message')) as [{ url: string; pid: number }];
    await query(url, 'INSERT INTO kept VALUES (2)');
    process.kill(pid, 'SIGKILL');
    owner.kill('SIGKILL');
    await once(owner, 'exit');

    expect(await withServer(directory, keptRows)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('starts when a stranger has been given the id of its killed server', async () => {
    const directory = copyOfTemplate();
    const server = await startEmbeddedPostgres(directory, { isDurable: false });
    const postmasterFile = join(directory, 'data/postmaster.pid');
    const [, ...rest] = readFileSync(postmasterFile, 'utf8').split('\n');
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    writeFileSync(postmasterFile, [process.ppid, ...rest].join('\n'));

    expect(await withServer(directory, keptRows)).toEqual([{ n: 1 }]);
  });

  it('starts anew where the first start was killed half-way', async () => {
    const directory = join(root, 'half');
    mkdirSync(join(directory, 'data.unfinished'), { recursive: true });
    writeFileSync(join(directory, 'data.unfinished/PG_VERSION'), '17');

    expect(await withServer(directory, ({ url }) => query(url, 'SELECT 1 AS one'))).toEqual([
      { one: 1 },
    ]);
  });
});

describe('a directory that cannot be used', () => {
  it.each([
    {
      trouble: 'files are gone',
      spoil: (directory: string) => rmSync(join(directory, 'data/global'), { recursive: true }),
      code: 'DATA_BROKEN',
      message: /data is broken: \S+global\/pg_control is missing\. Restore it, or/,
    },
    {
      trouble: 'another version made it',
      spoil: (directory: string) => writeFileSync(join(directory, 'data/PG_VERSION'), '12\n'),
      code: 'DATA_OTHER_VERSION',
      message: /was made by PostgreSQL 12; this is 17\./,
    },
    {
      trouble: 'the server finds its data damaged',
      spoil: (directory: string) => rmSync(join(directory, 'data/pg_wal'), { recursive: true }),
      code: 'SERVER_FAILED',
      message: /^PostgreSQL did not start: required WAL directory "pg_wal" does not exist/,
    },
    {
      trouble: 'it is a file',
      spoil: (directory: string) => {
        rmSync(directory, { recursive: true });
        writeFileSync(directory, '');
      },
      code: 'DIRECTORY_UNUSABLE',
      message: /cannot be used: EEXIST/,
    },
  ])('is refused in one line when $trouble', async ({ spoil, code, message }) => {
    const directory = copyOfTemplate();
    spoil(directory);
    const error = (await startEmbeddedPostgres(directory).catch((reason: unknown) => reason)) as {
      code: string;
      message: string;
    };

    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.message).not.toContain('\n');
  });

  it('can be started once it is repaired: the failed start keeps no lock', async () => {
    const directory = copyOfTemplate();
    writeFileSync(join(directory, 'data/PG_VERSION'), '12\n');
    await expect(startEmbeddedPostgres(directory)).rejects.toThrow('PostgreSQL 12');
    writeFileSync(join(directory, 'data/PG_VERSION'), '17\n');

    expect(await withServer(directory, keptRows)).toEqual([{ n: 1 }]);
  });
});
