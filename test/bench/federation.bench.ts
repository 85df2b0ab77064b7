import { execute, parse } from 'graphql';
import { bench, describe } from 'vitest';
import { executeOperation } from '../../gateway/execution/executeOperation.js';
import { Generation } from '../../gateway/planning/generation.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { localUpstream } from '../../gateway/upstream/localUpstream.js';
import { monolith, subgraphs } from '../support/socialGraph.js';

const QUERY = `{
  users { id label score posts(first: 3) { title likes headline author { label score } } }
}`;

const generation = new Generation({
  supergraphSdl: composeSupergraph(
    subgraphs.map(({ name, typeDefs }) => ({ name, url: `http://${name}`, typeDefs })),
  ),
  upstreams: new Map(subgraphs.map(({ name, schema }) => [name, localUpstream(() => schema)])),
});
const document = parse(QUERY);

// Both run the same resolvers and no network: the ratio is what federation itself costs.
describe('one operation over three subgraphs, without a network', () => {
  bench('one graphql-js server that holds the whole schema', async () => {
    JSON.stringify(await execute({ schema: monolith, document }));
  });

  bench('the gateway’s engine over three subgraphs, planned before', async () => {
    const prepared = generation.prepare(QUERY);
    if (!('kind' in prepared) || prepared.kind !== 'query') throw new Error('It is a query.');
    JSON.stringify(await executeOperation(prepared, {}, { headers: {} }));
  });
});
