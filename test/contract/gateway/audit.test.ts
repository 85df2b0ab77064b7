import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../gateway/engine.js';
import { composeSupergraph } from '../../../gateway/registry/composeSupergraph.js';
import { startServer, type RunningServer } from '../../../gateway/server.js';

/** The schema is all that the audits ask for: `{ __typename }`. */
const typeDefs = 'type Query { nothing: String }';

describe('the gateway', () => {
  let engine: Engine;
  let server: RunningServer;

  beforeAll(async () => {
    engine = new Engine({ timeoutMs: 2_000 });
    await engine.swap(composeSupergraph([{ name: 'a', url: 'http://127.0.0.1:1', typeDefs }]));
    server = await startServer({ engine, port: 0, host: '127.0.0.1', page: null });
  });

  afterAll(async () => {
    await server.close();
    await engine.close();
  });

  it('passes every audit of GraphQL over HTTP', async () => {
    // Every client of ours has to show that it is no page of another site; only a GET needs a header.
    const fetchFn = (url: string, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      headers.set('graphql-require-preflight', '1');
      return fetch(url, { ...init, headers });
    };
    const results = await auditServer({ url: server.url, fetchFn });
    expect(
      results
        .filter(({ status }) => status !== 'ok')
        .map(({ name, status }) => `${status}: ${name}`),
    ).toEqual([]);
    expect(results).toHaveLength(61);
  });
});
