/** How long to wait before trying again, and the waiting. */

import { setTimeout as delay } from 'node:timers/promises';

const MS_MIN = 100;
const MS_MAX = 2_000;

/**
 * From 100–200 ms after the first failure, doubling to 100–2,000 ms.
 *
 * @param random In [0, 1); spreads the attempts of many processes.
 */
export function backoffMs(failures: number, random: number): number {
  const widest = Math.min(MS_MAX, MS_MIN * 2 ** Math.max(failures, 1));
  return MS_MIN + random * (widest - MS_MIN);
}

/** Ends early, without an error, when `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
