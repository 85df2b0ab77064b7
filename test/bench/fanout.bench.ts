import { bench, describe } from 'vitest';
import { measureFanout, type FanoutCase, type FanoutFigures } from './fanout/measureFanout.js';

/** Fields are as in fanout/marginSchema.ts. */
const CASES: Omit<FanoutCase, 'server'>[] = [
  { clients: 1_000, accounts: 1, field: 'margin', events: 30 },
  { clients: 1_000, accounts: 100, field: 'margin', events: 30 },
  { clients: 1_000, accounts: 1, field: 'updates', events: 30 },
  { clients: 5_000, accounts: 1, field: 'margin', events: 10 },
  { clients: 5_000, accounts: 100, field: 'margin', events: 10 },
];

const row = (name: string, figures: FanoutFigures) => ({
  '': name,
  streams: figures.streams,
  'messages/s': Math.round(figures.messagesPerSecond),
  'CPU µs/message': figures.cpuMicrosecondsPerMessage.toFixed(1),
  'KB/connection': (figures.bytesPerConnection / 1_024).toFixed(1),
  'p50 ms': figures.p50Ms.toFixed(1),
  'p99 ms': figures.p99Ms.toFixed(1),
});

// Stock is graphql-ws over graphql-js, which executes and serialises for every client. Its process is
// the gateway's subgraph as well. CPU is that of the server that the clients are connected to.
describe('one event to many clients', () => {
  for (const fanout of CASES) {
    const { clients, accounts, field } = fanout;
    bench(
      `${clients} clients, ${accounts} of ${field}`,
      async () => {
        const stock = await measureFanout({ ...fanout, server: 'stock' });
        const gateway = await measureFanout({ ...fanout, server: 'gateway' });
        const cpu = stock.cpuMicrosecondsPerMessage / gateway.cpuMicrosecondsPerMessage;
        console.table([row('stock', stock), row('gateway', gateway)]);
        console.log(
          `${clients} clients, ${accounts} of ${field}: ${cpu.toFixed(1)} × the messages per CPU second, p99 ${(stock.p99Ms / gateway.p99Ms).toFixed(1)} × shorter`,
        );
      },
      { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0, throws: true },
    );
  }
});
