/** What one gateway process watches of itself. */

import { GatewayMetrics } from './gatewayMetrics.js';
import { LoopLag } from './loopLag.js';
import { Overload } from './overload.js';
import { Tracing } from './tracing.js';

const TICK_MS = 100;

export class Telemetry {
  readonly tracing = new Tracing();
  readonly metrics: GatewayMetrics;
  readonly overload: Overload;
  readonly #loopLag = new LoopLag();
  readonly #ticks: NodeJS.Timeout;

  constructor() {
    const loopLag = this.#loopLag;
    this.metrics = new GatewayMetrics({ loopLag, countsProcess: true });
    const overload = new Overload({ lagMs: () => loopLag.recentMs });
    this.overload = overload;
    this.#ticks = setInterval(() => overload.tick(), TICK_MS).unref();
  }

  close(): void {
    clearInterval(this.#ticks);
    this.#loopLag.close();
  }
}
