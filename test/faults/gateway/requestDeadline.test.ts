import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { startFaultyGraph, WHOLE } from '../../support/faultyGraph.js';

const LEFT_MS = 300;

describe('the deadline of a whole request', () => {
  it('cuts short a subgraph that may take longer, and spares those that come after it', async () => {
    const graph = await startFaultyGraph({ upstream: { timeoutMs: 10_000 } });
    await graph.execute();
    const asked = graph.servers.scores.requests.length;
    graph.servers.people.behave(() => undefined);
    const start = performance.now();
    const result = await graph.execute({ deadline: start + LEFT_MS });

    expect(performance.now() - start).toBeLessThan(LEFT_MS + 700);
    expect(result.data).toEqual({ ...WHOLE, users: null });
    expect(result.errors).toMatchObject([
      { path: ['users'], extensions: { code: 'SUBGRAPH_TIMEOUT', service: 'people' } },
    ]);
    expect(result.errors?.[0]?.message).toMatch(
      /^The subgraph "people" did not answer within the \d+ ms that the whole request had left\.$/,
    );
    expect(graph.servers.scores.requests).toHaveLength(asked);
    await graph.close();
  });

  it('gives each step less than the one before', async () => {
    const graph = await startFaultyGraph({ upstream: { timeoutMs: 10_000 } });
    await graph.execute({ deadline: performance.now() + 5_000 });
    const left = ({ requests }: { requests: { headers: Record<string, unknown> }[] }) =>
      Number(requests[0]?.headers['x-deadline-ms']);

    const [first, second] = [left(graph.servers.people), left(graph.servers.scores)];
    expect(first).toBeLessThanOrEqual(5_000);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(first);
    await graph.close();
  });
});

describe('a caller for whom nothing can be signed', () => {
  it('is told why, in place of every field, and no subgraph is asked', async () => {
    const refusal = new GraphQLError('The token speaks for too many accounts.', {
      extensions: { code: 'TOO_MANY_ACCOUNTS' },
    });
    const signer = { headers: () => Promise.reject(refusal) };
    const graph = await startFaultyGraph({ upstream: { timeoutMs: 1_000, signer } });

    const { data, errors } = await graph.execute();

    expect(data).toEqual({ users: null, news: null });
    // Both were to be asked at the same time.
    expect(new Set(errors)).toEqual(
      new Set([
        {
          message: refusal.message,
          path: ['users'],
          extensions: { code: 'TOO_MANY_ACCOUNTS', service: 'people' },
        },
        {
          message: refusal.message,
          path: ['news'],
          extensions: { code: 'TOO_MANY_ACCOUNTS', service: 'news' },
        },
      ]),
    );
    expect(Object.values(graph.servers).flatMap(({ requests }) => requests)).toEqual([]);
    await graph.close();
  });
});
