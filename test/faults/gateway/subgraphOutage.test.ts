import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BreakerState } from '../../../gateway/upstream/circuitBreaker.js';
import { startFaultyGraph, WHOLE, type FaultyGraph } from '../../support/faultyGraph.js';
import { answering, type Behaviour } from '../../support/faultyServer.js';

const REQUESTS = 200;
const RECOVERY_MS_MAX = 5_000;

describe('while a subgraph is down, under load', () => {
  let graph: FaultyGraph;
  let states: BreakerState[];
  let retries: number;
  beforeEach(async () => {
    [states, retries] = [[], 0];
    graph = await startFaultyGraph({
      upstream: { timeoutMs: 1_000 },
      observer: {
        callDone: () => undefined,
        retried: () => (retries += 1),
        breakerChanged: (state) => states.push(state),
      },
    });
  });
  afterEach(() => graph.close());

  const down: { how: string; behaviour: Behaviour }[] = [
    { how: 'answering 503', behaviour: answering(503, 'text/plain', 'down') },
    { how: 'resetting', behaviour: (request) => request.socket.resetAndDestroy() },
  ];

  it.each(down)('it is asked at most 1.1 times per request, $how', async ({ behaviour }) => {
    graph.servers.news.behave(behaviour);
    for (let done = 0; done < REQUESTS; done += 10) {
      await Promise.all(Array.from({ length: 10 }, () => graph.execute()));
    }

    expect(retries).toBeGreaterThan(0);
    expect(graph.servers.news.requests.length).toBeLessThanOrEqual(1.1 * REQUESTS);
    expect(graph.servers.people.requests).toHaveLength(REQUESTS);
  });

  it('it is soon not asked any more, clients are told when to come again, and it comes back', async () => {
    graph.servers.news.behave(answering(503, 'text/plain', 'down'));
    while (!states.includes('open')) await graph.execute();
    const asked = graph.servers.news.requests.length;
    const { data, errors } = await graph.execute();

    expect(data).toEqual({ ...WHOLE, news: null });
    expect(errors).toEqual([
      {
        message: 'The subgraph "news" is not asked for now, because it failed too often.',
        path: ['news'],
        extensions: {
          code: 'SUBGRAPH_UNAVAILABLE',
          retryAfterMs: expect.any(Number) as number,
          service: 'news',
        },
      },
    ]);
    expect(graph.servers.news.requests).toHaveLength(asked);

    graph.heal('news');
    const healedAt = performance.now();
    while ((await graph.execute()).errors) {
      expect(performance.now() - healedAt).toBeLessThan(RECOVERY_MS_MAX);
    }
    expect(states.slice(-3)).toEqual(['open', 'half-open', 'closed']);
  });
});
