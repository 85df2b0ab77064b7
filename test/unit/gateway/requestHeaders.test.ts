import { describe, expect, it } from 'vitest';
import { upstreamHeaders } from '../../../gateway/requestHeaders.js';

describe('upstreamHeaders', () => {
  it('lets through what subgraphs need, and holds back the rest', () => {
    const { 'x-request-id': requestId, ...headers } = upstreamHeaders({
      authorization: 'Bearer token',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'x-correlation-id': 'desk-7',
      cookie: 'session=secret',
      host: 'localhost:4000',
      connection: 'keep-alive',
      'content-length': '120',
    });
    expect(headers).toEqual({
      authorization: 'Bearer token',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'x-correlation-id': 'desk-7',
    });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names each operation anew, whatever name the client gave', () => {
    const ids = [1, 2].map(() => upstreamHeaders({ 'x-request-id': 'mine' })['x-request-id']);
    expect(new Set([...ids, 'mine']).size).toBe(3);
  });
});
