import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  healthEndpoints,
  startHealthServer,
  type HealthServer,
  type NotReadyReason,
} from '../../../../gateway/telemetry/healthEndpoints.js';

describe('healthEndpoints', () => {
  let reasons: NotReadyReason[];
  let exposition: () => Promise<string>;
  let server: HealthServer;
  beforeEach(async () => {
    reasons = [];
    exposition = () => Promise.resolve('up 1\n');
    const handler = healthEndpoints({
      notReady: () => reasons,
      metrics: { contentType: 'text/plain; version=0.0.4', exposition: () => exposition() },
    });
    server = await startHealthServer(handler, 0, '127.0.0.1');
  });
  afterEach(() => server.close());

  const get = async (path: string, method = 'GET') => {
    const response = await fetch(server.url + path, { method });
    return { status: response.status, text: await response.text() };
  };

  it('is ready while nothing speaks against it', async () => {
    expect(await get('/readyz')).toEqual({ status: 200, text: '{"status":"ready"}' });
  });

  it('names the reasons why it is not ready, and is live all the same', async () => {
    reasons = ['KEYS_NOT_LOADED', 'DRAINING'];

    expect(await get('/readyz')).toEqual({
      status: 503,
      text: '{"status":"not ready","reasons":["KEYS_NOT_LOADED","DRAINING"]}',
    });
    expect(await get('/livez?probe=1')).toEqual({ status: 200, text: '{"status":"live"}' });
  });

  it('shows the metrics, and nothing of why they cannot be gathered', async () => {
    expect(await get('/metrics')).toEqual({ status: 200, text: 'up 1\n' });
    exposition = () => Promise.reject(new Error('secret'));
    expect(await get('/metrics')).toEqual({
      status: 500,
      text: 'The metrics could not be gathered.\n',
    });
  });

  it.each(['/', '/graphql/readyz', '/readyz/', '//readyz', '/livezz', '/LIVEZ', '/livez/..'])(
    'knows no other path: %s',
    async (path) => {
      const { port } = new URL(server.url);
      const asked = request({ port, host: '127.0.0.1', path }).end();
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      response.resume();

      expect(response.statusCode).toBe(404);
    },
  );

  it('is only read', async () => {
    expect((await get('/livez', 'POST')).status).toBe(405);
    expect(await get('/livez', 'HEAD')).toEqual({ status: 200, text: '' });
  });
});
