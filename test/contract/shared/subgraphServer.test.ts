import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notFound } from '../../../subgraphs/shared/errors.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { post, webSocketClient } from '../../support/graphqlClient.js';

const SECRET = 'connect to 127.0.0.1:5432 as margin';
const broken = () => {
  throw new Error(SECRET);
};

describe('a subgraph', () => {
  let subgraph: RunningSubgraph;
  const internalErrors: unknown[] = [];

  beforeAll(async () => {
    subgraph = await startSubgraph({
      typeDefs: `type Query { broken: Int  missing: Int  name: String }
        type Subscription { events: Event  refused: Int }
        type Event { broken: Int  name: String }`,
      resolvers: {
        Query: {
          broken,
          missing: () => {
            throw notFound('thing', 'x');
          },
          name: () => 'subgraph',
        },
        Subscription: {
          events: {
            subscribe: async function* () {
              yield await Promise.resolve({ events: { name: 'event' } });
            },
          },
          refused: { subscribe: broken },
        },
        Event: { broken },
      },
      port: 0,
      context: () => ({}),
      onInternalError: (error) => internalErrors.push(error),
    });
  });

  afterAll(() => subgraph.close());

  const first = async (query: string) => {
    const client = webSocketClient(subgraph.url);
    try {
      for await (const result of client.iterate({ query })) return result;
      return undefined;
    } catch (error) {
      return { errors: error };
    } finally {
      await client.dispose();
    }
  };
  const hidden = {
    message: 'Internal server error',
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };

  it('says nothing of its own mistakes but where they are, over HTTP', async () => {
    const answer = await post(subgraph.url, '{ name broken }');
    expect(answer).toMatchObject({
      data: { name: 'subgraph', broken: null },
      errors: [{ ...hidden, path: ['broken'] }],
    });
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it.each([
    ['an event', 'subscription { events { name broken } }'],
    ['the beginning of a stream', 'subscription { refused }'],
  ])('says nothing of its own mistakes in %s, over WebSocket', async (_, query) => {
    const answer = await first(query);
    expect(answer?.errors).toMatchObject([hidden]);
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it('tells its operator of each mistake, whole', async () => {
    internalErrors.length = 0;
    await post(subgraph.url, '{ broken }');
    expect(internalErrors).toEqual([new Error(SECRET)]);
  });

  it('passes on what it refuses on purpose', async () => {
    const { errors } = await post(subgraph.url, '{ missing }');
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', id: 'x' } }]);
  });

  it('refuses a request that a page of another origin could send', async () => {
    const response = await fetch(`${subgraph.url}?query={name}`);
    expect(response.status).toBe(400);
  });
});
