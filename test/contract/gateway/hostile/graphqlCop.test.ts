import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEchoGateway, type EchoGateway } from '../../../support/echoGateway.js';

/**
 * The thirteen checks of graphql-cop, against a gateway as in production: each asks as the tool does,
 * and expects what the tool takes for safe.
 * Source: github.com/dolevf/graphql-cop, lib/tests.
 */
describe('a gateway in production', () => {
  let gateway: EchoGateway;
  beforeAll(async () => {
    gateway = await startEchoGateway({ introspection: false });
  });
  afterAll(() => gateway.close());

  const ask = async (body: unknown, init: RequestInit = {}) => {
    const response = await fetch(gateway.server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    });
    const text = await response.text();
    return { status: response.status, text };
  };
  /** What it says of a query that it must refuse. */
  const refused = async (query: string) => {
    const { text } = await ask({ query });
    const { data, errors } = JSON.parse(text) as {
      data?: unknown;
      errors: { extensions: object }[];
    };
    expect(data).toBeUndefined();
    return errors[0]?.extensions;
  };
  const get = (search: string, accept = 'application/json') =>
    fetch(`${gateway.server.url}?${search}`, { headers: { accept } });

  it('refuses alias overloading', async () => {
    const aliases = Array.from({ length: 101 }, (_, index) => `alias${index}: __typename`);
    expect(await refused(`query cop { ${aliases.join(' ')} }`)).toMatchObject({ limit: 'aliases' });
  });

  it('refuses array batching', async () => {
    const { status, text } = await ask(Array(10).fill({ query: 'query cop { __typename }' }));
    expect(status).toBe(400);
    expect(text).not.toContain('"data"');
  });

  it('refuses queries over GET that a page of another site could send', async () => {
    const response = await get('query=query cop {__typename}');
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('CROSS_SITE_REQUEST') as string,
    ]);
  });

  it('refuses mutations over GET, also from where a query would be answered', async () => {
    const headers = { 'graphql-require-preflight': '1' };
    const query = encodeURIComponent('mutation cop { change(text: "x") }');
    const response = await fetch(`${gateway.server.url}?query=${query}`, { headers });
    expect([response.status, gateway.changes]).toEqual([405, []]);
  });

  it('refuses form posts, which a page of another site could send', async () => {
    const { status } = await ask('query=query+cop+%7B__typename%7D', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(status).toBe(415);
  });

  it('refuses introspection', async () => {
    expect(await refused('query cop { __schema { types { name } } }')).toMatchObject({
      code: 'INTROSPECTION_DISABLED',
    });
  });

  it('refuses introspection that goes round in circles, also where introspection is on', async () => {
    const open = await startEchoGateway();
    const query = `query cop { __schema { types { fields { type { fields { type { fields {
      type { fields { type { name } } } } } } } } } } }`;
    const response = await fetch(open.server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await response.text()).toContain('Maximum introspection depth exceeded');
    await open.close();
  });

  it('does not multiply errors with overloaded directives', async () => {
    const { text } = await ask({ query: `query cop { __typename ${'@aa'.repeat(10)} }` });
    const { errors } = JSON.parse(text) as { errors: unknown[] };
    expect(errors.length).toBeLessThan(10);
    expect(await refused(`query cop { __typename ${'@aa'.repeat(21)} }`)).toMatchObject({
      limit: 'directives',
    });
  });

  it('refuses duplicated fields', async () => {
    expect(await refused(`query cop { ${'__typename '.repeat(500)} }`)).toMatchObject({
      limit: 'rootFields',
    });
    expect(await refused(`query cop { thing { ${'name '.repeat(2_000)} } }`)).toMatchObject({
      limit: 'tokens',
    });
  });

  it('shows no trace and no debugging in its answers', async () => {
    const { text } = await ask({ query: 'query cop { __typename }' });
    expect(JSON.parse(text)).toEqual({ data: { __typename: 'Query' } });
  });

  it('suggests no fields', async () => {
    const { text } = await ask({ query: 'query cop { thin { id } }' });
    expect(text).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(text).not.toContain('Did you mean');
  });

  it('shows no GraphiQL where it answers GraphQL', async () => {
    const text = await (await get('', 'text/html')).text();
    expect(text).not.toMatch(/graphiql|playground/i);
  });

  it('shows nothing of its insides where a document cannot be read', async () => {
    const { text } = await ask({ query: 'qwerty cop { abc }' });
    expect(text).toContain('GRAPHQL_PARSE_FAILED');
    expect(text).not.toMatch(/exception|stack|node_modules|\.ts/i);
  });
});
