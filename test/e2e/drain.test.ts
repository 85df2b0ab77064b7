import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { freePorts } from '../../cli/start/freePorts.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { startSubgraph, type RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = 'type Query { now: Int  later: Int }';

describe('a gateway that is told to end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drain-'));
  const file = join(folder, 'supergraph.graphql');
  let subgraph: RunningSubgraph;
  let isAsked: Promise<void>;
  let hear: () => void;
  let answer: (value: number) => void;
  let gateway: ChildProcess;
  let url: string;
  let metricsUrl: string;

  beforeAll(async () => {
    const later = () => {
      hear();
      return new Promise<number>((resolve) => (answer = resolve));
    };
    subgraph = await startSubgraph({
      typeDefs: TYPES,
      resolvers: { Query: { now: () => 1, later } },
      port: 0,
      context: () => ({}),
    });
    writeFileSync(file, composeSupergraph([{ name: 'a', url: subgraph.url, typeDefs: TYPES }]));
  });

  afterAll(async () => {
    await subgraph.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    isAsked = new Promise((resolve) => (hear = resolve));
    const [port = 0, metricsPort = 0] = await freePorts(2);
    const command = ['cli/margin-graph.mjs', 'gateway', '--supergraph', file];
    const ports = ['--port', `${port}`, '--metrics-port', `${metricsPort}`];
    gateway = spawn(process.execPath, [...command, ...ports], {
      cwd: ROOT,
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(createInterface(gateway.stdout as NodeJS.ReadableStream), 'line');
    url = `http://127.0.0.1:${port}/graphql`;
    metricsUrl = `http://127.0.0.1:${metricsPort}`;
  });

  afterEach(() => {
    if (gateway.exitCode === null) gateway.kill('SIGKILL');
  });

  /** Status and body; `connection` is what the gateway says about the connection. */
  const ask = (field: string, agent: Agent) =>
    new Promise<{ status: number; body: string; connection: string | undefined }>(
      (resolve, reject) => {
        const asking = request(
          url,
          { agent, method: 'POST', headers: JSON_HEADERS },
          (response) => {
            const { statusCode = 0, headers } = response;
            text(response).then(
              (body) => resolve({ status: statusCode, body, connection: headers.connection }),
              reject,
            );
          },
        );
        asking.once('error', reject);
        asking.end(JSON.stringify({ query: `{ ${field} }` }));
      },
    );

  it('says that it is not ready, answers what was asked, and ends with status 0', async () => {
    const readiness = async () => {
      const response = await fetch(`${metricsUrl}/readyz`, { headers: { connection: 'close' } });
      return { status: response.status, body: (await response.json()) as unknown };
    };
    expect(await readiness()).toEqual({ status: 200, body: { status: 'ready' } });
    const ended = once(gateway, 'exit');
    const agent = new Agent({ keepAlive: true });
    const asked = ask('later', agent);
    await isAsked;

    gateway.kill('SIGTERM');
    await vi.waitFor(async () =>
      expect(await readiness()).toEqual({
        status: 503,
        body: { status: 'not ready', reasons: ['DRAINING'] },
      }),
    );
    answer(7);

    expect(await asked).toEqual({
      status: 200,
      body: '{"data":{"later":7}}',
      connection: 'close',
    });
    expect(await ended).toEqual([0, null]);
    agent.destroy();
  });

  it('fails no request under load', async () => {
    const agent = new Agent({ keepAlive: true });
    const ended = once(gateway, 'exit');
    const failures: unknown[] = [];
    let answers = 0;
    /** Asks again and again, until it is sent away. */
    const client = async () => {
      let isWelcome = true;
      while (isWelcome) {
        const { body, connection } = await ask('now', agent);
        if (body !== '{"data":{"now":1}}') failures.push(body);
        answers += 1;
        isWelcome = connection !== 'close';
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    await vi.waitUntil(() => answers > 500, { timeout: 20_000 });
    gateway.kill('SIGTERM');

    await expect(Promise.all(clients)).resolves.toHaveLength(CLIENTS);
    expect(failures).toEqual([]);
    expect(await ended).toEqual([0, null]);
    agent.destroy();
  });
});

/** Fewer than are always let in, for no machine is too slow for those. */
const CLIENTS = 8;
const JSON_HEADERS = { 'content-type': 'application/json' };
