// The runtime of Hive Gateway, with its planner in JavaScript or in Rust: hive.mjs SUPERGRAPH PORT js|rust
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

const [, , supergraph, port, planner] = process.argv;
const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraph, 'utf8'),
  logging: 'error',
  ...(planner === 'rust' && { unifiedGraphHandler }),
});
createServer(gateway).listen(Number(port), '127.0.0.1');
