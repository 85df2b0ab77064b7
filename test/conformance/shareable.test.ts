import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const product = (who: string) => ({ id: 'p1', name: `by ${who}`, size: { width: 1, height: 2 } });

const left = {
  name: 'left',
  typeDefs: `
    type Product @key(fields: "id") { id: ID! name: String @shareable size: Size @shareable onlyLeft: Int }
    type Size @shareable { width: Int height: Int }
    type Query { left: Product pages: [String!]! @shareable }
  `,
  resolvers: {
    Query: { left: () => product('left'), pages: () => ['same'] },
    Product: { __resolveReference: () => product('left'), onlyLeft: () => 1 },
  },
};

const right = {
  name: 'right',
  typeDefs: `
    type Product @key(fields: "id") {
      id: ID!
      name: String! @shareable
      size: Size @shareable
      onlyRight: Int
    }
    type Size @shareable { width: Int depth: Int }
    type Query { right: Product pages: [String!] @shareable }
  `,
  resolvers: {
    Query: { right: () => product('right'), pages: () => ['same'] },
    Product: {
      __resolveReference: () => product('right'),
      onlyRight: () => 2,
      size: () => ({ width: 1, depth: 3 }),
    },
  },
};

describe('a shareable field', () => {
  const graph = servedGraph(left, right);

  it('comes from the subgraph that is being asked anyway', async () => {
    expect(await graph.ask('{ left { name } right { name } }')).toEqual({
      data: { left: { name: 'by left' }, right: { name: 'by right' } },
    });
    expect([...graph.asked].sort()).toEqual(['left', 'right']);
  });

  it('does not stop a request for a field that is not shared', async () => {
    expect(await graph.ask('{ left { name onlyRight onlyLeft } }')).toEqual({
      data: { left: { name: 'by left', onlyRight: 2, onlyLeft: 1 } },
    });
  });

  it('is nullable to clients where it is nullable in any subgraph', async () => {
    const type = async (name: string, field: string) => {
      const { data } = await graph.ask(
        '{ __type(name: "' + name + '") { fields { name type { kind } } } }',
      );
      const { fields } = data?.['__type'] as { fields: { name: string; type: object }[] };
      return fields.find((one) => one.name === field)?.type;
    };

    expect(await type('Product', 'name')).toEqual({ kind: 'SCALAR' });
    expect(await type('Query', 'pages')).toEqual({ kind: 'LIST' });
  });

  it('may be a root field, of which one subgraph is asked', async () => {
    expect(await graph.ask('{ pages again: pages }')).toEqual({
      data: { pages: ['same'], again: ['same'] },
    });
    expect(graph.requests).toHaveLength(1);
  });

  it('may have an object type that is shared as well', async () => {
    expect(await graph.ask('{ right { size { width } } }')).toEqual({
      data: { right: { size: { width: 1 } } },
    });
    expect(graph.asked).toEqual(['right']);
  });

  it('may have an object type of which each subgraph knows a part', async () => {
    expect(await graph.ask('{ right { size { width height depth } } }')).toEqual({
      data: { right: { size: { width: 1, height: 2, depth: 3 } } },
    });
  });
});

describe('composition', () => {
  it('refuses a field of two subgraphs that one of them does not share', () => {
    const shares = {
      name: 'shares',
      typeDefs: 'type A { b: Int @shareable } type Query { a: A @shareable }',
    };
    const keeps = { name: 'keeps', typeDefs: 'type A { b: Int } type Query { a: A @shareable }' };

    expect(() => composed(shares, keeps)).toThrow(/A\.b/);
  });

  it('refuses shared fields of different types', () => {
    const number = { name: 'number', typeDefs: 'type Query { a: Int @shareable }' };
    const text = { name: 'text', typeDefs: 'type Query { a: String @shareable }' };

    expect(() => composed(number, text)).toThrow(/Query\.a/);
  });

  it('refuses shared value types of which a part cannot be reached', () => {
    const one = {
      name: 'one',
      typeDefs: 'type Size @shareable { width: Int height: Int } type Query { one: Size }',
    };
    const two = {
      name: 'two',
      typeDefs: 'type Size @shareable { width: Int depth: Int } type Query { two: Size }',
    };

    expect(() => composed(one, two)).toThrow(/depth/);
  });
});
