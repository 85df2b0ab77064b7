import { describe, expect, it } from 'vitest';
import { read, ScriptedGraph, ScriptedSubgraph } from './scriptedGraph.js';

const typeDefs = (more = '') => `
  type Query { a: Int ${more} }
  scalar Cursor
  type Update { cursor: Cursor! value: Int detail: Detail }
  interface Detail { name: String }
  type Plain implements Detail { name: String }
  type Subscription { updates(after: Cursor): Update  state: Int }
`;
/** Another type of detail: planned as another question to the subgraph. */
const widened = `${typeDefs()} type Rich implements Detail { name: String @deprecated riches: Int }`;
const RESUMABLE =
  'subscription ($from: Cursor) { all: updates(after: $from) { at: cursor value } }';
const update = (at: string, value = 0) => ({ all: { at, value } });

function scripted(options = {}) {
  const subgraph = new ScriptedSubgraph();
  return { subgraph, graph: new ScriptedGraph(typeDefs(), subgraph, options) };
}

describe('when another graph comes into service, a subscription', () => {
  it('keeps its source where the question to the subgraph stays the same', async () => {
    const { subgraph, graph } = scripted();
    const results = await graph.subscribe('subscription { updates { value } }');
    subgraph.push({ updates: { value: 1 } });
    await read(results);

    for (let swap = 0; swap < 5; swap += 1) await graph.swap(typeDefs(`b${swap}: Int`), subgraph);
    subgraph.push({ updates: { value: 2 } });

    expect(await read(results)).toEqual({ data: { updates: { value: 2 } } });
    expect([subgraph.asked.length, subgraph.open]).toEqual([1, 1]);
  });

  it('goes on from its last cursor where its subgraph has moved: nothing missed, nothing twice', async () => {
    const { subgraph, graph } = scripted();
    const moved = new ScriptedSubgraph();
    const results = await graph.subscribe(RESUMABLE, { variables: { from: 'c0' } });
    subgraph.push(update('c1'));
    await read(results);

    await graph.swap(typeDefs(), moved);
    subgraph.push(update('c2', 1));
    moved.push(update('c2', 2));

    expect(moved.asked.map(({ variables }) => variables)).toEqual([{ from: 'c1' }]);
    expect(await read(results)).toEqual({ data: update('c2', 2) });
    expect(subgraph.open).toBe(0);
  });

  it('begins anew where nothing has been delivered, or every event is the whole state', async () => {
    const { graph } = scripted();
    const moved = new ScriptedSubgraph();
    const results = await graph.subscribe('subscription { state }');
    await graph.swap(typeDefs(), moved);
    moved.push({ state: 1 });
    expect(await read(results)).toEqual({ data: { state: 1 } });

    const again = new ScriptedSubgraph();
    await graph.swap(typeDefs(), again);
    again.push({ state: 2 });
    expect(await read(results)).toEqual({ data: { state: 2 } });
  });

  it('ends with SUBSCRIPTION_MOVED where its subgraph has moved and it cannot be resumed', async () => {
    const { subgraph, graph } = scripted();
    const results = await graph.subscribe('subscription { updates { value } }');
    subgraph.push({ updates: { value: 1 } });
    await read(results);

    await graph.swap(typeDefs(), new ScriptedSubgraph());

    expect([await read(results), await read(results)]).toMatchObject([
      { errors: [{ extensions: { code: 'SUBSCRIPTION_MOVED' } }] },
      undefined,
    ]);
  });

  it('ends with SCHEMA_CHANGED where its fields are gone, and says which', async () => {
    const { subgraph, graph } = scripted();
    const results = await graph.subscribe('subscription { state }');
    await graph.swap(typeDefs().replace('state: Int', 'condition: Int'), subgraph);

    const ending = (await read(results)) as { errors: { message: string }[] };
    expect(ending).toMatchObject({ errors: [{ extensions: { code: 'SCHEMA_CHANGED' } }] });
    expect(ending.errors[0]?.message).toContain('"state"');
    expect(subgraph.open).toBe(0);
  });

  it('outlives the end of its old source while it goes over', async () => {
    const { subgraph, graph } = scripted();
    const moved = new ScriptedSubgraph();
    const results = await graph.subscribe(RESUMABLE);
    subgraph.push(update('c1'));
    await read(results);

    const swapped = graph.swap(typeDefs(), moved);
    subgraph.asked[0]?.events.fail(new Error('closed'));
    await swapped;
    moved.push(update('c2'));

    expect(await read(results)).toEqual({ data: update('c2') });
  });

  it('asks for what has come to be, where the same subgraph answers another question', async () => {
    const { subgraph, graph } = scripted();
    const query = `subscription ($from: Cursor) {
      updates(after: $from) { cursor detail { ... on Plain { name } ... on Detail { __typename } } }
    }`;
    const results = await graph.subscribe(query);
    subgraph.push({ updates: { cursor: 'c1', detail: { __typename: 'Plain', name: 'p' } } });
    await read(results);
    await graph.swap(widened, subgraph);
    subgraph.push({ updates: { cursor: 'c2', detail: { __typename: 'Rich' } } });

    expect(await read(results)).toEqual({
      data: { updates: { cursor: 'c2', detail: { __typename: 'Rich' } } },
    });
  });

  it('loses and doubles nothing over 100 of them, for 50 readers', async () => {
    const { graph, subgraph } = scripted();
    let current = subgraph;
    const readers = await Promise.all(Array.from({ length: 50 }, () => graph.subscribe(RESUMABLE)));
    for (let turn = 1; turn <= 100; turn += 1) {
      current.push(update(`c${turn}`, turn));
      const results = await Promise.all(readers.map(read));
      expect(new Set(results.map((one) => JSON.stringify(one)))).toEqual(
        new Set([JSON.stringify({ data: update(`c${turn}`, turn) })]),
      );
      if (turn % 2 === 0) current = new ScriptedSubgraph();
      await graph.swap(typeDefs(`b${turn}: Int`), current);
    }
    expect(current.asked.map(({ variables }) => variables)).toEqual([{ from: 'c100' }]);
  });
});
