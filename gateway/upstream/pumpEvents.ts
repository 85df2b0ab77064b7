/** Moves events from a source into a queue as they come, so that the source never waits. */

import type { EventQueue } from './eventQueue.js';

/** Resolves, and never rejects, when the source has ended or the queue has. */
export async function pumpEvents<In, Out>(
  source: AsyncIterator<In>,
  queue: EventQueue<Out>,
  convert: (event: In) => Out | Promise<Out>,
): Promise<void> {
  try {
    while (!queue.isEnded) {
      const next = await source.next();
      if (next.done) break;
      queue.push(await convert(next.value));
    }
    queue.complete();
  } catch (error) {
    queue.fail(error instanceof Error ? error : new Error('The source failed.', { cause: error }));
  }
}
