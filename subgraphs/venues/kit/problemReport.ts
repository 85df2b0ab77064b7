import type { AccountUpdate } from './updateLog.js';

/** Writes a line whenever an account goes stale, has another problem, or is live again. */
export async function problemReport(
  updates: AsyncIterable<AccountUpdate>,
  writeLine: (line: string) => void,
): Promise<void> {
  const problems = new Map<string, string>();
  for await (const { account } of updates) {
    const { id, problem } = account;
    if (problem === (problems.get(id) ?? null)) continue;
    writeLine(problem === null ? `${id} is live again` : `${id} is stale: ${problem}`);
    if (problem === null) problems.delete(id);
    else problems.set(id, problem);
  }
}
