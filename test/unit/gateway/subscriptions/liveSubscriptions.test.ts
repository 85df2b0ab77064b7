import { describe, expect, it, vi } from 'vitest';
import { read, ScriptedGraph, ScriptedSubgraph } from './scriptedGraph.js';

const typeDefs = `
  type Query { a: Int }
  type Subscription { count(of: ID, step: Int = 1): Int  state: Int }
`;
const COUNT = 'subscription ($id: ID, $step: Int = 1) { count(of: $id, step: $step) }';
const count = (value: number) => ({ data: { count: value } });

function scripted(options = {}) {
  const subgraph = new ScriptedSubgraph();
  return { subgraph, graph: new ScriptedGraph(typeDefs, subgraph, options) };
}

describe('identical subscriptions', () => {
  it('share one at the subgraph, and one JSON text', async () => {
    const { subgraph, graph } = scripted();
    const first = await graph.subscribe(COUNT, { variables: { id: 7 } });
    const second = await graph.subscribe(COUNT, { variables: { step: 1, id: '7' } });
    subgraph.push({ count: 1 });

    const results = [(await first.next()).value, (await second.next()).value];

    expect(results[0]?.json).toBe('{"data":{"count":1}}');
    expect(results[1]).toBe(results[0]);
    expect(subgraph.asked.map(({ variables }) => variables)).toEqual([{ id: '7', step: 1 }]);
  });

  it.each([
    ['variables', COUNT, { variables: { id: '8' } }],
    ['operations', 'subscription { count(of: "7") }', {}],
    ['views', COUNT, { variables: { id: '7' }, viewKey: 'another desk' }],
  ])('are none when they differ in their %s', async (_what, query, more) => {
    const { subgraph, graph } = scripted();
    await graph.subscribe(COUNT, { variables: { id: '7' } });
    await graph.subscribe(query, more);

    expect(subgraph.asked).toHaveLength(2);
  });

  it('are shared no more when an event has been delivered, for who comes late would miss it', async () => {
    const { subgraph, graph } = scripted();
    const first = await graph.subscribe(COUNT);
    subgraph.push({ count: 1 });
    expect(await read(first)).toEqual(count(1));

    const late = await graph.subscribe(COUNT);
    subgraph.push({ count: 2 }, 0);
    subgraph.push({ count: 1 }, 1);

    expect([await read(first), await read(late)]).toEqual([count(2), count(1)]);
  });

  it('stay shared where every event is the whole state, and who comes late begins with the last', async () => {
    const { subgraph, graph } = scripted();
    const first = await graph.subscribe('subscription { state }');
    subgraph.push({ state: 1 });
    await read(first);

    const late = await graph.subscribe('subscription { state }');
    subgraph.push({ state: 2 });

    expect([await read(late), await read(late)]).toEqual([
      { data: { state: 1 } },
      { data: { state: 2 } },
    ]);
    expect(subgraph.asked).toHaveLength(1);
  });

  it('let go of the subgraph when the last reader leaves, and not before', async () => {
    const { subgraph, graph } = scripted();
    const results = [await graph.subscribe(COUNT), await graph.subscribe(COUNT)];

    await results[0]?.return();
    expect([subgraph.open, graph.live.size]).toEqual([1, 1]);
    await results[1]?.return();
    expect([subgraph.open, graph.live.size]).toEqual([0, 0]);
  });

  it('ask subgraphs in the name of who came last and is still there', async () => {
    const { subgraph, graph } = scripted();
    const asked = { first: vi.fn(() => ({ headers: {} })), last: vi.fn(() => ({ headers: {} })) };
    const first = await graph.subscribe('subscription { state }', { context: asked.first });
    const last = await graph.subscribe('subscription { state }', { context: asked.last });
    Object.values(asked).forEach((one) => one.mockClear());

    subgraph.push({ state: 1 });
    await read(first);
    expect([asked.first, asked.last].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
    await last.return();
    subgraph.push({ state: 2 });
    await read(first);
    expect([asked.first, asked.last].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    await first.return();
  });
});

describe('a reader', () => {
  it('gets SLOW_CONSUMER as its last result when it is too slow, and others get everything', async () => {
    const { subgraph, graph } = scripted({ resultsMax: 3 });
    const slow = await graph.subscribe(COUNT);
    const quick = await graph.subscribe(COUNT);
    for (let value = 1; value <= 5; value += 1) {
      subgraph.push({ count: value });
      expect(await read(quick)).toEqual(count(value));
    }

    expect([await read(slow), await read(slow)]).toMatchObject([
      {
        errors: [
          {
            message: 'More than 3 results wait to be read: subscribe again from the last one.',
            extensions: { code: 'SLOW_CONSUMER' },
          },
        ],
      },
      undefined,
    ]);
    expect(subgraph.open).toBe(1);
    await quick.return();
  });

  it('is too slow as well by the bytes that wait, those of its connection included', async () => {
    const { subgraph, graph } = scripted({ bytesMax: 1_000 });
    let buffered = 0;
    const results = await graph.subscribe(COUNT, { bufferedBytes: () => buffered });
    const quick = await graph.subscribe(COUNT);
    for (const value of [1, 2, 3]) {
      buffered = value === 3 ? 990 : 0;
      subgraph.push({ count: value });
      await read(quick);
    }

    expect(await read(results)).toMatchObject({
      errors: [{ extensions: { code: 'SLOW_CONSUMER' } }],
    });
    await quick.return();
  });

  it('is never too slow for the whole state: it gets the newest', async () => {
    const { subgraph, graph } = scripted({ resultsMax: 1 });
    const slow = await graph.subscribe('subscription { state }');
    const quick = await graph.subscribe('subscription { state }');
    for (const value of [1, 2, 3]) {
      subgraph.push({ state: value });
      await read(quick);
    }

    expect(await read(slow)).toEqual({ data: { state: 3 } });
    await slow.return();
    await quick.return();
  });

  it('is answered at once when it leaves while it waits', async () => {
    const { graph } = scripted();
    const results = await graph.subscribe(COUNT);
    const waiting = results.next();

    await results.return();

    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  it('gets each of 1,000 results once and in order, however many read with it', async () => {
    const { subgraph, graph } = scripted();
    const readers = await Promise.all(
      Array.from({ length: 600 }, () => graph.subscribe('subscription { count }')),
    );
    const expected = Array.from({ length: 1_000 }, (_, value) => value);
    const seen = readers.map(async (results) => {
      const values: unknown[] = [];
      for await (const { json } of results) {
        values.push((JSON.parse(json) as ReturnType<typeof count>).data.count);
      }
      return values;
    });
    for (const value of expected) subgraph.push({ count: value });
    subgraph.asked[0]?.events.complete();

    for (const values of await Promise.all(seen)) expect(values).toEqual(expected);
  });
});

describe('a subscription', () => {
  it('passes on an event that failed as a whole, and goes on', async () => {
    const { subgraph, graph } = scripted();
    const results = await graph.subscribe(COUNT);
    const extensions = { code: 'CLOSED' };
    const errors = [{ message: 'Not now.', path: ['count'], extensions }];
    subgraph.asked[0]?.events.push({ data: null, errors });
    subgraph.push({ count: 2 });

    expect([await read(results), await read(results)]).toMatchObject([
      { data: { count: null }, errors: [{ message: 'Not now.', path: ['count'] }] },
      count(2),
    ]);
    await results.return();
  });

  it('is refused for variables of the wrong type, and then asks nobody', async () => {
    const { subgraph, graph } = scripted();
    await expect(graph.subscribe(COUNT, { variables: { step: 'x' } })).rejects.toThrow('$step');
    expect(subgraph.asked).toEqual([]);
  });
});
