/** What tests of the margin subgraph ask again and again. */

import { expect, vi } from 'vitest';
import type { MarginUnderTest } from './marginUnderTest.js';

type Answer = Awaited<ReturnType<MarginUnderTest['entities']>>;

/** The fields of one account; `errors` are those of the operation. */
export async function askAccount(
  graph: MarginUnderTest,
  fields: string,
  id = 'fund-1',
): Promise<{ account: unknown; errors: Answer['errors'] }> {
  const { entities, errors } = await graph.entities(
    [{ __typename: 'Account', id }],
    `... on Account { ${fields} }`,
  );
  return { account: entities[0], errors };
}

/** Waits until all inputs have arrived, and the equity is such. */
export const untilEquity = (graph: MarginUnderTest, equity: string, id = 'fund-1') =>
  vi.waitFor(async () => {
    const { account } = await askAccount(graph, 'margin { equity quality }', id);
    expect(account).toEqual({ margin: { equity, quality: 'LIVE' } });
  }, 5_000);
