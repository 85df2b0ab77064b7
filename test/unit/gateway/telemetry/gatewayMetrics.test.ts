import { describe, expect, it } from 'vitest';
import { GatewayMetrics } from '../../../../gateway/telemetry/gatewayMetrics.js';
import { LoopLag } from '../../../../gateway/telemetry/loopLag.js';
import {
  NO_OPERATION,
  operationIdOfPersisted,
  operationIdOfText,
} from '../../../../gateway/telemetry/operationId.js';

/** The lines of one metric, without its help. */
const lines = async (metrics: GatewayMetrics, name: string) =>
  (await metrics.exposition()).split('\n').filter((line) => line.startsWith(name));

describe('gatewayMetrics', () => {
  it('counts requests by operation and code, with how long they took', async () => {
    const metrics = new GatewayMetrics({});
    const [operationId, code] = ['abc', 'OK'];
    metrics.requestDone({ operationId, code, seconds: 0.02 });
    metrics.requestDone({ operationId, code, seconds: 0.3 });
    metrics.requestDone({ operationId: NO_OPERATION, code: 'BAD_REQUEST', seconds: 0.001 });

    const all = await lines(metrics, 'gateway_request_duration_seconds');
    expect(all).toContain(
      'gateway_request_duration_seconds_bucket{le="0.025",operation="abc",code="OK"} 1',
    );
    expect(all).toContain('gateway_request_duration_seconds_sum{operation="abc",code="OK"} 0.32');
    expect(all).toContain(
      'gateway_request_duration_seconds_count{operation="none",code="BAD_REQUEST"} 1',
    );
  });

  it('counts operations beyond its bound together, and so with codes', async () => {
    const metrics = new GatewayMetrics({ operationsMax: 3 });
    for (let one = 0; one < 1_000; one += 1) {
      const code = `CODE_${one}`;
      metrics.requestDone({ operationId: `operation${one}`, code: 'OK', seconds: 1 });
      metrics.requestDone({ operationId: 'operation0', code, seconds: 1 });
    }

    const counts = await lines(metrics, 'gateway_request_duration_seconds_count');
    expect(counts).toHaveLength(4 + 50);
    expect(counts).toContain(
      'gateway_request_duration_seconds_count{operation="other",code="OK"} 997',
    );
    expect(counts).toContain(
      'gateway_request_duration_seconds_count{operation="operation0",code="other"} 951',
    );
  });

  it('counts calls, retries and the breaker of each subgraph', async () => {
    const metrics = new GatewayMetrics({});
    const oracle = metrics.subgraph('oracle');
    oracle.callDone('OK', 0.01);
    oracle.callDone('OK', 0.01);
    oracle.callDone('SUBGRAPH_TIMEOUT', 3);
    oracle.retried();
    oracle.breakerChanged('open');

    const counts = await lines(metrics, 'gateway_upstream');
    expect(counts).toEqual(
      expect.arrayContaining([
        'gateway_upstream_duration_seconds_count{subgraph="oracle",code="OK"} 2',
        'gateway_upstream_duration_seconds_count{subgraph="oracle",code="SUBGRAPH_TIMEOUT"} 1',
        'gateway_upstream_retries_total{subgraph="oracle"} 1',
        'gateway_upstream_breaker_state{subgraph="oracle",state="closed"} 0',
        'gateway_upstream_breaker_state{subgraph="oracle",state="half-open"} 0',
        'gateway_upstream_breaker_state{subgraph="oracle",state="open"} 1',
      ]),
    );
  });

  it('goes on counting a subgraph that a new supergraph names again', async () => {
    const metrics = new GatewayMetrics({});
    metrics.subgraph('oracle').callDone('OK', 0.01);
    metrics.subgraph('oracle').callDone('OK', 0.01);

    expect(await lines(metrics, 'gateway_upstream_duration_seconds_count')).toEqual([
      'gateway_upstream_duration_seconds_count{subgraph="oracle",code="OK"} 2',
    ]);
  });

  it('reads amounts when it is asked, and not before', async () => {
    const metrics = new GatewayMetrics({});
    let subscribers = 1;
    metrics.readAtScrape({ subscribers: () => subscribers });
    subscribers = 7;

    expect(await lines(metrics, 'gateway_subscribers')).toEqual(['gateway_subscribers 7']);
    expect(await lines(metrics, 'gateway_connections')).toEqual([]);
  });

  it('tells how late the event loop was, and what was refused', async () => {
    const loopLag = new LoopLag();
    const metrics = new GatewayMetrics({ loopLag });
    metrics.refused('OVERLOADED');

    const lag = await lines(metrics, 'gateway_event_loop_lag_seconds{');
    expect(lag.map((line) => line.replace(/ [\d.e-]+$/, ''))).toEqual([
      'gateway_event_loop_lag_seconds{quantile="0.5"}',
      'gateway_event_loop_lag_seconds{quantile="0.99"}',
      'gateway_event_loop_lag_seconds{quantile="1"}',
    ]);
    expect(await lines(metrics, 'gateway_refusals_total')).toEqual([
      'gateway_refusals_total{reason="OVERLOADED"} 1',
    ]);
    loopLag.close();
  });

  it('names the process’s memory and CPU only where it is told to', async () => {
    expect(await lines(new GatewayMetrics({}), 'process_')).toEqual([]);
    const all = await lines(new GatewayMetrics({ countsProcess: true }), 'process_');
    expect(all.some((line) => line.startsWith('process_cpu_seconds_total'))).toBe(true);
  });
});

describe('operationId', () => {
  it('is the same for the same text, and tells nothing of it', () => {
    const text = '{ account(id: "secret") { name } }';
    expect(operationIdOfText(text)).toMatch(/^[0-9a-f]{16}$/);
    expect(operationIdOfText(text)).toBe(operationIdOfText(text));
    expect(operationIdOfText(text)).not.toBe(operationIdOfText(`${text} `));
  });

  it('is a persisted operation’s own id where that is a plain word', () => {
    expect(operationIdOfPersisted('AccountPage.v2')).toBe('AccountPage.v2');
    expect(operationIdOfPersisted('{ secret }')).toMatch(/^[0-9a-f]{16}$/);
    expect(operationIdOfPersisted('x'.repeat(65))).toMatch(/^[0-9a-f]{16}$/);
  });
});
