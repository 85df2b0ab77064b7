import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  multipartSubscriptions,
  type MultipartSubscriptions,
} from '../../../../gateway/upstream/multipartSubscriptions.js';
import { OutgoingHeaders } from '../../../../gateway/upstream/outgoingHeaders.js';
import { startFaultyServer, type FaultyServer } from '../../../support/faultyServer.js';

const request = { query: 'subscription { count }', variables: {} };
const context = { headers: { authorization: 'Bearer caller' } };
const type = { 'content-type': 'multipart/mixed;boundary=graphql' };
const part = (text: string) => `\r\n--graphql\r\n\r\n${text}\r\n--graphql`;

describe('multipartSubscriptions', () => {
  let server: FaultyServer;
  let subscriptions: MultipartSubscriptions;
  beforeEach(async () => {
    server = await startFaultyServer();
    const signer = { headers: (_name: string, body: string) => ({ authorization: `for ${body}` }) };
    subscriptions = multipartSubscriptions({
      url: server.url,
      timeoutMs: 1_000,
      messageBytesMax: 1_000,
      outgoing: new OutgoingHeaders('oracle', signer),
      silenceMsMax: 60,
    });
  });
  afterEach(async () => {
    await subscriptions.close();
    await server.close();
  });

  it('fail when a subgraph that has sent heartbeats falls silent', async () => {
    server.behave((_incoming, response) => void response.writeHead(200, type).write(part('{}')));

    await expect(subscriptions.subscribe(request, context).next()).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      problem: 'has fallen silent',
    });
  });

  it('wait for as long as it takes for one that never sends them', async () => {
    const event = '{"payload":{"data":{"count":1}}}';
    server.behave((_incoming, response) => {
      response.writeHead(200, type).write('--graphql');
      setTimeout(() => response.end(part(event)), 150);
    });

    expect(await subscriptions.subscribe(request, context).next()).toEqual({
      value: { data: { count: 1 } },
      done: false,
    });
  });

  it('are signed over the body that is sent', async () => {
    server.behave(
      (_incoming, response) => void response.writeHead(200, type).end(part('{}') + '--'),
    );
    await subscriptions.subscribe(request, context).next();

    const [{ body, headers } = { body: '', headers: {} }] = server.requests;
    expect(headers['authorization']).toBe(`for ${body}`);
  });
});
