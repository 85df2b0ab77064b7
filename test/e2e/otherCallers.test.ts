import type { Client } from 'graphql-ws';
import { beforeAll, describe, expect, it } from 'vitest';
import { bearer, post, webSocketClient, type Data } from '../support/graphqlClient.js';
import { printedToken, runningGraph } from '../support/localGraph.js';

const ACCOUNTS = `{
  account(id: "acct-meridian") { name }
  nobody: account(id: "acct-nobody") { name }
  accounts(first: 10) { nodes { id } }
}`;
const NO_ACCOUNT = { data: { account: null, nobody: null, accounts: { nodes: [] } } };
const ASSETS = '{ assets { id } }';
const CALLS = 'subscription ($id: ID!) { marginCalls(accountId: $id) { __typename } }';
const MARGIN = 'subscription ($id: ID!) { margin(accountId: $id) { equity } }';
const SWITCH = `mutation ($id: ID!) {
  switchMarginArchitecture(
    input: { accountId: $id, architecture: PORTFOLIO, idempotencyKey: "other" }
  ) { __typename }
}`;

/** What the first message of an operation over WebSocket holds. */
async function first(client: Client, query: string, id?: string): Promise<unknown> {
  const results = client.iterate<Data>({ query, variables: { id } });
  const { value } = (await results.next()) as IteratorResult<unknown, unknown>;
  await results.return?.();
  return value;
}

const running = runningGraph();

describe.each([
  ['a caller without a token', undefined],
  ['a caller whom no account knows', 'somebody-else'],
])('%s', (_who, subject) => {
  let headers: Readonly<Record<string, string>>;

  beforeAll(async () => {
    headers =
      subject === undefined ? {} : bearer(await printedToken(running.graph.dataDirectory, subject));
  });

  const ask = (query: string, variables?: Data) =>
    post(running.graph.url, query, variables, headers);
  const connected = async <Result>(use: (client: Client) => Promise<Result>): Promise<Result> => {
    const client = webSocketClient(running.graph.url, headers);
    try {
      return await use(client);
    } finally {
      await client.dispose();
    }
  };

  it('sees no account over HTTP, and one that is there no more than one that is not', async () => {
    expect(await ask(ACCOUNTS)).toEqual(NO_ACCOUNT);
    const { data } = await ask(ASSETS);
    expect(data?.['assets']).not.toEqual([]);
  });

  it('sees no account over WebSocket', async () => {
    await connected(async (client) => {
      expect(await first(client, ACCOUNTS)).toEqual(NO_ACCOUNT);
    });
  });

  it.each([
    ['margin calls', CALLS],
    ['the requirement', MARGIN],
  ])(
    'cannot subscribe to %s, and does not learn whether there is such an account',
    async (_what, query) => {
      const [real, imagined] = await connected((client) =>
        Promise.all([first(client, query, 'acct-meridian'), first(client, query, 'acct-nobody')]),
      );
      expect(real).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
      expect(JSON.stringify(real).replaceAll('acct-meridian', 'acct-nobody')).toBe(
        JSON.stringify(imagined),
      );
    },
  );

  it('changes no account, and does not learn whether there is one', async () => {
    const [real, imagined] = await Promise.all([
      ask(SWITCH, { id: 'acct-meridian' }),
      ask(SWITCH, { id: 'acct-nobody' }),
    ]);
    expect(real).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect(JSON.stringify(real).replaceAll('acct-meridian', 'acct-nobody')).toBe(
      JSON.stringify(imagined),
    );
  });
});

describe('a token that is none', () => {
  it('is refused over HTTP and over WebSocket, unlike no token', async () => {
    const forged = bearer(`${running.graph.token.slice(0, -8)}AAAAAAAA`);
    const response = await fetch(running.graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...forged },
      body: JSON.stringify({ query: ASSETS }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);

    const client = webSocketClient(running.graph.url, forged);
    await expect(first(client, ASSETS)).rejects.toMatchObject({ code: 4403 });
    await client.dispose();
  });
});
