import fc from 'fast-check';
import { execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { executeOperation } from '../../../../gateway/execution/executeOperation.js';
import { Generation } from '../../../../gateway/planning/generation.js';
import { composeSupergraph } from '../../../../gateway/registry/composeSupergraph.js';
import { localUpstream } from '../../../../gateway/upstream/localUpstream.js';
import { asClientReads } from '../../../support/federation.js';
import { operations, type DrawnOperation } from '../../../support/operationArbitrary.js';
import { monolith, subgraphs } from '../../../support/socialGraph.js';

/** `DIFFERENTIAL_RUNS=5000` looks longer; a failure prints its seed and its smallest example. */
const numRuns = Number(process.env['DIFFERENTIAL_RUNS'] ?? 100);

const generation = new Generation({
  supergraphSdl: composeSupergraph(
    subgraphs.map(({ name, typeDefs }) => ({ name, url: `http://${name}`, typeDefs })),
  ),
  upstreams: new Map(subgraphs.map(({ name, schema }) => [name, localUpstream(() => schema)])),
});

async function federated({ query, variables }: DrawnOperation) {
  const prepared = await generation.prepare(query);
  if ('errors' in prepared) return asClientReads(prepared);
  if (prepared.kind === 'subscription') throw new Error('Only queries are drawn.');
  return asClientReads(await executeOperation(prepared, variables, { headers: {} }));
}

const alone = async ({ query, variables }: DrawnOperation) =>
  asClientReads(
    await execute({ schema: monolith, document: parse(query), variableValues: variables }),
  );

describe('three subgraphs behind the gateway', () => {
  it('answer any operation as one server over the same data does', async () => {
    await fc.assert(
      fc.asyncProperty(operations(generation.schema, 4), async (operation) => {
        const [ours, expected] = [await federated(operation), await alone(operation)];

        expect(ours.data).toEqual(expected.data);
        expect(ours.errors === undefined).toBe(expected.errors === undefined);
      }),
      { numRuns },
    );
  });
});
