import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { freePorts } from '../../cli/start/freePorts.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { post } from '../support/graphqlClient.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Process ids of the children of a process. */
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([parent, child = 0]) => (parent === pid ? [child] : []));

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('margin-graph gateway --workers 2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workers-'));
  const file = join(folder, 'supergraph.graphql');
  let supervisor: ChildProcess;
  let url = '';
  const workers = () => childrenOf(supervisor.pid ?? 0);
  const typeDefs = 'type Query { nothing: Int }';
  writeFileSync(file, composeSupergraph([{ name: 'a', url: 'http://127.0.0.1:1', typeDefs }]));

  const spawned = async () => {
    const command = ['cli/margin-graph.mjs', 'gateway', '--supergraph', file];
    const [port = 0] = await freePorts(1);
    supervisor = spawn(process.execPath, [...command, '--port', `${port}`, '--workers', '2'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'ignore'],
      // A process group of its own, which a signal can reach as Ctrl-C does.
      detached: true,
    });
  };
  const ready = async () => {
    url = '';
    for await (const line of createInterface(supervisor.stdout as NodeJS.ReadableStream)) {
      url = /ready: (\S+),/.exec(line)?.[1] ?? '';
      if (url !== '') return;
    }
    throw new Error('It ended before it was ready.');
  };
  const killOne = () => {
    const [victim, survivor] = workers();
    // Zero would be every process of ours.
    if (!victim || !survivor) throw new Error('There are no two workers.');
    process.kill(victim, 'SIGKILL');
    return { victim, survivor };
  };

  afterEach(() => {
    if (supervisor.exitCode === null) supervisor.kill('SIGKILL');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Each on a connection of its own, so that the workers take turns. */
  const ask = () => post(url, '{ __typename }', {}, { connection: 'close' });

  it('answers on one port with two processes, also while one that died is replaced', async () => {
    await spawned();
    await ready();
    expect(workers()).toHaveLength(2);
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(answers).toEqual(answers.map(() => ({ data: { __typename: 'Query' } })));

    const { victim, survivor } = killOne();
    await vi.waitUntil(() => workers().length === 1, { timeout: 10_000 });
    expect(await ask()).toEqual({ data: { __typename: 'Query' } });
    await vi.waitUntil(() => workers().length === 2, { timeout: 20_000 });
    expect(workers()).toContain(survivor);
    expect(workers()).not.toContain(victim);
  });

  it('ends them all on a signal', async () => {
    await spawned();
    await ready();
    const running = workers();
    supervisor.kill('SIGTERM');
    expect(await once(supervisor, 'exit')).toEqual([0, null]);
    expect(running.filter(isRunning)).toEqual([]);
  });

  it('ends them all on Ctrl-C, which reaches each of them', async () => {
    await spawned();
    await ready();
    const running = workers();
    process.kill(-(supervisor.pid ?? 0), 'SIGINT');
    expect(await once(supervisor, 'exit')).toEqual([0, null]);
    expect(running.filter(isRunning)).toEqual([]);
  });

  it('does not wait for one that is still starting', async () => {
    await spawned();
    await ready();
    const { victim } = killOne();
    await vi.waitUntil(() => workers().length === 2 && !workers().includes(victim), {
      timeout: 20_000,
    });
    const running = workers();
    supervisor.kill('SIGTERM');
    expect(await once(supervisor, 'exit')).toEqual([0, null]);
    expect(running.filter(isRunning)).toEqual([]);
  });

  it('ends on a signal that comes before all are ready', async () => {
    await spawned();
    await vi.waitUntil(() => workers().length === 2, { timeout: 20_000 });
    const running = workers();
    supervisor.kill('SIGTERM');
    expect(await once(supervisor, 'exit')).toEqual([0, null]);
    expect(running.filter(isRunning)).toEqual([]);
  });
});
