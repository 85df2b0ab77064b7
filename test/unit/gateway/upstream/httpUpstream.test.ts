import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallerGone } from '../../../../gateway/http/callerGone.js';
import { DEADLINE_HEADER, httpUpstream } from '../../../../gateway/upstream/httpUpstream.js';
import type { CallSigner } from '../../../../gateway/upstream/signing/callSigner.js';
import type { Upstream } from '../../../../gateway/upstream/upstream.js';
import { answering, startFaultyServer, type FaultyServer } from '../../../support/faultyServer.js';

const context = { headers: {} };
const json = 'application/json';

describe('httpUpstream', () => {
  let server: FaultyServer;
  let upstream: Upstream;
  beforeEach(async () => {
    server = await startFaultyServer();
    upstream = httpUpstream({ url: server.url, timeoutMs: 5_000, connections: 1 });
  });
  afterEach(async () => {
    await upstream.close();
    await server.close();
  });

  it('posts the body with the headers of the caller, whose media types do not count', async () => {
    server.behave(answering(200, json, '{"data":{"a":"ä"}}'));
    const headers = { authorization: 'Bearer x', 'content-type': 'text/plain', accept: '*/*' };

    expect(await upstream.request('{"query":"{a}"}', { headers })).toEqual({ data: { a: 'ä' } });
    expect(server.requests).toMatchObject([
      {
        body: '{"query":"{a}"}',
        headers: {
          authorization: 'Bearer x',
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json;q=0.9',
        },
      },
    ]);
  });

  it('keeps its connection for the next request', async () => {
    const sockets = new Set<unknown>();
    server.behave((request, response, body) => {
      sockets.add(request.socket);
      answering(200, json, '{"data":{}}')(request, response, body);
    });
    for (let count = 0; count < 3; count += 1) await upstream.request('{}', context);

    expect(sockets.size).toBe(1);
  });

  it('reads characters whole that arrive in two pieces', async () => {
    const bytes = Buffer.from('{"data":{"a":"ä"}}');
    server.behave((_request, response) => {
      response.writeHead(200, { 'content-type': json }).write(bytes.subarray(0, 15));
      setTimeout(() => response.end(bytes.subarray(15)), 10);
    });

    expect(await upstream.request('{}', context)).toEqual({ data: { a: 'ä' } });
  });

  it('counts the wait for a connection, and does not send what has waited too long', async () => {
    const impatient = httpUpstream({ url: server.url, timeoutMs: 200, connections: 1 });
    const all = await Promise.allSettled([
      impatient.request('"first"', context),
      // Shorter, for the first frees the connection when its own time is over.
      impatient.request('"second"', { ...context, deadline: performance.now() + 100 }),
    ]);

    expect(all).toMatchObject([
      { reason: { code: 'SUBGRAPH_TIMEOUT', problem: 'did not answer within 200 ms' } },
      { reason: { code: 'SUBGRAPH_TIMEOUT' } },
    ]);
    server.behave(answering(200, json, '{"data":{}}'));
    await vi.waitFor(() => impatient.request('"third"', context));
    expect(server.requests.map(({ body }) => body)).toContain('"third"');
    expect(server.requests.map(({ body }) => body)).not.toContain('"second"');
    await impatient.close();
  });

  it('rejects with the reason of a signal that has aborted, or aborts while it waits', async () => {
    const before = AbortSignal.abort(new Error('before'));
    const during = new AbortController();
    server.behave(() => during.abort(new Error('during')));

    await expect(upstream.request('{}', { ...context, signal: before })).rejects.toThrow('before');
    await expect(upstream.request('{}', { ...context, signal: during.signal })).rejects.toThrow(
      'during',
    );
  });

  it('takes its question back when the client goes away', async () => {
    const gone = new CallerGone();
    const takenBack = new Promise<void>((resolve) => {
      server.behave((request) => {
        request.socket.once('close', resolve);
        gone.abort();
      });
    });

    const answer = upstream.request('{}', { ...context, signal: gone });
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    await takenBack;
  });

  it('leaves no listener on a signal that outlives the request', async () => {
    server.behave(answering(200, json, '{"data":{}}'));
    const { signal } = new AbortController();
    const [added, removed] = [
      vi.spyOn(signal, 'addEventListener'),
      vi.spyOn(signal, 'removeEventListener'),
    ];
    await upstream.request('{}', { ...context, signal });

    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
  });

  it('tells the subgraph how many milliseconds are left, and gives up when they are over', async () => {
    const waiting = upstream.request('{}', { ...context, deadline: performance.now() + 60 });

    await expect(waiting).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      problem: expect.stringMatching(
        /^did not answer within the (59|60) ms that the whole request had left$/,
      ) as string,
    });
    expect(Number(server.requests[0]?.headers[DEADLINE_HEADER])).toBeGreaterThan(0);
    expect(Number(server.requests[0]?.headers[DEADLINE_HEADER])).toBeLessThanOrEqual(60);
  });

  it('asks nothing when the time for the whole request is over', async () => {
    await expect(
      upstream.request('{}', { ...context, deadline: performance.now() }),
    ).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
    expect(server.requests).toEqual([]);
  });

  const errors = '{"errors":[{"message":"No."}]}';
  it.each([
    { status: 429, wait: '1', isTransient: true, retryAfterMs: 1_000, outcome: 'answered' },
    { status: 429, wait: '', isTransient: false, retryAfterMs: undefined, outcome: 'answered' },
    { status: 503, wait: '20', isTransient: true, retryAfterMs: 20_000, outcome: 'failed' },
    { status: 502, wait: 'Tue', isTransient: true, retryAfterMs: undefined, outcome: 'failed' },
    { status: 504, wait: '-1', isTransient: true, retryAfterMs: undefined, outcome: 'failed' },
    { status: 500, wait: '1', isTransient: false, retryAfterMs: 1_000, outcome: 'failed' },
  ])(
    'takes HTTP $status with retry-after "$wait" for what it is',
    async ({ status, wait, ...traits }) => {
      server.behave(answering(status, json, errors, { 'retry-after': wait }));

      await expect(upstream.request('{}', context)).rejects.toMatchObject({
        code: 'SUBGRAPH_UNAVAILABLE',
        problem: `answered with HTTP status ${status}`,
        ...traits,
      });
    },
  );

  it('hands on the GraphQL errors of a subgraph that refuses the caller', async () => {
    server.behave(answering(403, json, errors));

    expect(await upstream.request('{}', context)).toEqual({
      data: null,
      errors: [{ message: 'No.' }],
    });
  });

  it('takes another status without GraphQL for a failure that shows a living subgraph', async () => {
    server.behave(answering(404, 'text/html', '<html>'));

    await expect(upstream.request('{}', context)).rejects.toMatchObject({
      problem: 'answered with HTTP status 404',
      outcome: 'answered',
      isTransient: false,
    });
  });

  describe('with a signer', () => {
    const asked: unknown[] = [];
    const signer: CallSigner = {
      headers: (...question) => {
        asked.push(question);
        return { authorization: 'Bearer signature' };
      },
    };
    let signing: Upstream;
    beforeEach(() => {
      asked.length = 0;
      signing = httpUpstream({ name: 'oracle', url: server.url, timeoutMs: 1_000, signer });
    });
    afterEach(() => signing.close());

    it('sends the signature in place of the caller’s token, however that is spelled', async () => {
      server.behave(answering(200, json, '{"data":{}}'));
      const caller = { headers: { Authorization: 'Bearer caller', 'x-request-id': '1' } };
      await signing.request('{"query":"{a}"}', caller, 'mutation');

      expect(asked).toEqual([['oracle', '{"query":"{a}"}', caller, 'mutation']]);
      expect(server.requests[0]?.headers).toMatchObject({
        authorization: 'Bearer signature',
        'x-request-id': '1',
      });
    });

    it('keeps to itself that the subgraph refuses the signature', async () => {
      server.behave(answering(401, json, errors));

      await expect(signing.request('{}', context)).rejects.toMatchObject({
        code: 'SUBGRAPH_UNAVAILABLE',
        problem: 'answered with HTTP status 401',
      });
    });

    it('waits no longer for a signature than for an answer, and blames nobody for it', async () => {
      const slow = httpUpstream({
        name: 'oracle',
        url: server.url,
        timeoutMs: 50,
        signer: { headers: () => new Promise(() => undefined) },
      });

      await expect(slow.request('{}', context)).rejects.toMatchObject({
        code: 'SUBGRAPH_TIMEOUT',
        problem: 'was not asked, because preparing the question took too long',
        outcome: 'unknown',
      });
      expect(server.requests).toEqual([]);
      await slow.close();
    });

    it('sends nothing when the client is gone before the signature is there', async () => {
      const client = new AbortController();
      const signature = new Promise<Record<string, string>>((resolve) => {
        client.signal.addEventListener('abort', () => resolve({ authorization: 'late' }));
      });
      const waiting = httpUpstream({
        name: 'oracle',
        url: server.url,
        timeoutMs: 5_000,
        signer: { headers: () => signature },
      });
      const answer = waiting.request('{}', { ...context, signal: client.signal });
      client.abort(new Error('gone'));

      await expect(answer).rejects.toThrow('gone');
      expect(server.requests).toEqual([]);
      await waiting.close();
    });

    it('sends nothing when nothing can be signed', async () => {
      const refusal = new Error('more accounts than a token holds');
      const refusing = httpUpstream({
        name: 'oracle',
        url: server.url,
        timeoutMs: 1_000,
        signer: { headers: () => Promise.reject(refusal) },
      });

      await expect(refusing.request('{}', context)).rejects.toBe(refusal);
      expect(server.requests).toEqual([]);
      await refusing.close();
    });
  });
});
