import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Drain } from '../../../../gateway/telemetry/drain.js';

const agent = new Agent({ keepAlive: true });

describe('drain', () => {
  let server: Server;
  let waiting: ServerResponse[];
  beforeEach(async () => {
    waiting = [];
    server = createServer((_request, response) => waiting.push(response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  const ask = () => {
    const { port } = server.address() as AddressInfo;
    return request({ agent, port, host: '127.0.0.1' }).end();
  };
  const answerTo = async (asked: ReturnType<typeof request>) => {
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response;
  };

  it('lets what is in flight finish, and tells its client to go elsewhere', async () => {
    const drain = new Drain(server, { noticeMs: 0, graceMs: 10_000 });
    const first = ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(drain.isDraining).toBe(false);
    const done = drain.begin();
    expect(drain.isDraining).toBe(true);
    waiting[0]?.end('whole');
    const response = await answerTo(first);
    await done;

    expect([response.statusCode, response.headers.connection]).toEqual([200, 'close']);
    expect(server.listening).toBe(false);
  });

  it('closes the connection also of an answer that had begun before', async () => {
    const drain = new Drain(server, { noticeMs: 0, graceMs: 10_000 });
    const asked = ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.write('half');
    const response = await answerTo(asked);
    const done = drain.begin();
    waiting[0]?.end('whole');
    await done;

    expect(response.headers.connection).toBe('keep-alive');
  });

  it('takes requests until those who send them have noticed, and closes their connections', async () => {
    const drain = new Drain(server, { noticeMs: 100, graceMs: 10_000 });
    const done = drain.begin();
    const late = ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.end();
    const response = await answerTo(late);

    expect(response.headers.connection).toBe('close');
    await done;
  });

  it('cuts off what takes longer than the grace', async () => {
    const drain = new Drain(server, { noticeMs: 0, graceMs: 30 });
    const endless = ask();
    const failed = once(endless, 'error');
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    await drain.begin();

    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('drains once, however often it is told to', async () => {
    const drain = new Drain(server, { noticeMs: 0, graceMs: 30 });
    expect(drain.begin()).toBe(drain.begin());
    await drain.begin();
  });
});
