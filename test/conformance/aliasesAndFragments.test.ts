import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const people = {
  name: 'people',
  typeDefs: `
    interface Being { id: ID! name: String being: Being }
    type Human implements Being @key(fields: "id") {
      id: ID! name: String being: Being age(in: String = "years"): String friends(first: Int = 9): [Being!]
    }
    type Alien implements Being @key(fields: "id") { id: ID! name: String being: Being planet: String eyes: Int }
    union Guest = Human | Alien
    type Ship { name: String }
    union Visitor = Human | Ship
    union Metal = Ship
    type Query { beings: [Being!]! guest: Guest human: Human visitor: Visitor metal: Metal }
  `,
  resolvers: {
    Query: {
      beings: () => [ann, zog],
      guest: () => zog,
      human: () => ann,
    },
    Human: {
      __resolveReference: () => ann,
      being: () => zog,
      age: (_human: unknown, { in: unit }: { in: string }) => `30 ${unit}`,
      friends: (_human: unknown, { first }: { first: number }) => [zog, ann].slice(0, first),
    },
    Alien: { __resolveReference: () => zog, being: () => ann },
  },
};
const ann = { __typename: 'Human', id: 'a', name: 'Ann' };
const zog = { __typename: 'Alien', id: 'z', name: 'Zog', planet: 'Mars', eyes: 3 };

const scores = {
  name: 'scores',
  typeDefs: `
    type Human @key(fields: "id") { id: ID! score(of: String = "all"): String }
    type Alien @key(fields: "id") { id: ID! score: Int  power: String }
  `,
  resolvers: {
    Human: { score: ({ id }: { id: string }, { of }: { of: string }) => `${of} of ${id}` },
    Alien: { score: () => 99, power: () => 'laser' },
  },
};

describe('an alias', () => {
  const graph = servedGraph(people, scores);

  it('that is another field’s name on one type leaves that field alone on another', async () => {
    const query = `{ beings {
      ... on Human { being { score: name ... on Alien { eyes } } }
      ... on Alien { being { ... on Human { score } id } }
    } }`;
    expect(await graph.ask(query)).toEqual({
      data: {
        beings: [{ being: { score: 'Zog', eyes: 3 } }, { being: { score: 'all of a', id: 'a' } }],
      },
    });
  });

  it('that is the field’s own name is as good as none', async () => {
    expect(await graph.ask('{ human { name: name being { id: id } } }')).toEqual(
      await graph.ask('{ human { name being { id } } }'),
    );
  });

  it('stands at the root, below, and in another subgraph', async () => {
    expect(
      await graph.ask('{ one: human { first: name points: score } two: human { last: name } }'),
    ).toEqual({
      data: { one: { first: 'Ann', points: 'all of a' }, two: { last: 'Ann' } },
    });
  });

  it('tells one field from itself with other arguments', async () => {
    expect(
      await graph.ask(`{ human {
        age days: age(in: "days") score chess: score(of: "chess") go: score(of: "go")
        all: friends { name } one: friends(first: 1) { id }
      } }`),
    ).toEqual({
      data: {
        human: {
          age: '30 years',
          days: '30 days',
          score: 'all of a',
          chess: 'chess of a',
          go: 'go of a',
          all: [{ name: 'Zog' }, { name: 'Ann' }],
          one: [{ id: 'z' }],
        },
      },
    });
  });

  it('exchanges the names of two fields', async () => {
    expect(await graph.ask('{ human { id: name name: id score } }')).toEqual({
      data: { human: { id: 'Ann', name: 'a', score: 'all of a' } },
    });
  });

  it('takes the name of the key, and entities are found all the same', async () => {
    expect(
      await graph.ask('{ beings { ... on Human { id: score } ... on Alien { id: power } } }'),
    ).toEqual({ data: { beings: [{ id: 'all of a' }, { id: 'laser' }] } });
    expect(
      await graph.ask('{ guest { ... on Alien { id: power score } } human { id: score } }'),
    ).toEqual({
      data: { guest: { id: 'laser', score: 99 }, human: { id: 'all of a' } },
    });
  });

  it('means different fields on different types', async () => {
    expect(
      await graph.ask('{ beings { ... on Human { what: age } ... on Alien { what: planet } } }'),
    ).toEqual({ data: { beings: [{ what: '30 years' }, { what: 'Mars' }] } });
    expect(
      await graph.ask('{ beings { ... on Human { what: score } ... on Alien { what: power } } }'),
    ).toEqual({ data: { beings: [{ what: 'all of a' }, { what: 'laser' }] } });
  });

  it('means a field of this subgraph on one type and of another on the next', async () => {
    expect(
      await graph.ask('{ beings { ... on Human { what: score } ... on Alien { what: planet } } }'),
    ).toEqual({ data: { beings: [{ what: 'all of a' }, { what: 'Mars' }] } });
  });

  it('means different objects on different types', async () => {
    expect(
      await graph.ask(`{ beings {
        ... on Human { next: being { called: name } }
        ... on Alien { next: being { called: name ... on Human { age } } }
      } }`),
    ).toEqual({
      data: { beings: [{ next: { called: 'Zog' } }, { next: { called: 'Ann', age: '30 years' } }] },
    });
  });

  it('stands on __typename wherever it is', async () => {
    expect(
      await graph.ask(
        '{ root: __typename beings { kind: __typename __typename } guest { a: __typename } }',
      ),
    ).toEqual({
      data: {
        root: 'Query',
        beings: [
          { kind: 'Human', __typename: 'Human' },
          { kind: 'Alien', __typename: 'Alien' },
        ],
        guest: { a: 'Alien' },
      },
    });
  });

  it('that gives another field the name __typename is refused', async () => {
    const { data, errors } = await graph.ask('{ beings { __typename: name } }');

    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions['code']).toBe('QUERY_PLANNING_FAILED');
  });

  it('may look like those that plans use themselves', async () => {
    expect(
      await graph.ask(
        '{ _internal_qp_alias_0: human { _internal_qp_alias_0: score _entities: age _client_id: id } _e0: guest { ... on Alien { representations: score } } }',
      ),
    ).toEqual({
      data: {
        _internal_qp_alias_0: {
          _internal_qp_alias_0: 'all of a',
          _entities: '30 years',
          _client_id: 'a',
        },
        _e0: { representations: 99 },
      },
    });
  });
});

describe('a fragment', () => {
  const graph = servedGraph(people, scores);

  it('stands on an interface, a union and a type, nested in any order', async () => {
    expect(
      await graph.ask(`
        { guest { ...G } beings { ...B } human { ...B ...G } }
        fragment G on Guest { ... on Being { name ... on Alien { eyes } } }
        fragment B on Being { id ... on Guest { ... on Human { score } ...G } }
      `),
    ).toEqual({
      data: {
        guest: { name: 'Zog', eyes: 3 },
        beings: [
          { id: 'a', score: 'all of a', name: 'Ann' },
          { id: 'z', name: 'Zog', eyes: 3 },
        ],
        human: { id: 'a', score: 'all of a', name: 'Ann' },
      },
    });
  });

  it('stands at the root of a query', async () => {
    expect(
      await graph.ask(
        '{ ...Q ... on Query { human { name } } } fragment Q on Query { human { id } }',
      ),
    ).toEqual({ data: { human: { id: 'a', name: 'Ann' } } });
  });

  it('merges with another on the same field, over subgraphs', async () => {
    expect(
      await graph.ask(`
        { human { ...Left ...Right } }
        fragment Left on Human { friends { id ... on Alien { power } } }
        fragment Right on Human { friends { name ... on Alien { score } ... on Human { age } } }
      `),
    ).toEqual({
      data: {
        human: {
          friends: [
            { id: 'z', power: 'laser', name: 'Zog', score: 99 },
            { id: 'a', name: 'Ann', age: '30 years' },
          ],
        },
      },
    });
  });

  it('goes deep, one in the other', async () => {
    const levels = 12;
    const fragments = Array.from(
      { length: levels },
      (_, level) => `fragment F${level} on Being { name being { ...F${level + 1} } }`,
    ).join('\n');
    const answer = await graph.ask(
      `{ human { ...F0 } } ${fragments} fragment F${levels} on Being { id ... on Human { score } }`,
    );
    let being = answer.data?.['human'];
    for (let level = 0; level < levels; level += 1) being = (being as { being: unknown }).being;

    expect(being).toEqual({ id: 'a', score: 'all of a' });
  });

  it('that turns in circles is refused', async () => {
    const { errors } = await graph.ask('{ human { ...F } } fragment F on Human { being { ...F } }');

    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('of two operations serves the one that runs', async () => {
    expect(
      await graph.ask('query { human { ...N } } fragment N on Being { kind: __typename name }'),
    ).toEqual({ data: { human: { kind: 'Human', name: 'Ann' } } });
  });

  it('keeps the order in which fields were asked for', async () => {
    const { data } = await graph.ask(
      '{ human { score ...N id } } fragment N on Being { name being { id } }',
    );

    expect(Object.keys(data?.['human'] as object)).toEqual(['score', 'name', 'being', 'id']);
  });

  it('that no object can fit, through others that it can, changes nothing', async () => {
    expect(
      await graph.ask('{ human { being { ... on Visitor { ... on Metal { __typename } } id } } }'),
    ).toEqual({ data: { human: { being: { id: 'z' } } } });
  });
});
