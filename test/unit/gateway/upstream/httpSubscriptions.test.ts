import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { httpUpstream } from '../../../../gateway/upstream/httpUpstream.js';
import type { Upstream } from '../../../../gateway/upstream/upstream.js';
import {
  answering,
  startFaultyServer,
  type Behaviour,
  type FaultyServer,
} from '../../../support/faultyServer.js';

const request = { query: 'subscription { count }', variables: {} };
const context = { headers: { authorization: 'Bearer x' } };
const TIMEOUT_MS = 200;
const event = (count: number) => `{"payload":{"data":{"count":${count}}}}`;
const value = (count: number) => ({ value: { data: { count } }, done: false });
const DONE = { value: undefined, done: true };

describe('subscriptions over HTTP', () => {
  let server: FaultyServer;
  let upstream: Upstream;
  /** Of the subscription that the server has taken last. */
  let answer: ServerResponse;
  let taken: number;
  let handshakes: number;
  beforeEach(async () => {
    [taken, handshakes] = [0, 0];
    server = await startFaultyServer();
    offer(multipart);
    upstream = start('auto');
  });
  afterEach(async () => {
    await upstream.close();
    await server.close();
  });

  /** What becomes of a subscription over plain HTTP; a handshake is answered 404. */
  const offer = (behaviour: Behaviour) =>
    server.behave((incoming, response, body) => {
      handshakes += incoming.headers.upgrade === 'websocket' ? 1 : 0;
      const isHandshake = incoming.method === 'GET';
      (isHandshake ? answering(404, 'text/plain', '') : behaviour)(incoming, response, body);
    });
  const multipart: Behaviour = (_incoming, response) => {
    const type = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0';
    answer = response.writeHead(200, { 'content-type': type });
    answer.write('--graphql');
    taken += 1;
  };
  const start = (subscriptions: 'auto' | 'multipart' | 'graphql-ws') =>
    httpUpstream({
      url: server.url,
      timeoutMs: TIMEOUT_MS,
      subscriptions,
      responseBytesMax: 1_000,
    });
  const subscribe = () => upstream.subscribe(request, context);
  const send = (part: string) =>
    answer.write(`\r\ncontent-type: application/json\r\n\r\n${part}\r\n--graphql`);
  /** One that the server has taken. */
  const open = async () => {
    const before = taken;
    const events = subscribe();
    await vi.waitFor(() => expect(taken).toBe(before + 1));
    return events;
  };

  it('come by multipart from a subgraph that knows no WebSocket, and from then on at once', async () => {
    const first = await open();
    send(event(1));
    send('{}');
    send(event(2));
    expect([await first.next(), await first.next()]).toEqual([value(1), value(2)]);
    await open();

    expect([handshakes, taken]).toEqual([1, 2]);
    expect(server.requests[1]).toMatchObject({
      body: JSON.stringify(request),
      headers: {
        authorization: 'Bearer x',
        accept: expect.stringContaining('multipart/mixed;subscriptionSpec=1.0,') as string,
      },
    });
  });

  it('come by WebSocket from a subgraph that offers both', async () => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        const { type, id } = JSON.parse(data.toString()) as { type: string; id?: string };
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type !== 'subscribe') return;
        socket.send(JSON.stringify({ id, type: 'next', payload: { data: { count: 1 } } }));
        socket.send(JSON.stringify({ id, type: 'complete' }));
      });
    });
    await once(sockets, 'listening');
    const { port } = sockets.address() as AddressInfo;
    const other = httpUpstream({ url: `http://127.0.0.1:${port}/`, timeoutMs: TIMEOUT_MS });
    const events = other.subscribe(request, context);

    expect([await events.next(), await events.next()]).toEqual([value(1), DONE]);
    await other.close();
    sockets.close();
  });

  it('fail where the handshake is refused and only WebSocket is wanted', async () => {
    const strict = start('graphql-ws');

    await expect(strict.subscribe(request, context).next()).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      statusCode: 404,
    });
    await strict.close();
  });

  it.each([
    [200, true],
    [400, true],
    [426, true],
    [401, false],
    [429, false],
    [503, false],
  ])('a handshake answered %i leads to multipart: %s', async (status, isTried) => {
    server.behave((incoming, response, body) => {
      const isHandshake = incoming.method === 'GET';
      (isHandshake ? answering(status, 'text/plain', '') : multipart)(incoming, response, body);
    });
    const waiting = subscribe().next();
    if (isTried) {
      await vi.waitFor(() => expect(taken).toBe(1));
      send(event(1));
      expect(await waiting).toEqual(value(1));
    } else {
      await expect(waiting).rejects.toMatchObject({ statusCode: status });
      expect(taken).toBe(0);
    }
  });

  it('lose no event to a reader that comes late', async () => {
    const events = await open();
    for (let count = 0; count < 900; count += 1) send(event(count));
    send('{}');
    answer.end('--');
    const counts: unknown[] = [];
    for await (const { data } of events) counts.push(data?.['count']);

    expect(counts).toEqual(Array.from({ length: 900 }, (_, count) => count));
  });

  const endings: { what: string; end: () => void; last: object; then: object }[] = [
    {
      what: 'end with the closing delimiter',
      end: () => void answer.end('--\r\n'),
      last: DONE,
      then: DONE,
    },
    {
      what: 'end with the errors that stand beside the payload',
      end: () => send('{"payload":null,"errors":[{"message":"Over."}]}'),
      last: { value: { data: null, errors: [{ message: 'Over.' }] }, done: false },
      then: DONE,
    },
    {
      what: 'go on after errors that belong to one event',
      end: () => {
        send('{"payload":{"data":null,"errors":[{"message":"Once."}]}}');
        send(event(2));
      },
      last: { value: { data: null, errors: [{ message: 'Once.' }] }, done: false },
      then: value(2),
    },
  ];
  it.each(endings)('$what', async ({ end, last, then }) => {
    const events = await open();
    send(event(1));
    expect(await events.next()).toEqual(value(1));
    end();

    expect(await events.next()).toEqual(last);
    expect(await events.next()).toEqual(then);
  });

  const losses: { what: string; lose: () => void; problem: string }[] = [
    {
      what: 'the answer ends without its closing delimiter',
      lose: () => void answer.end(),
      problem: 'closed the connection',
    },
    {
      what: 'the connection breaks',
      lose: () => void answer.destroy(),
      problem: 'closed the connection',
    },
    {
      what: 'an event is none',
      lose: () => send('{"payload":"text"}'),
      problem: 'sent an event that is not a GraphQL response',
    },
    {
      what: 'a part is not JSON',
      lose: () => send('<html>'),
      problem: 'sent an event that is not a GraphQL response',
    },
    {
      what: 'an event is too large',
      lose: () => send(`"${'x'.repeat(1_001)}"`),
      problem: 'sent an event of more than 1000 bytes',
    },
  ];
  it.each(losses)('fail when $what', async ({ lose, problem }) => {
    const events = await open();
    send(event(1));
    expect(await events.next()).toEqual(value(1));
    lose();

    await expect(events.next()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', problem });
    expect(await events.next()).toEqual(DONE);
  });

  it('are refused with the subgraph’s GraphQL errors as their one event', async () => {
    offer(answering(400, 'application/json', '{"errors":[{"message":"No."}]}'));
    const events = subscribe();

    const refusal = { data: null, errors: [{ message: 'No.' }] };
    expect([await events.next(), await events.next()]).toEqual([
      { value: refusal, done: false },
      DONE,
    ]);
  });

  it('fail when the subgraph answers with a status and no GraphQL, or not at all', async () => {
    offer(answering(406, 'text/plain', 'no'));
    await expect(subscribe().next()).rejects.toMatchObject({
      problem: 'answered with HTTP status 406',
    });
    offer(() => undefined);
    await expect(subscribe().next()).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      problem: `did not answer within ${TIMEOUT_MS} ms`,
    });
  });

  it('let go of the connection when the reader returns, also while it waits', async () => {
    const events = await open();
    const closed = once(answer, 'close');

    expect(await Promise.all([events.next(), events.return?.()])).toEqual([DONE, DONE]);
    await closed;
  });

  it('fail when the gateway closes them', async () => {
    const events = await open();
    send(event(1));
    await events.next();
    const closed = once(answer, 'close');
    await upstream.close();

    await expect(events.next()).rejects.toMatchObject({ problem: 'is being closed' });
    await closed;
  });
});
