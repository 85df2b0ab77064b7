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

  it('says how many bytes its answer has', async () => {
    const answer = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ echo(text: \\"größer\\") }"}',
    });
    const text = await answer.text();

    expect(text).toBe('{"data":{"echo":"größer"}}');
    expect(answer.headers.get('content-length')).toBe(String(text.length + 2));
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

  const asked = async (contentType: string, given: object) => {
    const accept = 'application/graphql-response+json';
    const headers = { 'content-type': contentType, accept };
    const response = await fetch(server.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: '{ __typename }', ...given }),
    });
    return { status: response.status, text: await response.text() };
  };

  it.each([
    ['application/json', 200],
    ['Application/JSON ; charset=UTF-8', 200],
    ['application/json; charset=utf-16', 415],
    ['application/json5', 415],
  ])('takes JSON in UTF-8: %s is answered with %i', async (contentType, status) => {
    expect(await asked(contentType, {})).toMatchObject({ status });
  });

  it.each([
    ['operationName', 1],
    ['variables', []],
    ['variables', 'text'],
    ['extensions', 1],
  ])('refuses a request whose "%s" is %j, by its name', async (name, value) => {
    const { status, text } = await asked('application/json', { [name]: value });
    expect([status, text]).toEqual([400, expect.stringContaining(`Invalid ${name}`)]);
  });

  it('takes null for what is left out', async () => {
    const given = { operationName: null, variables: null, extensions: null };
    expect(await asked('application/json', given)).toMatchObject({ status: 200 });
  });

  it('refuses a variable of the wrong type, by name', async () => {
    const query = 'query ($text: String!) { echo(text: $text) }';
    const { errors } = await post(server.url, query, { text: 7 });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors?.[0]?.message).toContain('$text');
  });
});
