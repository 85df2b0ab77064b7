/** Starts the whole product as a user does, in a data directory of its own. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ExecutionResult } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll } from 'vitest';
import { freePorts } from '../../cli/start/freePorts.js';
import { bearer, post, webSocketClient, type Data } from './graphqlClient.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface LocalGraph {
  /** `http://127.0.0.1:…/graphql`. */
  readonly url: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly process: ChildProcess;
  /** Of the demo's subject, who may see every account of the demo. */
  readonly token: string;
  /** One operation over HTTP, with the token. */
  ask(query: string, variables?: Data): Promise<ExecutionResult<Data>>;
  /** A graphql-ws client with the token. */
  connect(): Client;
  /** What it has printed, line by line. */
  readonly lines: readonly string[];
  /** From the moment it was started to the moment it said that it is ready. */
  readonly readyMs: number;
  /** Process id of a service, as printed. */
  pidOf(service: string): number;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** A data directory below the project's own, so that it is on the same file system. */
export async function temporaryDataDirectory(): Promise<{
  path: string;
  remove: () => Promise<void>;
}> {
  await mkdir(`${ROOT}.tmp`, { recursive: true });
  const path = await mkdtemp(`${ROOT}.tmp/e2e-`);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * The product, running while the tests of this file do. `graph` is the start of now: a test that
 * kills it starts it again on the same data with `startAgain`.
 */
export function runningGraph(): {
  readonly graph: LocalGraph;
  startAgain(): Promise<void>;
} {
  let data: Awaited<ReturnType<typeof temporaryDataDirectory>>;
  let graph: LocalGraph;
  beforeAll(async () => {
    data = await temporaryDataDirectory();
    graph = await startLocalGraph(data.path);
  });
  afterAll(async () => {
    await graph.stop();
    await data.remove();
  });
  return {
    get graph() {
      return graph;
    },
    startAgain: async () => {
      graph = await startLocalGraph(data.path);
    },
  };
}

/** Rejects with what it printed when it ends before it is ready. */
export async function startLocalGraph(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<LocalGraph> {
  const [port = 0] = await freePorts(1);
  const startedAt = performance.now();
  const child = spawnStart(port, dataDirectory, environment);
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    onLines(child, (line) => {
      lines.push(line);
      if (line.includes('Margin Graph is ready')) resolve();
    });
    child.once('close', () => {
      reject(new Error(`ended before it was ready:\n${lines.join('\n')}`));
    });
  });
  const readyMs = performance.now() - startedAt;
  const url = `http://127.0.0.1:${port}/graphql`;
  const token = await printedToken(dataDirectory);
  return {
    url,
    port,
    dataDirectory,
    process: child,
    token,
    ask: (query, variables) => post(url, query, variables, bearer(token)),
    connect: () => webSocketClient(url, bearer(token)),
    lines,
    readyMs,
    pidOf: (service) => {
      const text = lines.find((line) => line.startsWith(`${service} ready: process `));
      return Number(/process (\d+)/.exec(text ?? '')?.[1]);
    },
    stop: () => stop(child),
  };
}

/** What `margin-graph token` prints for a start on this data. */
export async function printedToken(dataDirectory: string, subject = 'demo'): Promise<string> {
  const command = ['cli/margin-graph.mjs', 'token', '--data', dataDirectory, '--subject', subject];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: ROOT });
  return stdout.trim();
}

/** Starts it and waits for its end, for starts that must fail; one that does not is stopped. */
export async function failingStart(
  port: number,
  dataDirectory: string,
): Promise<{ code: number | null; lines: string[] }> {
  const child = spawnStart(port, dataDirectory, {});
  const lines: string[] = [];
  onLines(child, (line) => {
    lines.push(line);
    if (line.includes('Margin Graph is ready')) child.kill('SIGINT');
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, lines };
}

function spawnStart(
  port: number,
  dataDirectory: string,
  environment: Readonly<Record<string, string>>,
) {
  return spawn(process.execPath, ['cli/margin-graph.mjs', 'start', '--data', dataDirectory], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function onLines(child: ReturnType<typeof spawnStart>, onLine: (line: string) => void) {
  createInterface(child.stdout).on('line', onLine);
  createInterface(child.stderr).on('line', onLine);
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  return ended;
}
