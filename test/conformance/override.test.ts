import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const monolith = {
  name: 'monolith',
  typeDefs: `
    type Bill @key(fields: "id") { id: ID! amount: Int payer: Payer }
    type Payer { name: String }
    type Query { bill: Bill total: Int }
    type Mutation { pay: Int }
  `,
  resolvers: {
    Query: { bill: () => ({ id: 'b1', amount: 1, payer: { name: 'old' } }), total: () => 1 },
    Bill: { __resolveReference: ({ id }: { id: string }) => ({ id, amount: 1 }) },
    Mutation: { pay: () => 1 },
  },
};

const payments = {
  name: 'payments',
  typeDefs: `
    type Bill @key(fields: "id") {
      id: ID!
      amount: Int @override(from: "monolith")
      payer: Payer @override(from: "monolith")
    }
    type Payer { name: String @override(from: "monolith") }
    type Query { total: Int @override(from: "monolith") newest: Bill }
    type Mutation { pay: Int @override(from: "monolith") }
  `,
  resolvers: {
    Query: { total: () => 2, newest: () => ({ id: 'b2' }) },
    Bill: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      amount: () => 2,
      payer: () => ({ name: 'new' }),
    },
    Mutation: { pay: () => 2 },
  },
};

describe('a field with @override', () => {
  const graph = servedGraph(monolith, payments);

  it('comes from the subgraph that takes it over', async () => {
    expect(await graph.ask('{ bill { id amount } }')).toEqual({
      data: { bill: { id: 'b1', amount: 2 } },
    });
  });

  it('is not asked of the subgraph that has lost it', async () => {
    await graph.ask('{ bill { amount } }');

    expect(graph.requests.find(({ service }) => service === 'monolith')?.query).not.toContain(
      'amount',
    );
  });

  it('may have an object type that moves with it', async () => {
    expect(await graph.ask('{ bill { payer { name } } newest { payer { name } } }')).toEqual({
      data: { bill: { payer: { name: 'new' } }, newest: { payer: { name: 'new' } } },
    });
  });

  it('may be a root field, of a query as of a mutation', async () => {
    expect(await graph.ask('{ total }')).toEqual({ data: { total: 2 } });
    expect(await graph.ask('mutation { pay }')).toEqual({ data: { pay: 2 } });
    expect(graph.asked).toEqual(['payments', 'payments']);
  });
});

const labelled = (label: string) => ({
  name: 'payments',
  typeDefs: `
    type Bill @key(fields: "id") {
      id: ID!
      amount: Int @override(from: "monolith", label: "${label}")
    }
  `,
  resolvers: {
    Bill: { __resolveReference: ({ id }: { id: string }) => ({ id }), amount: () => 2 },
  },
});

describe('a field whose @override has a label', () => {
  describe('of all requests', () => {
    const graph = servedGraph(monolith, labelled('percent(100)'));

    it('comes from the subgraph that takes it over', async () => {
      expect(await graph.ask('{ bill { amount } }')).toEqual({ data: { bill: { amount: 2 } } });
    });
  });

  describe('of no requests', () => {
    const graph = servedGraph(monolith, labelled('percent(0)'));

    it('stays where it was', async () => {
      expect(await graph.ask('{ bill { amount } }')).toEqual({ data: { bill: { amount: 1 } } });
    });
  });

  describe('that only an operator can switch', () => {
    const graph = servedGraph(monolith, labelled('payments-are-ready'));

    it('stays where it was, for the gateway has no such switch', async () => {
      expect(await graph.ask('{ bill { amount } }')).toEqual({ data: { bill: { amount: 1 } } });
    });
  });
});

describe('composition', () => {
  it('refuses a field that overrides itself', () => {
    const own = { name: 'own', typeDefs: 'type Query { a: Int @override(from: "own") }' };

    expect(() => composed(own)).toThrow(/Query\.a/);
  });

  it('refuses a label that is neither a name nor a percentage', () => {
    const unclear = {
      name: 'unclear',
      typeDefs: 'type Query { total: Int @override(from: "monolith", label: "percent(101)") }',
    };

    expect(() => composed(monolith, unclear)).toThrow(/percent/);
  });
});
