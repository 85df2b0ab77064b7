/** Asks accounts again and again who is linked to what; the last answer holds until the next. */

import type { Logger } from 'pino';
import type { ServiceCaller } from '../../shared/callerToken/serviceCaller.js';
import { pause } from './backoff.js';
import type { CallLog } from './callLog.js';
import type { LiveMargin } from './liveMargin.js';
import { fetchDirectory } from './wire/directory.js';
import { problemOf } from './wire/readers.js';

const INTERVAL_MS = 5_000;
/** Until the first answer, for nothing can be told before it. */
const FIRST_INTERVAL_MS = 250;
const TIMEOUT_MS = 5_000;

export interface DirectoryFeed {
  /** Resolves when no further request is under way. */
  close(): Promise<void>;
}

export function followDirectory(
  url: string,
  caller: ServiceCaller,
  live: LiveMargin,
  calls: CallLog,
  log: Logger,
): DirectoryFeed {
  const stop = new AbortController();
  const finished = run();
  return {
    async close() {
      stop.abort();
      await finished;
    },
  };

  async function run() {
    while (!stop.signal.aborted) {
      await refresh();
      await pause(live.isReady ? INTERVAL_MS : FIRST_INTERVAL_MS, stop.signal);
    }
  }

  /** New accounts become visible with where their calls stand, or not yet. */
  async function refresh() {
    try {
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const directory = await fetchDirectory(url, caller, signal);
      await calls.load([...directory.accounts.keys()]);
      live.setDirectory(directory);
    } catch (error) {
      if (stop.signal.aborted) return;
      log.warn({ problem: problemOf(error) }, 'accounts could not be read and stay as they were');
    }
  }
}
