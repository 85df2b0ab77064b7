import fc from 'fast-check';
import { OperationTypeNode, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Data } from '../support/graphqlClient.js';
import { post } from '../support/graphqlClient.js';
import { IDS, monolith, subgraphs, worlds, type World } from '../support/bazaarGraph.js';
import { codesAt, explainedNulls } from '../support/explainedNulls.js';
import { operations, type DrawnOperation } from '../support/operationArbitrary.js';
import { startPlainSubgraph } from '../support/plainSubgraph.js';
import { startServedGraph } from '../support/servedGraph.js';
import type { RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';

/** `DIFFERENTIAL_RUNS=100000` looks longer; `DIFFERENTIAL_SEED` looks at the same again. */
const numRuns = Number(process.env['DIFFERENTIAL_RUNS'] ?? 2_000);
const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? Date.now() % 2 ** 31);
const TIMEOUT_MS = 60_000 + numRuns * 60;

describe('three subgraphs behind the gateway, over HTTP', () => {
  let ours: World;
  let theirs: World;
  let served: Awaited<ReturnType<typeof startServedGraph>>;
  let alone: RunningSubgraph;
  beforeAll(async () => {
    served = await startServedGraph(subgraphs(() => ours));
    const { typeDefs, resolvers } = monolith(() => theirs);
    alone = await startPlainSubgraph(typeDefs, resolvers, () => undefined);
  });
  afterAll(async () => {
    await served.stop();
    await alone.close();
  });

  /** Both on the same data, of which each has its own, for mutations change it. */
  const both = async (world: World, { query, variables }: DrawnOperation) => {
    [ours, theirs] = [structuredClone(world), structuredClone(world)];
    return {
      actual: await post(served.gateway.url, query, variables),
      expected: await post(alone.url, query, variables),
    };
  };

  const drawn = (kind: OperationTypeNode, depths: readonly number[]) =>
    fc.oneof(...depths.map((depth) => operations(served.engine.schema, kind, { depth, ids: IDS })));

  it.each([
    { kind: OperationTypeNode.QUERY, share: 0.8, depths: [2, 3, 4] },
    { kind: OperationTypeNode.MUTATION, share: 0.2, depths: [2, 3] },
  ])(
    'answer any $kind as one server over the same data does',
    async ({ kind, share, depths }) => {
      const options = { numRuns: Math.ceil(numRuns * share), seed };
      console.info(`${options.numRuns} operations, DIFFERENTIAL_SEED=${seed}`);
      await fc.assert(
        fc.asyncProperty(worlds, drawn(kind, depths), async (world, operation) => {
          const { actual, expected } = await both(world, operation);

          expect(actual.data).toEqual(expected.data);
          expectSameFailures(actual, expected);
        }),
        options,
      );
    },
    TIMEOUT_MS,
  );
});

function expectSameFailures(actual: ExecutionResult<Data>, expected: ExecutionResult<Data>): void {
  const places = explainedNulls(expected);
  expect(explainedNulls(actual)).toEqual(places);
  for (const place of places) {
    const codes = codesAt(expected, place);
    expect([...codesAt(actual, place)].some((code) => codes.has(code))).toBe(true);
  }
}
