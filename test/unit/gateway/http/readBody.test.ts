import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BodyTooLarge, readBody } from '../../../../gateway/http/readBody.js';

describe('readBody', () => {
  let server: Server;
  let client: Socket;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  /** A request whose body has come so far, of as many bytes as it announces. */
  const begun = async (bytes: number, body: string) => {
    const arrived = once(server, 'request') as Promise<[IncomingMessage]>;
    client.write(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${bytes}\r\n\r\n${body}`);
    const [request] = await arrived;
    return request;
  };

  it('puts together what comes in pieces, characters that are cut in two among them', async () => {
    const euro = Buffer.from('€');
    const request = await begun(5, 'a');
    const body = readBody(request, 5);
    await once(request, 'data');
    client.write(euro.subarray(0, 1));
    await once(request, 'data');
    client.write(Buffer.concat([euro.subarray(1), Buffer.from('b')]));

    expect(await body).toBe('a€b');
  });

  it('reads a body without a byte', async () => {
    expect(await readBody(await begun(0, ''), 5)).toBe('');
  });

  it('refuses what announces more than may come', async () => {
    await expect(readBody(await begun(6, ''), 5)).rejects.toThrow(BodyTooLarge);
  });

  it('rejects when the client breaks off in the middle', async () => {
    const request = await begun(5, 'ab');
    const body = readBody(request, 5);
    request.once('data', () => client.destroy());

    await expect(body).rejects.toThrow();
  });

  it('rejects when the client has gone and nothing says why', async () => {
    const request = await begun(5, '');
    const body = readBody(request, 5);
    request.destroy();

    await expect(body).rejects.toThrow('The client broke off.');
  });
});
