/**
 * One service as a child process: ready when it says so over IPC, started again when it dies, ended
 * by its own process id.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EXIT_CONFIG } from '../../subgraphs/shared/exitStatus.js';
import { bundleOf } from './bundleServices.js';

export interface ServiceDefinition {
  readonly name: string;
  /** Path of its main file from the project's root; its bundle is what runs. */
  readonly main: string;
  /** Its whole environment. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface ServiceProcessOptions {
  /** One line of the service's own output, or of its life and death. */
  readonly onLine: (line: string) => void;
}

const ROOT = new URL('../../', import.meta.url);
const RESTART_MS_MIN = 1_000;
const RESTART_MS_MAX = 15_000;
/** A service that lived this long starts again without having to wait for longer each time. */
const STABLE_MS = 30_000;
const KILL_MS = 8_000;

export class ServiceProcess {
  /** Resolves at the first readiness; rejects when the service ends before it. */
  readonly ready: Promise<void>;
  readonly #definition: ServiceDefinition;
  readonly #options: ServiceProcessOptions;
  #settle: { ready: () => void; failed: (error: Error) => void } | undefined;
  #child: ChildProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #restartMs = RESTART_MS_MIN;
  #isStopping = false;
  #wasReady = false;

  constructor(definition: ServiceDefinition, options: ServiceProcessOptions) {
    this.#definition = definition;
    this.#options = options;
    this.ready = new Promise((ready, failed) => {
      this.#settle = { ready, failed };
    });
    this.#spawn();
  }

  get name(): string {
    return this.#definition.name;
  }

  /** Of the child that runs now; undefined when it could not be spawned. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Asks it to end, and kills it when it has not after eight seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
    await ended;
    clearTimeout(killer);
  }

  #spawn(): void {
    const { name, main, environment } = this.#definition;
    const startedAt = Date.now();
    // The name is for people who read `ps`: the venues share one main.
    const child = spawn(process.execPath, ['--enable-source-maps', bundleOf(main), name], {
      cwd: ROOT,
      env: environment,
      // A group of its own: Ctrl-C reaches the supervisor, which ends the services in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    let lastLine = '';
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        lastLine = line;
        this.#options.onLine(line);
      });
    }
    child.on('message', () => {
      this.#wasReady = true;
      this.#settle?.ready();
    });
    child.once('close', (code, signal) => {
      if (this.#isStopping) return;
      const how = signal ?? `status ${code ?? 'unknown'}`;
      if (!this.#wasReady || code === EXIT_CONFIG) {
        this.#settle?.failed(new Error(`${name} ended with ${how}: ${lastLine}`));
        return;
      }
      this.#restart(how, Date.now() - startedAt);
    });
  }

  #restart(how: string, livedMs: number): void {
    if (livedMs > STABLE_MS) this.#restartMs = RESTART_MS_MIN;
    this.#options.onLine(`ended with ${how}; starting again in ${this.#restartMs / 1_000} s`);
    this.#restartTimer = setTimeout(() => {
      this.#spawn();
    }, this.#restartMs);
    this.#restartMs = Math.min(this.#restartMs * 2, RESTART_MS_MAX);
  }
}
