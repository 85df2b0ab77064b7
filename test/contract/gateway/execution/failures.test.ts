import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { httpUpstream } from '../../../../gateway/upstream/httpUpstream.js';
import {
  accountIds,
  accountsSubgraph,
  positionsSubgraph,
} from '../../../support/accountSubgraphs.js';
import {
  answering,
  breakingOff,
  startFaultyServer,
  type FaultyServer,
} from '../../../support/faultyServer.js';
import { startFederation, type Federation } from '../../../support/federation.js';

const TIMEOUT_MS = 150;
/** What must never be told to clients. */
const SECRETS = /127\.0\.0\.1|secret|representations|stacktrace|node_modules|\.ts/;

describe('a subgraph that gives no answer', () => {
  let federation: Federation;
  let server: FaultyServer;
  beforeAll(async () => {
    server = await startFaultyServer();
    const stand = httpUpstream({ url: server.url, timeoutMs: TIMEOUT_MS, responseBytesMax: 5_000 });
    federation = await startFederation([
      accountsSubgraph,
      // Another server stands in for this one's.
      { ...positionsSubgraph({}), stand },
    ]);
  });
  afterEach(() => server.behave(() => undefined));
  afterAll(async () => {
    await federation.close();
    await server.close();
  });

  const problem = (code: string, message: string, path: (string | number)[]) => ({
    message: `The subgraph "positions" ${message}.`,
    path,
    extensions: { code, service: 'positions', venue: 'okx' },
  });
  const unavailable = 'SUBGRAPH_UNAVAILABLE';

  it.each([
    {
      what: 'hangs',
      behaviour: () => undefined,
      code: 'SUBGRAPH_TIMEOUT',
      message: `did not answer within ${TIMEOUT_MS} ms`,
    },
    {
      what: 'begins to answer and hangs',
      behaviour: (_request: unknown, response: { write: (text: string) => void }) =>
        response.write('{"data":'),
      code: 'SUBGRAPH_TIMEOUT',
      message: `did not answer within ${TIMEOUT_MS} ms`,
    },
    {
      what: 'answers HTML',
      behaviour: answering(200, 'text/html', '<html>secret</html>'),
      code: unavailable,
      message: 'sent an answer that is not JSON',
    },
    {
      what: 'answers HTTP 502 with HTML',
      behaviour: answering(502, 'text/html', '<html>secret</html>'),
      code: unavailable,
      message: 'answered with HTTP status 502',
    },
    {
      what: 'answers HTTP 500 with errors as plain JSON',
      behaviour: answering(500, 'application/json', '{"errors":[{"message":"secret"}]}'),
      code: unavailable,
      message: 'answered with HTTP status 500',
    },
    {
      what: 'answers JSON that is cut',
      behaviour: answering(200, 'application/json', '{"data":{"_entities":[{"size'),
      code: unavailable,
      message: 'sent an answer that is not JSON',
    },
    {
      what: 'answers JSON that is not GraphQL',
      behaviour: answering(200, 'application/json', '{"status":"secret"}'),
      code: unavailable,
      message: 'sent an answer that is not a GraphQL response',
    },
    {
      what: 'breaks off',
      behaviour: breakingOff('{"data":{"_entities":[{"size'),
      code: unavailable,
      message: 'cannot be reached',
    },
    {
      what: 'answers without end',
      behaviour: answering(200, 'application/json', `{"data":"${'x'.repeat(5_001)}"}`),
      code: unavailable,
      message: 'sent an answer of more than 5000 bytes',
    },
  ])('and $what costs its own fields, and says so', async ({ behaviour, code, message }) => {
    server.behave(behaviour);

    const result = await federation.execute(
      '{ accounts { name size strict { count } } account(id: "9") { cost { amount } } sizes total }',
    );

    const places = [
      ['sizes'],
      ['total'],
      ...(result.errors ?? []).slice(2).map(({ path }) => path as string[]),
    ];
    expect(result).toEqual({
      data: {
        accounts: accountIds.map((id) => ({ name: `Account ${id}`, size: null, strict: null })),
        account: { cost: null },
        sizes: null,
        total: null,
      },
      errors: places.map((path) => problem(code, message, path)),
    });
    expect(new Set(places.map((path) => path.join('.')))).toEqual(
      new Set(['sizes', 'total', 'accounts', 'account']),
    );
    expect(JSON.stringify(result)).not.toMatch(SECRETS);
  });

  it('is reported at the one place where its entity hangs', async () => {
    server.behave(answering(503, 'text/plain', ''));

    const { errors } = await federation.execute('{ account(id: "1") { strict { count } } }');

    expect(errors).toEqual([
      problem(unavailable, 'answered with HTTP status 503', ['account', 'strict']),
    ]);
  });

  it('reports GraphQL errors whatever its HTTP status, when it says that these they are', async () => {
    server.behave(
      answering(
        500,
        'application/graphql-response+json',
        '{"data":{"sizes":null},"errors":[{"message":"Busy.","path":["sizes"],"extensions":{"code":"BUSY"}}]}',
      ),
    );

    expect(await federation.execute('{ sizes }')).toEqual({
      data: { sizes: null },
      errors: [
        {
          message: 'Busy.',
          path: ['sizes'],
          extensions: { code: 'BUSY', service: 'positions', venue: 'okx' },
        },
      ],
    });
  });

  it('tells nothing of an error that has no code, for nobody made it for callers', async () => {
    const errors = '[{"message":"at db.internal:5432","path":["sizes"],"extensions":{"sql":"…"}}]';
    server.behave(answering(200, 'application/json', `{"data":{"sizes":null},"errors":${errors}}`));

    expect(await federation.execute('{ sizes }')).toEqual({
      data: { sizes: null },
      errors: [
        {
          message: 'The subgraph "positions" failed.',
          path: ['sizes'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'positions', venue: 'okx' },
        },
      ],
    });
  });

  it('cannot plant anything in prototypes', async () => {
    const planted = '{"polluted":true}';
    const entity = `{"__proto__":${planted},"constructor":{"prototype":${planted}},"size":"1"}`;
    server.behave(
      answering(
        200,
        'application/json',
        `{"__proto__":${planted},"data":{"__proto__":${planted},"_entities":[${entity},${entity},${entity}]},` +
          `"errors":[{"message":"m","path":["_entities",0],"extensions":{"__proto__":${planted}}}]}`,
      ),
    );

    const result = await federation.execute('{ accounts { size name } }');

    expect(result.data?.['accounts']).toHaveLength(3);
    expect(JSON.stringify(result.data)).not.toContain('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((Object as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is let go of when nobody waits for the answer any more', async () => {
    const gone = new AbortController();
    server.behave((request) => {
      request.socket.once('close', () => server.behave(() => undefined));
      gone.abort(new Error('The client is gone.'));
    });

    await expect(federation.execute('{ total }', {}, { signal: gone.signal })).rejects.toThrow(
      'The client is gone.',
    );
  });
});
