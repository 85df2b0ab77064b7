import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  AuthenticationFailure,
  unauthenticated,
} from '../../../../gateway/admission/authentication/authenticationFailure.js';
import { ANONYMOUS, type Caller } from '../../../../gateway/admission/caller.js';
import type { WebSocketFrontOptions } from '../../../../gateway/webSocketFront.js';
import { RawClient, startFront, type FrontUnderTest } from './frontUnderTest.js';

const TICKS = 'subscription { ticks { value } }';

let front: FrontUnderTest;
afterEach(() => front.close());
const start = async (options?: WebSocketFrontOptions) => {
  front = await startFront(options);
};
const connect = () => new RawClient(front.url);
const streams = (count: number) => vi.waitFor(() => expect(front.streams.size).toBe(count));

/** Resolves when all have joined: with the plan at hand, that is done before the pong is sent. */
async function subscribeAll(clients: readonly RawClient[], query: string): Promise<void> {
  const first = await connect().begin();
  first.subscribe('first', query);
  await streams(1);
  first.socket.close();
  await streams(0);
  for (const [index, client] of clients.entries()) {
    client.subscribe(`s${index}`, query);
    client.say({ type: 'ping' });
    expect(await client.hear()).toEqual({ type: 'pong' });
  }
}

describe('over WebSocket, the gateway', () => {
  it('sends events under the id of the subscription, until the client has enough', async () => {
    await start();
    const client = await connect().begin();
    client.subscribe('a "quoted" id', TICKS);
    await streams(1);
    front.emit({ value: 1 });

    expect(await client.hear()).toEqual({
      id: 'a "quoted" id',
      type: 'next',
      payload: { data: { ticks: { value: 1 } } },
    });
    client.say({ id: 'a "quoted" id', type: 'complete' });
    await streams(0);
  });

  it('sends one event to all, over one stream of the subgraph', async () => {
    await start();
    const clients = await Promise.all([1, 2, 3].map(() => connect().begin()));
    await subscribeAll(clients, TICKS);
    front.emit({ value: 7 });

    const heard = await Promise.all(clients.map((client) => client.hear()));
    expect(heard.map((message) => message?.['id'])).toEqual(['s0', 's1', 's2']);
    expect(front.streams.size).toBe(1);
  });

  it('answers queries, and completes them', async () => {
    await start();
    const client = await connect().begin();
    client.subscribe('q', '{ hello }');

    expect([await client.hear(), await client.hear()]).toEqual([
      { id: 'q', type: 'next', payload: { data: { hello: 'world' } } },
      { id: 'q', type: 'complete' },
    ]);
  });

  it('says what is wrong with an operation, and keeps the connection', async () => {
    await start();
    const client = await connect().begin();
    client.subscribe('1', '{ nonsense }');
    client.subscribe('2', 'subscription ($of: ID!) { ticks(of: $of) { value } }');

    const heard = [await client.hear(), await client.hear()];
    expect(heard).toMatchObject([
      { type: 'error', payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
      { type: 'error', payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
  });

  it('answers a ping of the protocol, and one of WebSocket', async () => {
    await start();
    const client = await connect().begin();
    const pong = new Promise((resolve) => client.socket.once('pong', resolve));
    client.say({ type: 'ping', payload: { n: 1 } });
    client.socket.ping();

    expect(await client.hear()).toEqual({ type: 'pong', payload: { n: 1 } });
    await pong;
  });

  it('goes on sending events of the same streams while other graphs come into service', async () => {
    await start();
    const clients = await Promise.all([1, 2, 3].map(() => connect().begin()));
    await subscribeAll(clients, TICKS);
    const [stream] = front.streams;
    for (let value = 0; value < 20; value += 1) {
      const swapped = front.swap(`added${value}`);
      front.emit({ value });
      const heard = await Promise.all(clients.map((client) => client.hear()));
      const expected = { payload: { data: { ticks: { value } } } };
      expect(heard).toMatchObject([expected, expected, expected]);
      await swapped;
    }
    expect([...front.streams]).toEqual([stream]);
  });

  it('refuses one operation too many on a connection, and keeps the others', async () => {
    await start({ limits: { operationsPerConnection: 2 } });
    const client = await connect().begin();
    for (const id of ['1', '2', '3']) client.subscribe(id, TICKS);

    expect(await client.hear()).toMatchObject({
      id: '3',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS', max: 2 } }],
    });
    await streams(1);
    client.say({ id: '1', type: 'complete' });
    client.say({ type: 'ping' });
    expect(await client.hear()).toEqual({ type: 'pong' });
    front.emit({ value: 1 });
    expect(await client.hear()).toMatchObject({ id: '2', type: 'next' });
  });
});

describe('over WebSocket, the gateway closes a connection', () => {
  it('with 4400 for what is no message', async () => {
    await start();
    const client = await connect().begin();
    client.say('{');
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  it('with 4401 for an operation before the acknowledgement', async () => {
    await start();
    const client = await connect().opened();
    client.subscribe('1', TICKS);
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  it('with 4406 for a subprotocol that it does not speak', async () => {
    await start();
    const client = new RawClient(front.url, 'graphql-ws');
    // The client library gives up on a server that names no subprotocol.
    client.socket.on('error', () => undefined);
    const silent = new RawClient(front.url, [] as unknown as string);
    expect(await silent.closed).toMatchObject({ code: 4406 });
    expect(await client.closed).toMatchObject({ code: 1006 });
  });

  it('with 4408 where connection_init does not come in time', async () => {
    await start({ limits: { initMs: 20 } });
    expect(await connect().closed).toMatchObject({ code: 4408 });
  });

  it('with 4409 for an id that is in use', async () => {
    await start();
    const client = await connect().begin();
    client.subscribe('1', TICKS);
    client.subscribe('1', TICKS);
    expect(await client.closed).toMatchObject({ code: 4409 });
    await streams(0);
  });

  it('with 4429 for a second connection_init', async () => {
    await start();
    const client = await connect().begin();
    client.say({ type: 'connection_init' });
    expect(await client.closed).toMatchObject({ code: 4429 });
  });

  it('with 1009 for a message of more than 64 KB', async () => {
    await start();
    const client = await connect().begin();
    client.say('x'.repeat(65_537));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it('with 4403 and the reason for a token that it refuses', async () => {
    await start({ authenticate: () => Promise.reject(unauthenticated('The token has expired.')) });
    const client = await connect().opened();
    client.say({ type: 'connection_init', payload: { Authorization: 'Bearer x' } });
    expect(await client.closed).toEqual({ code: 4403, reason: 'The token has expired.' });
  });

  it('with 1013 where tokens cannot be checked now', async () => {
    const failure = new AuthenticationFailure('AUTHENTICATION_UNAVAILABLE', 'Later.');
    await start({ authenticate: () => Promise.reject(failure) });
    const client = await connect().opened();
    client.say({ type: 'connection_init' });
    expect(await client.closed).toEqual({ code: 1013, reason: 'AUTHENTICATION_UNAVAILABLE' });
  });

  it('with 4403 when its token expires', async () => {
    const caller: Caller = { subject: 'desk', scopes: new Set(), expiresAt: 1_050 };
    await start({ authenticate: () => Promise.resolve(caller), now: () => 1_000 });
    const client = await connect().begin();
    expect(await client.closed).toEqual({ code: 4403, reason: 'TOKEN_EXPIRED' });
  });

  it('with 1013 above the connections of one subject, until one of them is gone', async () => {
    const authenticate = (subject = '') => Promise.resolve({ ...ANONYMOUS, subject });
    await start({ authenticate, limits: { connectionsPerCaller: 1 } });
    const first = await connect().begin({ authorization: 'desk' });
    await connect().begin({ authorization: 'another desk' });
    const second = await connect().begin({ authorization: 'desk' });
    expect(await second.closed).toEqual({ code: 1013, reason: 'TOO_MANY_CONNECTIONS' });

    first.socket.close();
    await vi.waitFor(async () => {
      const third = await connect().begin({ authorization: 'desk' });
      expect(third.socket.readyState).toBe(third.socket.OPEN);
    });
  });

  it('with 1013 above the connections from one address without a token', async () => {
    await start({ limits: { connectionsPerCaller: 1 } });
    await connect().begin();
    const second = await connect().begin();
    expect(await second.closed).toEqual({ code: 1013, reason: 'TOO_MANY_CONNECTIONS' });
  });

  it('that does not answer its pings', async () => {
    await start({ limits: { pingMs: 20 } });
    const alive = await connect().begin();
    const silent = new RawClient(front.url, undefined, { autoPong: false });
    await silent.begin();
    expect(await silent.closed).toMatchObject({ code: 1006 });
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  });

  it('with 1012 when it goes away, in batches over a window', async () => {
    await start();
    const clients = await Promise.all([1, 2, 3, 4].map(() => connect().begin()));
    let count = 0;
    for (const client of clients) void client.closed.then(() => (count += 1));
    const drained = front.front.drain(200);
    await Promise.race(clients.map(({ closed }) => closed));
    expect(count).toBeLessThanOrEqual(2);

    await drained;
    const endings = await Promise.all(clients.map(({ closed }) => closed));
    expect(new Set(endings.map(({ code }) => code))).toEqual(new Set([1012]));
  });
});

describe('a client that reads too slowly', () => {
  it('is told so and closed with 1013; another that reads gets everything', async () => {
    await start();
    const slow = await connect().begin();
    const quick = await connect().begin();
    await subscribeAll([slow, quick], 'subscription { ticks { value text } }');
    slow.socket.pause();
    const text = 'x'.repeat(20_000);
    for (let value = 0; value < 1_500; value += 1) {
      front.emit({ value, text });
      expect(await quick.hear()).toMatchObject({ payload: { data: { ticks: { value } } } });
    }

    slow.socket.resume();
    let last: Record<string, unknown> | undefined;
    for (let heard = await slow.hear(); heard; heard = await slow.hear()) last = heard;
    expect(last).toMatchObject({
      type: 'next',
      payload: { errors: [{ extensions: { code: 'SLOW_CONSUMER' } }] },
    });
    expect(await slow.closed).toEqual({ code: 1013, reason: 'SLOW_CONSUMER' });
  });
});
