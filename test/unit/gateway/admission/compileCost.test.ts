import {
  buildASTSchema,
  getOperationAST,
  getVariableValues,
  parse,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileCost } from '../../../../gateway/admission/cost/compileCost.js';
import { CostRules } from '../../../../gateway/admission/cost/costRules.js';
import { normalizeOperation } from '../../../../gateway/planning/normalizeOperation.js';

const SDL = `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize", "@cost"]) {
    query: Query
    mutation: Mutation
  }
  directive @link(url: String, import: [String]) repeatable on SCHEMA
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT | SCALAR | ENUM | ARGUMENT_DEFINITION
  directive @listSize(
    assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]
  ) on FIELD_DEFINITION
  type Query {
    one: Thing
    plain: [Thing!]
    names: [String!]
    things(first: Int! = 20, last: Int): [Thing!] @listSize(slicingArguments: ["first", "last"])
    page(input: Page): Things @listSize(slicingArguments: ["input.first"], assumedSize: 7, sizedFields: ["nodes"])
    report(deep: Boolean @cost(weight: 5)): Report
    either: [Either!]
  }
  type Mutation { change: Thing }
  input Page { first: Int }
  type Things { nodes: [Thing!] total: Int }
  type Thing { id: ID! parts: [Thing!] @listSize(assumedSize: 3) matrix: [[Thing!]] }
  type Report @cost(weight: 40) { id: ID! score: Int @cost(weight: 2) }
  union Either = Thing | Report
`;
const supergraph = parse(SDL);
const schema: GraphQLSchema = buildASTSchema(supergraph);
const rules = new CostRules(supergraph);

function costOf(text: string, given: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('It has several operations.');
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (errors) throw new Error(errors[0]?.message);
  const normalized = normalizeOperation(schema, document, operation, coerced);
  return compileCost(normalized, schema, rules)(coerced);
}

describe('compileCost', () => {
  it('counts 1 for an object and nothing for its leaves', () => {
    expect(costOf('{ one { id } names }')).toBe(1);
  });

  it('counts each item of a list: 10 where nothing says how many', () => {
    // 10 things, each with 3 parts.
    expect(costOf('{ plain { parts { id } } }')).toBe(10 * (1 + 3));
    expect(costOf('{ one { matrix { id } } }')).toBe(1 + 10 * 10);
  });

  it('takes the length of a list from its slicing argument, in whatever form that is given', () => {
    const forms = [
      costOf('{ things(first: 50) { id } }'),
      costOf('query ($n: Int!) { things(first: $n) { id } }', { n: 50 }),
      costOf('query ($n: Int! = 50) { things(first: $n) { id } }'),
      costOf('{ things(first: 1, last: 50) { id } }'),
      costOf('{ page(input: { first: 50 }) { nodes { id } } }') - 1,
      costOf('query ($p: Page) { page(input: $p) { nodes { id } } }', { p: { first: 50 } }) - 1,
      costOf('query ($n: Int) { page(input: { first: $n }) { nodes { id } } }', { n: 50 }) - 1,
    ];
    expect(forms).toEqual(forms.map(() => 50));
  });

  it('takes the schema’s default, or the size assumed, where no slicing argument is given', () => {
    expect(costOf('{ things { id } }')).toBe(20);
    expect(costOf('{ page { nodes { id } total } }')).toBe(1 + 7);
  });

  it('lets no size below zero lower what the rest costs', () => {
    expect(costOf('{ one { id } things(first: -1000000) { id } }')).toBe(1);
  });

  it('adds the weights of fields, types and arguments that are given', () => {
    expect(costOf('{ report { id score } }')).toBe(40 + 2);
    expect(costOf('{ report(deep: false) { id } }')).toBe(5 + 40);
  });

  it('counts the dearest type where the type is open, whatever the others cost', () => {
    expect(costOf('{ either { ... on Thing { parts { id } } ... on Report { id } } }')).toBe(
      10 * 40,
    );
  });

  it('counts what an answer holds once, however often it is selected', () => {
    const text = '{ plain { id } ...F ...F } fragment F on Query { plain { id parts { id } } }';
    expect(costOf(text)).toBe(10 * (1 + 3));
  });

  it('counts aliases apart, and 10 more for each field of a mutation', () => {
    expect(costOf('{ a: one { id } b: one { id } }')).toBe(2);
    expect(costOf('mutation { a: change { id } b: change { id } }')).toBe(2 * (10 + 1));
  });

  it('costs nothing for what conditions leave out', () => {
    const text = 'query ($on: Boolean!) { one { id } plain @include(if: $on) { id } }';
    expect([costOf(text, { on: false }), costOf(text, { on: true })]).toEqual([1, 11]);
  });
});
