/** Mounts GraphiQL on the page, asking `/graphql` of the origin that served it. */

import { createGraphiQLFetcher, createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { developmentHeaders } from './developmentHeaders.js';
import { exampleOperations } from './exampleOperations.js';
import { withFreshIdempotencyKey } from './freshIdempotencyKey.js';
import './page.css';

const container = document.getElementById('graphiql');
if (container === null) throw new Error('index.html has no element with the id graphiql');

const url = new URL('/graphql', location.origin).href;
// Headers that are typed into the page come over these.
const headers = await developmentHeaders();
const overHttpAndWebSocket = createGraphiQLFetcher({
  url,
  headers,
  wsConnectionParams: headers,
  // Not a client of our own: with the URL, the headers tab reaches `connection_init` as well.
  subscriptionUrl: url.replace(/^http/, 'ws'),
  enableIncrementalDelivery: false,
});

/** 128 random bits; `crypto.randomUUID` is missing where the page comes over plain HTTP. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join(
    '-',
  );
}

createRoot(container).render(
  <GraphiQL
    fetcher={withFreshIdempotencyKey(overHttpAndWebSocket, randomKey)}
    // Other tools on this port keep their tabs under GraphiQL's own name.
    storage={createLocalStorage({ namespace: 'margin-graph' })}
    defaultTabs={[...exampleOperations]}
    defaultEditorToolsVisibility="variables"
    schemaDescription
  />,
);
