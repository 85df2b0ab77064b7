import { createClient, type Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import {
  callHeaders,
  connectionParams,
  foreignKey,
  forgedToken,
  goodClaims,
  subjectSeeing,
  testVerifier,
} from '../../support/signedCalls.js';

const ANN = subjectSeeing('fund-1');
const FORBIDDEN = 4403;

let passedMs: number;
let subgraph: RunningSubgraph;
const clients: Client[] = [];

beforeEach(async () => {
  passedMs = 0;
  subgraph = await startSubgraph({
    typeDefs: `type Query { seen: Int }  type Subscription { ticks: String }`,
    resolvers: {
      Query: { seen: () => 1 },
      Subscription: {
        ticks: {
          subscribe: async function* (_: unknown, __: unknown, { who }: { who: string }) {
            for (;;) yield await Promise.resolve({ ticks: who });
          },
        },
      },
    },
    port: 0,
    verifier: testVerifier('clock', () => Date.now() + passedMs),
    context: (_headers, { subject, issuer, access }) => ({
      who: `${subject} of ${issuer}, seeing ${access.accountIds?.join()}`,
    }),
  });
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await subgraph.close();
});

const connect = (params: Record<string, unknown>): Client => {
  const client = createClient({
    url: subgraph.url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 60_000,
    connectionParams: params,
  });
  clients.push(client);
  return client;
};

/** The first result, or what ended it: the close event, or the errors. */
async function asked(client: Client, query: string): Promise<unknown> {
  try {
    for await (const result of client.iterate({ query })) return result;
    return 'ended';
  } catch (problem) {
    return Array.isArray(problem) ? { errors: problem as unknown[] } : { closed: problem };
  }
}

const TICKS = 'subscription { ticks }';

describe('a WebSocket to a subgraph that takes signed calls', () => {
  it('is opened by a token of the gateway, whose caller its subscriptions are for', async () => {
    expect(await asked(connect(connectionParams('clock', ANN)), TICKS)).toEqual({
      data: { ticks: 'ann of gateway, seeing fund-1' },
    });
  });

  it.each([
    ['nothing', () => ({})],
    ['a token that is no text', () => ({ authorization: [connectionParams('clock', ANN)] })],
    ['the token of a call', () => callHeaders('clock', '', ANN)],
    ['a token for another subgraph', () => connectionParams('oracle', ANN)],
    [
      'a token of somebody else',
      () => ({
        authorization: `Bearer ${forgedToken(goodClaims('clock', ''), { key: foreignKey })}`,
      }),
    ],
  ])('is closed with 4403 on %s', async (_, params) => {
    expect(await asked(connect(params()), TICKS)).toMatchObject({ closed: { code: FORBIDDEN } });
  });

  it('is closed with 4403 on a token of 31 seconds ago', async () => {
    const params = connectionParams('clock', ANN);
    passedMs = 31_000;
    expect(await asked(connect(params), TICKS)).toMatchObject({ closed: { code: FORBIDDEN } });
  });

  it('answers no query, for nobody has signed what it asks', async () => {
    expect(await asked(connect(connectionParams('clock', ANN)), '{ seen }')).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('goes on after its token has expired, and takes no further subscription', async () => {
    const client = connect(connectionParams('clock', ANN));
    const running = client.iterate({ query: TICKS });
    await running.next();
    passedMs = 31_000;

    expect(await asked(client, TICKS)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await running.next()).toMatchObject({ value: { data: {} }, done: false });
    await running.return?.();
  });
});
