import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../gateway/engine.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { startServer, type RunningServer } from '../../gateway/server.js';
import type { RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';
import { post } from '../support/graphqlClient.js';
import { startPlainSubgraph } from '../support/plainSubgraph.js';

const RELOADS = 100;
const CLIENTS = 8;

const KEY = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n`;
const accounts = `${KEY}
  type Account @key(fields: "id") { id: ID! from: String! }
  type Query { account(nonce: Int!): Account }
`;
const margin = `${KEY}
  type Account @key(fields: "id") { id: ID! marginFrom: String! call: Call }
  type Call @key(fields: "id") { id: ID! from: String! }
`;
const calls = `${KEY}
  type Call @key(fields: "id") { id: ID! reason: String! }
`;

/** Three subgraphs that say of which generation they are, in every field. */
async function startGeneration(mark: string) {
  const say = () => mark;
  const call = () => ({ id: 'c' });
  const account = () => ({ id: 'a' });
  const quiet = () => undefined;
  const running: readonly RunningSubgraph[] = await Promise.all([
    startPlainSubgraph(accounts, { Query: { account }, Account: { from: say } }, quiet),
    startPlainSubgraph(margin, { Account: { marginFrom: say, call }, Call: { from: say } }, quiet),
    startPlainSubgraph(calls, { Call: { reason: say } }, quiet),
  ]);
  const [a, m, c] = running.map(({ url }) => url);
  const supergraphSdl = composeSupergraph([
    { name: 'accounts', url: a ?? '', typeDefs: accounts },
    { name: 'margin', url: m ?? '', typeDefs: margin },
    { name: 'calls', url: c ?? '', typeDefs: calls },
  ]);
  return { supergraphSdl, running };
}

describe('a gateway whose supergraph is replaced a hundred times under load', () => {
  let odd: Awaited<ReturnType<typeof startGeneration>>;
  let even: Awaited<ReturnType<typeof startGeneration>>;
  let engine: Engine;
  let gateway: RunningServer;
  beforeAll(async () => {
    [odd, even] = await Promise.all([startGeneration('odd'), startGeneration('even')]);
    engine = new Engine({ timeoutMs: 20_000 });
    await engine.swap(odd.supergraphSdl);
    gateway = await startServer({ engine, port: 0, host: '127.0.0.1', page: null });
  });
  afterAll(async () => {
    await gateway.close();
    await engine.close();
    await Promise.all([...odd.running, ...even.running].map((one) => one.close()));
  });

  it('answers every request, each from one generation', async () => {
    const answers: string[] = [];
    let isOver = false;
    const client = async (nonce: number) => {
      while (!isOver) {
        const { data, errors } = await post(
          gateway.url,
          'query ($nonce: Int!) { account(nonce: $nonce) { from marginFrom call { from reason } } }',
          { nonce },
        );
        answers.push(JSON.stringify(errors ?? data?.['account']));
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, nonce) => client(nonce));
    const swaps: Promise<void>[] = [];
    for (let reload = 1; reload <= RELOADS; reload += 1) {
      // At least one answer on each generation, so that swaps meet requests at every stage.
      const before = answers.length;
      while (answers.length === before) await new Promise((resolve) => setImmediate(resolve));
      swaps.push(engine.swap(reload % 2 ? even.supergraphSdl : odd.supergraphSdl));
    }
    isOver = true;
    await Promise.all([...clients, ...swaps]);

    const whole = (mark: string) =>
      JSON.stringify({ from: mark, marginFrom: mark, call: { from: mark, reason: mark } });
    expect([...new Set(answers)].sort()).toEqual([whole('even'), whole('odd')]);
    expect(answers.length).toBeGreaterThan(RELOADS);
  }, 60_000);
});
