/** One measurement of a server: so many clients, so many events. */

import { Child, type Usage } from './childProcess.js';
import type { MarginField } from './marginSchema.js';

export interface FanoutCase {
  readonly server: 'stock' | 'gateway';
  readonly clients: number;
  readonly accounts: number;
  readonly field: MarginField;
  readonly events: number;
}

export interface FanoutFigures {
  /** Streams at the subgraph, or at the server itself where it is the stock one. */
  readonly streams: number;
  readonly messagesPerSecond: number;
  readonly cpuMicrosecondsPerMessage: number;
  readonly bytesPerConnection: number;
  /** From the event to the client, over all messages. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Before anything counts, so that both servers are compiled. */
const WARMUP_EVENTS = 10;

/** The next event is sent when all clients have the one before. */
export async function measureFanout(fanout: FanoutCase): Promise<FanoutFigures> {
  const { clients, accounts, field, events } = fanout;
  const source = new Child('stockServer.ts', []);
  const children = [source];
  try {
    const sourcePort = await source.ask<number>();
    let server = source;
    let port = sourcePort;
    if (fanout.server === 'gateway') {
      server = new Child('gatewayServer.ts', [`http://127.0.0.1:${sourcePort}/graphql`]);
      children.push(server);
      port = await server.ask<number>();
    }
    const before = await server.ask<Usage>('usage');
    const url = `ws://127.0.0.1:${port}/graphql`;
    const load = new Child('clients.ts', [url, `${clients}`, field, `${accounts}`]);
    children.push(load);
    await load.ask('ready?');
    const connected = await server.ask<Usage>('usage');

    let streams = 0;
    const emit = async (): Promise<number[]> => {
      const heard = load.ask<number[]>();
      streams = await source.ask<number>('emit');
      return heard;
    };
    for (let event = 0; event < WARMUP_EVENTS; event += 1) await emit();
    const warm = await server.ask<Usage>('usage');
    const start = performance.now();
    const delays: number[] = [];
    for (let event = 0; event < events; event += 1) delays.push(...(await emit()));
    const seconds = (performance.now() - start) / 1_000;
    const after = await server.ask<Usage>('usage');

    delays.sort((a, b) => a - b);
    const quantileMs = (share: number) => delays[Math.floor(delays.length * share)]! / 1_000;
    return {
      streams,
      messagesPerSecond: delays.length / seconds,
      cpuMicrosecondsPerMessage: (after.cpuMicroseconds - warm.cpuMicroseconds) / delays.length,
      bytesPerConnection: (connected.residentBytes - before.residentBytes) / clients,
      p50Ms: quantileMs(0.5),
      p99Ms: quantileMs(0.99),
    };
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
}
