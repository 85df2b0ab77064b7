import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const books = {
  name: 'books',
  typeDefs: `
    "Something to read."
    type Book @key(fields: "id") @tag(name: "shop") {
      "Opaque."
      id: ID!
      title(case: Case = LOWER): String
      name: String @deprecated(reason: "Use title.")
      cost: Int @inaccessible
    }
    type Cellar @inaccessible { depth: Int }
    enum Case { UPPER LOWER TITLE @deprecated(reason: "Nobody does.") RAW @inaccessible }
    scalar Isbn @specifiedBy(url: "https://www.isbn.org")
    input Search { text: String = "all" code: Isbn secret: Int @inaccessible }
    type Query {
      "All of them."
      books(by: Search, limit: Int = 10, raw: Boolean @inaccessible): [Book!]!
      cellar: Cellar @inaccessible
    }
    type Mutation { burn(id: ID!): Boolean }
    type Subscription { burnt: ID }
  `,
  resolvers: { Query: { books: () => [{ id: 'b' }] } },
};

const prices = {
  name: 'prices',
  typeDefs: `
    type Book @key(fields: "id") { id: ID! price: Int }
    type Query { cheapest: Book }
  `,
  resolvers: { Book: { price: () => 5 } },
};

describe('introspection', () => {
  const graph = servedGraph(books, prices);
  const fields = async (type: string) => {
    const { data } = await graph.ask(
      `{ __type(name: "${type}") { fields(includeDeprecated: true) { name } } }`,
    );
    return (data?.['__type'] as { fields: { name: string }[] } | null)?.fields.map(
      ({ name }) => name,
    );
  };

  it('tells clients enough to rebuild the schema', async () => {
    const { data } = await graph.ask(getIntrospectionQuery({ specifiedByUrl: true }));
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);

    expect(
      Object.keys(schema.getTypeMap())
        .filter((name) => !name.startsWith('__'))
        .sort(),
    ).toEqual([
      'Book',
      'Boolean',
      'Case',
      'ID',
      'Int',
      'Isbn',
      'Mutation',
      'Query',
      'Search',
      'String',
      'Subscription',
    ]);
    expect(graph.asked).toEqual([]);
  });

  it('shows no type, directive, scalar or field of the machinery', async () => {
    const { data } = await graph.ask('{ __schema { types { name } directives { name } } }');

    expect(JSON.stringify(data)).not.toMatch(/join__|link__|core__|_Any|_Entity|_Service|FieldSet/);
    const { directives } = data?.['__schema'] as { directives: { name: string }[] };
    expect(directives.map(({ name }) => name).sort()).toEqual([
      'deprecated',
      'include',
      'oneOf',
      'skip',
      'specifiedBy',
    ]);
    expect(await fields('Query')).toEqual(['books', 'cheapest']);
  });

  it('shows nothing that is inaccessible', async () => {
    const { data } = await graph.ask(`{
      case: __type(name: "Case") { enumValues(includeDeprecated: true) { name } }
      search: __type(name: "Search") { inputFields { name } }
      query: __type(name: "Query") { fields { name args { name } } }
      cellar: __type(name: "Cellar") { name }
    }`);

    expect(await fields('Book')).toEqual(['id', 'title', 'name', 'price']);
    expect(data).toEqual({
      case: { enumValues: [{ name: 'UPPER' }, { name: 'LOWER' }, { name: 'TITLE' }] },
      search: { inputFields: [{ name: 'text' }, { name: 'code' }] },
      query: {
        fields: [
          { name: 'books', args: [{ name: 'by' }, { name: 'limit' }] },
          { name: 'cheapest', args: [] },
        ],
      },
      cellar: null,
    });
  });

  it('hides what is deprecated unless it is asked for, and says why it is', async () => {
    const { data } = await graph.ask(
      `query ($all: Boolean!) { __type(name: "Book") {
      now: fields { name }
      all: fields(includeDeprecated: $all) { name isDeprecated deprecationReason }
    } }`,
      { all: true },
    );
    const { now, all } = data?.['__type'] as { now: object[]; all: object[] };

    expect(now).not.toContainEqual({ name: 'name' });
    expect(all).toContainEqual({
      name: 'name',
      isDeprecated: true,
      deprecationReason: 'Use title.',
    });
  });

  it('tells descriptions, defaults and where a scalar is specified', async () => {
    const { data } = await graph.ask(`{
      book: __type(name: "Book") { description fields { name description } }
      isbn: __type(name: "Isbn") { specifiedByURL }
      query: __type(name: "Query") { fields { description args { name defaultValue } } }
      search: __type(name: "Search") { inputFields { name defaultValue } }
    }`);

    expect(data).toMatchObject({
      book: {
        description: 'Something to read.',
        fields: [{ name: 'id', description: 'Opaque.' }, {}, {}],
      },
      isbn: { specifiedByURL: 'https://www.isbn.org' },
      query: { fields: [{ description: 'All of them.', args: [{}, { defaultValue: '10' }] }, {}] },
      search: { inputFields: [{ defaultValue: '"all"' }, { defaultValue: null }] },
    });
  });

  it('stands among fields of subgraphs, under aliases and in fragments', async () => {
    expect(
      await graph.ask(
        `query ($name: String!, $no: Boolean = false) {
          it: __type(name: $name) { ...T kind @include(if: $no) }
          books { price kind: __typename }
          __schema @skip(if: $no) { mutationType { name } subscriptionType { name } }
          __schema { queryType { name } }
        }
        fragment T on __Type { name ofType { name } }`,
        { name: 'Book' },
      ),
    ).toEqual({
      data: {
        it: { name: 'Book', ofType: null },
        books: [{ price: 5, kind: 'Book' }],
        __schema: {
          mutationType: { name: 'Mutation' },
          subscriptionType: { name: 'Subscription' },
          queryType: { name: 'Query' },
        },
      },
    });
  });

  it('is a matter of queries, where mutations tell their type alone', async () => {
    const { errors } = await graph.ask('mutation { __type(name: "Isbn") { kind } }');

    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await graph.ask('mutation { __typename }')).toEqual({
      data: { __typename: 'Mutation' },
    });
  });

  it('does not know the fields through which subgraphs are asked', async () => {
    for (const query of [
      '{ _service { sdl } }',
      '{ _entities(representations: []) { __typename } }',
    ]) {
      const { errors } = await graph.ask(query);
      expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });
});
