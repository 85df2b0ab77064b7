/** Several gateway processes behind one port, each with an engine of its own. */

import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';

export interface GatewayWorkersOptions {
  readonly count: number;
  /** Told when one has ended by itself, and another takes its place. */
  readonly onReplaced: (how: string) => void;
}

/** Not a signal: Ctrl-C sends one to every process of the terminal, and the second would kill. */
const CLOSE = 'close';

/** A worker that ends at once would be replaced for ever as fast as it can end. */
const REPLACE_MS = 1_000;

/**
 * The primary process listens and hands each connection to a worker in turn. What ends by itself is
 * replaced, except before all have been ready once: then something is wrong that stays wrong.
 */
export class GatewayWorkers {
  readonly #options: GatewayWorkersOptions;
  readonly #listening = new WeakSet<Worker>();
  #isReady = false;
  #isClosing = false;

  constructor(options: GatewayWorkersOptions) {
    this.#options = options;
  }

  /** Whether this process is one of the workers, and has to serve. */
  static get isWorker(): boolean {
    return cluster.isWorker;
  }

  /**
   * In a worker, before it listens: calls back when it has to end, also because the primary process
   * has.
   */
  static onClose(close: () => void): void {
    process.on('message', (message) => {
      if (message === CLOSE) close();
    });
    process.once('disconnect', close);
  }

  /**
   * Resolves with the port when every worker listens, and with undefined when they were closed before;
   * rejects when one ends by itself before, with its exit code.
   */
  async start(): Promise<number | undefined> {
    cluster.on('listening', (worker) => this.#listening.add(worker));
    cluster.on('exit', (worker, code, signal) => this.#replace(worker, code, signal));
    const workers = Array.from({ length: this.#options.count }, () => cluster.fork());
    try {
      const [port] = await Promise.all(workers.map((worker) => listening(worker)));
      this.#isReady = true;
      return port;
    } catch (error) {
      if (this.#isClosing) return undefined;
      throw error;
    }
  }

  /** Each finishes what it has begun. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const workers = Object.values(cluster.workers ?? {}).filter((one) => one !== undefined);
    await Promise.all(workers.map((worker) => this.#end(worker)));
  }

  async #end(worker: Worker): Promise<void> {
    if (worker.isDead()) return;
    const ended = once(worker, 'exit');
    // One that is still starting has begun nothing, and may not hear a message yet.
    if (this.#listening.has(worker)) worker.send(CLOSE);
    else worker.process.kill('SIGKILL');
    await ended;
  }

  #replace({ process: { pid } }: Worker, code: number | null, signal: string | null): void {
    if (this.#isClosing || !this.#isReady) return;
    this.#options.onReplaced(`process ${pid ?? 'unknown'} ended with ${signal ?? String(code)}`);
    setTimeout(() => {
      if (!this.#isClosing) cluster.fork();
    }, REPLACE_MS);
  }
}

/** Resolves with the port. */
function listening(worker: Worker): Promise<number> {
  return Promise.race([
    once(worker, 'listening').then(([address]: { port: number }[]) => address?.port ?? 0),
    once(worker, 'exit').then(([code]) => {
      throw new Error(`A gateway process ended before it was ready, with status ${String(code)}.`);
    }),
  ]);
}
