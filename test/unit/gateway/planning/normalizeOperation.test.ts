import { buildSchema, getOperationAST, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { conditionVariables } from '../../../../gateway/planning/conditions.js';
import { normalizeOperation } from '../../../../gateway/planning/normalizeOperation.js';
import { introspectionPart, plannedText } from '../../../../gateway/planning/operationParts.js';

const schema = buildSchema(`
  interface Node { id: ID }
  interface Named { name: String }
  type Cat implements Node & Named { id: ID name: String lives: Int friend: Pet }
  type Dog implements Node & Named { id: ID name: String }
  union Pet = Cat | Dog
  type Query { pet: Pet node: Node cat: Cat }
`);

function operationOf(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('The document has several operations.');
  return { document, operation };
}

/** As one line, without the braces around. */
function normalized(text: string, variables: Record<string, unknown> = {}): string {
  const { document, operation } = operationOf(text);
  const { selectionSet } = normalizeOperation(schema, document, operation, variables);
  return print(selectionSet).replace(/\s+/g, ' ');
}

describe('normalizeOperation', () => {
  it('keeps only fragments that narrow the type', () => {
    const text = `
      query { ...Root ... { cat { ...Any ... on Cat { lives } ... on Named { name } } } }
      fragment Root on Query { node { ...Any ... on Node { id } ... on Named { name } } }
      fragment Any on Node { id ... on Cat { ... on Node { id } lives } }
    `;

    expect(normalized(text)).toBe(
      '{ node { id ... on Cat { id lives } id ... on Named { name } }' +
        ' cat { id id lives lives name } }',
    );
  });

  it('drops fragments that no object of the type around can be', () => {
    expect(normalized('{ cat { ... on Pet { ... on Dog { id } ... on Cat { id } } } }')).toBe(
      '{ cat { id } }',
    );
  });

  it('decides conditions, literal ones and those by variables', () => {
    const text = `query ($yes: Boolean!, $no: Boolean = true) {
      a: cat @include(if: $yes) { id @skip(if: $no) name @skip(if: false) @include(if: $yes) }
      b: cat @include(if: true) @skip(if: $yes) { id }
      ... @include(if: $no) { c: cat { id } }
    }`;

    expect(normalized(text, { yes: true, no: false })).toBe('{ a: cat { id name } }');
    expect(normalized(text, { yes: false, no: true })).toBe('{ b: cat { id } c: cat { id } }');
  });

  it('refuses what grows beyond measure, and quickly', () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `fragment F${level} on Cat { ...F${level + 1} ...F${level + 1} }`,
    );
    const text = `{ cat { ...F0 } } ${levels.join(' ')} fragment F40 on Cat { id }`;

    expect(() => normalized(text)).toThrow('more than 20000 selections');
  });
});

describe('the parts of an operation', () => {
  const parts = (text: string) => {
    const { document, operation } = operationOf(text);
    const whole = normalizeOperation(schema, document, operation, {});
    const introspection = introspectionPart(whole, document);
    return {
      planned: plannedText(whole)?.replace(/\s+/g, ' '),
      introspection: introspection && print(introspection).replace(/\s+/g, ' '),
    };
  };

  it('are what subgraphs answer and what the schema answers', () => {
    expect(
      parts(`query Q { __typename cat { id } ...M } fragment M on Query { s: __schema { ...S } }
        fragment S on __Schema { types { name } }`),
    ).toEqual({
      planned: 'query Q { cat { id } }',
      introspection:
        'query Q { s: __schema { ...S } } fragment M on Query { s: __schema { ...S } }' +
        ' fragment S on __Schema { types { name } }',
    });
  });

  it('are none where nothing is asked', () => {
    expect(parts('{ __typename cat @skip(if: true) { id } }')).toEqual({
      planned: undefined,
      introspection: undefined,
    });
  });

  it('ask for the type of an object of which nothing else is asked', () => {
    expect(parts('{ pet { ... on Cat { lives @skip(if: true) } } }').planned).toBe(
      '{ pet { ... on Cat { __typename } } }',
    );
  });
});

describe('conditionVariables', () => {
  it('are those of the operation that is run, sorted', () => {
    const { document, operation } = operationOf(`
      query ($b: Boolean!, $a: Boolean!, $id: ID) {
        cat @include(if: $b) { id @include(if: true) ...F }
      }
      fragment F on Cat { name @skip(if: $a) }
    `);

    expect(conditionVariables(document, operation)).toEqual(['a', 'b']);
  });
});
