import { buildSchema, getOperationAST, GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileCompleter } from '../../../../gateway/execution/compileCompleter.js';
import { Completion } from '../../../../gateway/execution/completion.js';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Cat implements Node { id: ID! lives: Int color: Color friends: [Cat!] kittens: [[Cat]!] }
  type Dog implements Node { id: ID! tricks: [String!] }
  enum Color { RED }
  type Query { cat: Cat node: Node nodes: [Node] must: Cat! }
`);

/** The answer to a normalized operation, as JSON does not change it. */
function complete(text: string, data: Record<string, unknown>, known: GraphQLError[] = []) {
  const operation = getOperationAST(parse(text));
  if (!operation) throw new Error('The document has several operations.');
  const errors = [...known];
  const completed = compileCompleter(operation, schema)(data, new Completion(errors));
  return {
    data: JSON.parse(JSON.stringify(completed)) as unknown,
    errors: errors
      .slice(known.length)
      .map(({ message, path }) => `${path?.join('.') ?? ''}: ${message}`),
  };
}

const noNull = (field: string) => `Cannot return null for non-nullable field ${field}.`;

describe('compileCompleter', () => {
  it('shows what was asked, under the keys that were asked, and nothing else', () => {
    const data = { node: { __typename: 'Cat', id: '1', n: 9, secret: 'x', lives: 7 }, more: 1 };

    expect(complete('{ node { id ... on Cat { n: lives } ... on Dog { tricks } } }', data)).toEqual(
      {
        data: { node: { id: '1', n: 9 } },
        errors: [],
      },
    );
  });

  it('merges what is selected in several places', () => {
    const text = '{ cat { friends { id } friends { lives } } cat { friends { n: id } } }';
    const friend = { id: '1', lives: 2, n: '1' };

    expect(complete(text, { cat: { friends: [friend] } }).data).toEqual({
      cat: { friends: [friend] },
    });
  });

  it('nulls what is absent, of an unknown type or enum value, or of another shape, which it says', () => {
    const shapeless = 'A subgraph answered with a value that the schema does not have here.';
    const data = {
      cat: { friends: 'none', color: 'INACCESSIBLE', kittens: [[null, 3], []] },
      node: 'text',
      nodes: [{ __typename: 'Mouse', id: '1' }, { __typename: 'Cat', id: '2' }, [], null],
    };

    expect(
      complete(
        '{ cat { lives color friends { id } kittens { lives } } node { id } nodes { id } }',
        data,
      ),
    ).toEqual({
      data: {
        cat: { lives: null, color: null, friends: null, kittens: [[null, null], []] },
        node: null,
        nodes: [null, { id: '2' }, null, null],
      },
      errors: ['cat.friends', 'cat.kittens.0.1', 'node', 'nodes.2'].map(
        (place) => `${place}: ${shapeless}`,
      ),
    });
  });

  it('lets a null go up to the nearest place that may be null, and says where it was', () => {
    const data = {
      cat: { friends: [{ id: '1' }, { id: null }] },
      nodes: [
        { __typename: 'Dog', tricks: [null] },
        { __typename: 'Dog', id: '2', tricks: [null] },
      ],
    };

    expect(complete('{ cat { friends { id } } nodes { id ... on Dog { tricks } } }', data)).toEqual(
      {
        data: { cat: { friends: null }, nodes: [null, { id: '2', tricks: null }] },
        errors: [
          `cat.friends.1.id: ${noNull('Cat.id')}`,
          `nodes.0.id: ${noNull('Dog.id')}`,
          `nodes.1.tricks.0: ${noNull('Dog.tricks')}`,
        ],
      },
    );
  });

  it('answers null when a null goes up to the root', () => {
    expect(complete('{ must { id } cat { id } }', { cat: { id: '1' } })).toEqual({
      data: null,
      errors: [`must: ${noNull('Query.must')}`],
    });
  });

  it.each([
    ['above it', ['cat']],
    ['at it', ['cat', 'friends', 0, 'id']],
    ['without a path', undefined],
  ])('adds no error to one that stands %s', (_where, path) => {
    const known = new GraphQLError('Down.', path ? { path } : {});

    expect(complete('{ cat { friends { id } } }', { cat: { friends: [{}] } }, [known])).toEqual({
      data: { cat: { friends: null } },
      errors: [],
    });
  });

  it('adds an error where those that are known stand elsewhere', () => {
    const known = new GraphQLError('Down.', { path: ['cat', 'friends', 1] });

    expect(
      complete('{ cat { friends { id } } }', { cat: { friends: [{}] } }, [known]).errors,
    ).toEqual([`cat.friends.0.id: ${noNull('Cat.id')}`]);
  });

  it('reads an object that does not say its type through its interface', () => {
    expect(complete('{ node { id } }', { node: { id: '1' } }).data).toEqual({ node: { id: '1' } });
  });

  it('does not pass an interface off as a type', () => {
    const data = { node: { __typename: 'Node', id: '1' } };

    expect(complete('{ node { kind: __typename id } }', data)).toEqual({
      data: { node: null },
      errors: [`node.kind: ${noNull('Node.__typename')}`],
    });
  });

  it('never shows what objects inherit', () => {
    const text =
      '{ cat { constructor: lives toString: color __proto__: lives valueOf: friends { id } } }';

    expect(complete(text, { cat: {} }).data).toEqual(
      JSON.parse('{"cat":{"constructor":null,"toString":null,"__proto__":null,"valueOf":null}}'),
    );
  });
});
