/** The gateway in a process of its own, over the stock server as its subgraph. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Engine } from '../../../gateway/engine.js';
import { composeSupergraph } from '../../../gateway/registry/composeSupergraph.js';
import { webSocketFront } from '../../../gateway/webSocketFront.js';
import { answerParent } from './childProcess.js';
import { typeDefs } from './marginSchema.js';

const [url = ''] = process.argv.slice(2);
const engine = new Engine({ timeoutMs: 10_000 });
await engine.swap(composeSupergraph([{ name: 'margin', url, typeDefs }]));
const http = createServer();
webSocketFront(engine, http, {
  limits: { connectionsPerCaller: Infinity },
  latestValues: new Set(['margin']),
});
http.listen(0, '127.0.0.1', () => {
  answerParent({ port: (http.address() as AddressInfo).port, emit: () => 0 });
});
