/**
 * Works out liquidation prices beside the live engine: they take dozens of evaluations each, and no
 * margin call may wait for them.
 */

import { Worker } from 'node:worker_threads';
import { operationTooCostly } from '../../shared/errors.js';
import type { LiquidationPrices } from '../domain/portfolio/liquidationPrices.js';
import {
  LIQUIDATION_POSITIONS_MAX,
  positionCount,
  type MarginInputs,
} from '../graph/marginReport.js';
import type { LiquidationRequest, LiquidationResponse } from './liquidationMessages.js';
import { portable, restored } from './portableInputs.js';

export interface LiquidationWorkerOptions {
  /** After so long a caller is told that it takes too long. */
  readonly timeoutMs: number;
}

interface Waiting {
  readonly request: LiquidationRequest;
  readonly resolve: (prices: readonly LiquidationPrices[]) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
}

const WAITING_MAX = 100;

export class LiquidationWorker {
  private worker: Worker | null = null;
  private lastId = 0;
  /** In the order in which they came. The first is being worked on. */
  private readonly waiting: Waiting[] = [];
  /** Of the request that the thread works on; null while it has none. */
  private current: number | null = null;

  constructor(private readonly options: LiquidationWorkerOptions) {}

  /** Starts the thread, which otherwise the first request does. */
  start(): void {
    this.thread();
  }

  /**
   * Rejects with OPERATION_TOO_COSTLY for too many positions, while too many wait, and when it takes
   * too long.
   */
  prices({ book, market, model }: MarginInputs): Promise<readonly LiquidationPrices[]> {
    if (positionCount({ book, market }) > LIQUIDATION_POSITIONS_MAX) {
      return Promise.reject(
        operationTooCostly(
          `Liquidation prices are worked out for at most ${LIQUIDATION_POSITIONS_MAX} positions.`,
        ),
      );
    }
    if (this.waiting.length >= WAITING_MAX) return Promise.reject(busy());
    this.lastId += 1;
    const { model: name, hash } = model;
    const request = { id: this.lastId, model: name, hash, inputs: portable({ book, market }) };
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => this.giveUp(request.id), this.options.timeoutMs);
      this.waiting.push({ request, resolve, reject, deadline });
      this.sendNext();
    });
  }

  /** Whoever waits is told that there is no answer. */
  async close(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    for (const { request } of [...this.waiting]) this.giveUp(request.id);
    await worker?.terminate();
  }

  private sendNext(): void {
    const [next] = this.waiting;
    if (this.current !== null || next === undefined) return;
    this.current = next.request.id;
    this.thread().postMessage(next.request);
  }

  private thread(): Worker {
    if (this.worker !== null) return this.worker;
    const worker = new Worker(new URL('./startLiquidationThread.mjs', import.meta.url));
    worker.on('message', (response: LiquidationResponse) => this.answer(response));
    worker.on('error', (error) => this.lose(worker, error));
    worker.on('exit', () => this.lose(worker, new Error('the thread has ended')));
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private answer(response: LiquidationResponse): void {
    const asked = this.taken(response.id);
    this.current = null;
    if (asked !== null && 'prices' in response) {
      asked.resolve(restored(response.prices) as readonly LiquidationPrices[]);
    } else if (asked !== null && 'failure' in response) {
      asked.reject(new Error(response.failure));
    }
    this.sendNext();
  }

  private giveUp(id: number): void {
    this.taken(id)?.reject(busy());
  }

  /** The next request starts another thread. */
  private lose(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = null;
    if (this.current !== null) this.taken(this.current)?.reject(error);
    this.current = null;
    this.sendNext();
  }

  private taken(id: number): Waiting | null {
    const place = this.waiting.findIndex(({ request }) => request.id === id);
    const [found] = place < 0 ? [] : this.waiting.splice(place, 1);
    clearTimeout(found?.deadline);
    return found ?? null;
  }
}

const busy = () =>
  operationTooCostly('The liquidation prices take too long now. Ask again, for fewer accounts.');
