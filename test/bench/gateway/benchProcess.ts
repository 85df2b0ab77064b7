/** Processes of the bench, and what the system says that they use. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** As anybody serves: without what libraries do for developers only. */
const PRODUCTION = { ...process.env, NODE_ENV: 'production' };

export interface BenchProcessOptions {
  /** For what it prints; absent: it prints nothing but errors, and has a channel to be asked over. */
  readonly logFile?: string;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #logFile: string | undefined;

  constructor(command: readonly string[], { logFile, environment }: BenchProcessOptions = {}) {
    const [program = '', ...args] = command;
    const log = logFile === undefined ? undefined : openSync(logFile, 'w');
    this.#logFile = logFile;
    this.#child = spawn(program, args, {
      cwd: ROOT,
      env: { ...PRODUCTION, ...environment },
      stdio: log === undefined ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', log, log],
    });
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** What it has printed so far. */
  get log(): string {
    return this.#logFile === undefined ? '' : readFileSync(this.#logFile, 'utf8');
  }

  /** Its next message, after the question where there is one. */
  async ask<Answer>(question?: string): Promise<Answer> {
    const answered = once(this.#child, 'message');
    if (question !== undefined) this.#child.send(question);
    const [answer] = (await answered) as [Answer];
    return answer;
  }

  /** Milliseconds of CPU since it began, in steps of ten; with the processes that it has started. */
  cpuMs(): number {
    return sumOf(this.#tree(), cpuMsOf);
  }

  /** Bytes of memory that are its own now; with the processes that it has started. */
  residentBytes(): number {
    return sumOf(this.#tree(), residentBytesOf);
  }

  /** Some gateways take no notice of SIGTERM. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  #tree(): number[] {
    const { pid } = this.#child;
    if (pid === undefined || this.hasEnded) {
      throw new Error(`A process of the bench has ended by itself:\n${this.log}`);
    }
    return withChildren(pid);
  }
}

/** Milliseconds of CPU of the processes that this one has started and that have ended. */
export const endedChildrenCpuMs = () => ticksIn(statOf(process.pid), 13, 14);

const sumOf = (numbers: readonly number[], valueOf: (number: number) => number) =>
  numbers.reduce((sum, number) => sum + valueOf(number), 0);

function withChildren(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  return [
    pid,
    ...children.filter((text) => text !== '').flatMap((one) => withChildren(Number(one))),
  ];
}

/** The fields of /proc/PID/stat after the program's name, which may contain anything. */
const statOf = (pid: number) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** Linux counts a hundred a second, whatever its clock does. */
const TICK_MS = 10;

const ticksIn = (stat: readonly string[], user: number, system: number) =>
  (Number(stat[user]) + Number(stat[system])) * TICK_MS;

const cpuMsOf = (pid: number) => ticksIn(statOf(pid), 11, 12);

function residentBytesOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1_024;
}
