import type { IncomingHttpHeaders } from 'node:http';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { Engine } from '../../../gateway/engine.js';
import { composeSupergraph } from '../../../gateway/registry/composeSupergraph.js';
import { startServer, type RunningServer } from '../../../gateway/server.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { post, watch } from '../../support/graphqlClient.js';

const typeDefs = `
  type Query { heard: [String!]!  echo(text: String!): String! }
  type Subscription { heardFirst: [String!]! }
`;

/** What a subgraph hears of the caller, `name: value`, sorted. */
const heard = (headers: IncomingHttpHeaders) =>
  ['authorization', 'traceparent', 'x-correlation-id', 'cookie']
    .flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}`]))
    .sort();

describe('the gateway', () => {
  let subgraph: RunningSubgraph;
  let engine: Engine;
  let server: RunningServer;

  beforeAll(async () => {
    subgraph = await startSubgraph<{ headers: IncomingHttpHeaders }>({
      typeDefs,
      resolvers: {
        Query: {
          heard: (_root: unknown, _args: unknown, { headers }: { headers: IncomingHttpHeaders }) =>
            heard(headers),
          echo: (_root: unknown, { text }: { text: string }) => text,
        },
        Subscription: {
          heardFirst: {
            subscribe: async function* (
              _root: unknown,
              _args: unknown,
              { headers }: { headers: IncomingHttpHeaders },
            ) {
              yield await Promise.resolve({ heardFirst: heard(headers) });
            },
          },
        },
      },
      port: 0,
      context: (headers) => ({ headers }),
    });
    const { url } = subgraph;
    engine = new Engine({ timeoutMs: 2_000 });
    await engine.swap(composeSupergraph([{ name: 'echo', url, typeDefs }]));
    server = await startServer({ engine, port: 0, host: '127.0.0.1', page: '/nowhere' });
  });

  afterAll(async () => {
    await server.close();
    await engine.close();
    await subgraph.close();
  });

  const caller = { authorization: 'Bearer desk', 'x-correlation-id': 'c-7', cookie: 'secret=1' };
  const forwarded = ['authorization: Bearer desk', 'x-correlation-id: c-7'];
  const client = () =>
    createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: caller,
    });

  it('tells subgraphs who calls over HTTP, and keeps cookies to itself', async () => {
    expect(await post(server.url, '{ heard }', {}, caller)).toEqual({ data: { heard: forwarded } });
  });

  it('tells subgraphs who calls over WebSocket, where browsers can set no headers', async () => {
    const connection = client();
    const events = watch(connection, 'subscription { heardFirst }');
    expect(await events.next()).toEqual({ heardFirst: forwarded });
    await events.stop();
    await connection.dispose();
  });

  it('answers queries over WebSocket, and names what is wrong with them', async () => {
    const connection = client();
    const query = watch(connection, 'query ($text: String!) { echo(text: $text) }', { text: 'hi' });
    expect(await query.next()).toEqual({ echo: 'hi' });
    await expect(watch(connection, '{ nonsense }').next()).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    await connection.dispose();
  });

  it('says where subscriptions run when one is asked for over HTTP', async () => {
    const { errors } = await post(server.url, 'subscription { heardFirst }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    expect(errors?.[0]?.message).toContain('WebSocket');
  });

  it('refuses what a page of another origin could send without asking', async () => {
    const answers = await Promise.all([
      fetch(`${server.url}?query={heard}`),
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: '{"query":"{ heard }"}',
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 415]);
  });

  it('refuses a variable of the wrong type, by name', async () => {
    const query = 'query ($text: String!) { echo(text: $text) }';
    const { errors } = await post(server.url, query, { text: 7 });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors?.[0]?.message).toContain('$text');
  });
});
