import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpUpstream } from '../../../../gateway/upstream/httpUpstream.js';
import type { Upstream } from '../../../../gateway/upstream/upstream.js';
import { answering, startFaultyServer, type FaultyServer } from '../../../support/faultyServer.js';

const context = { headers: {} };
const json = 'application/json';

describe('httpUpstream', () => {
  let server: FaultyServer;
  let upstream: Upstream;
  beforeEach(async () => {
    server = await startFaultyServer();
    upstream = httpUpstream({ url: server.url, timeoutMs: 100, connections: 1 });
  });
  afterEach(async () => {
    await upstream.close();
    await server.close();
  });

  it('posts the body with the headers of the caller, whose content type does not count', async () => {
    server.behave(answering(200, json, '{"data":{"a":"ä"}}'));
    const headers = { authorization: 'Bearer x', 'content-type': 'text/plain' };

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
    server.behave((request, response) => {
      sockets.add(request.socket);
      answering(200, json, '{"data":{}}')(request, response);
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
    const all = await Promise.allSettled([
      upstream.request('"first"', context),
      upstream.request('"second"', context),
    ]);

    expect(all).toMatchObject([
      { reason: { code: 'SUBGRAPH_TIMEOUT', problem: 'did not answer within 100 ms' } },
      { reason: { code: 'SUBGRAPH_TIMEOUT' } },
    ]);
    server.behave(answering(200, json, '{"data":{}}'));
    await upstream.request('"third"', context);
    expect(server.requests.map(({ body }) => body)).toEqual(['"first"', '"third"']);
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
});
