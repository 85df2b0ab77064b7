/** One of the graph's subgraphs as a process: `subgraph.ts NAME`, started with a channel. */

import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { benchGraph } from './graph.js';
import { staticServer } from './staticServer.js';

const [, , name] = process.argv;
const subgraph = benchGraph.find((one) => one.name === name);
if (!subgraph) throw new Error(`There is no subgraph "${name}".`);

const { typeDefs, resolvers } = subgraph;
const answering = staticServer(buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]));
const { server } = answering;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

/** Whatever it is asked, it says how many calls it has answered. */
process.on('message', () => process.send?.(answering.calls()));
process.on('disconnect', () => process.exit());
