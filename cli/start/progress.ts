/** Shows what is starting: a list that updates itself on a terminal, else one line when each is done. */

import { Listr } from 'listr2';

export interface Step {
  readonly title: string;
  /** Resolves when it is ready, with what is worth knowing of it, such as its process id. */
  readonly done: Promise<string>;
}

/** Resolves when all steps are done; rejects with the first that fails. */
export async function showProgress(steps: readonly Step[], isTerminal: boolean): Promise<void> {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
  if (!isTerminal) {
    await Promise.all(
      steps.map(async ({ title, done }) => {
        const detail = await done;
        console.log(`${title} ready: ${detail}, after ${seconds()}`);
      }),
    );
    return;
  }
  await new Listr(
    steps.map(({ title, done }) => ({
      title,
      task: async (_context: unknown, task: { title: string }) => {
        const detail = await done;
        task.title = `${title}: ${detail}, after ${seconds()}`;
      },
    })),
    { concurrent: true },
  ).run();
}
