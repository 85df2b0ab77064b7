/** What an operation may cost at most, as a function of its variables. */

import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Variables } from '../../execution/operationRun.js';
import { responseFields, type ResponseField } from '../../execution/responseFields.js';
import type { CostRules, ListSize } from './costRules.js';

/** A finite number or Infinity; 0 at least. */
export type OperationCost = (variables: Variables) => number;

/** Of a list that says nothing about its size. */
const LIST_SIZE = 10;
const MUTATION_COST = 10;

/** Reads what the terms before it came to. */
type Term = (values: Float64Array, variables: Variables) => number;

/** How many items a list has. */
type Size = (variables: Variables) => number;

/**
 * Every object counts 1 and every leaf 0, unless `@cost` says otherwise, as often as the lists around
 * it are long by `@listSize` and the arguments given; a mutation counts 10 more for each of its
 * fields. Where the type is open, the dearest one counts. Takes a normalized operation.
 * Source: the cost specification v0.1, and IBM's for `@listSize`.
 */
export function compileCost(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  rules: CostRules,
): OperationCost {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const compiler = new CostCompiler(schema, rules);
  const own = operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0;
  const total = compiler.object(root, [operation.selectionSet], NO_SIZES, 0, own);
  const { terms } = compiler;
  return (variables) => {
    const values = new Float64Array(terms.length);
    for (const [index, term] of terms.entries()) values[index] = term(values, variables);
    return values[total] ?? 0;
  };
}

type Sizes = ReadonlyMap<string, Size>;

const NO_SIZES: Sizes = new Map();

/**
 * Writes terms so that each stands behind those it reads, and each selection under each type stands
 * there once: nested fragments on open types would otherwise cost exponential time to cost.
 */
class CostCompiler {
  readonly terms: Term[] = [];
  readonly #schema: GraphQLSchema;
  readonly #rules: CostRules;
  readonly #known = new Map<string, number>();
  readonly #numbers = new Map<object, number>();

  constructor(schema: GraphQLSchema, rules: CostRules) {
    this.#schema = schema;
    this.#rules = rules;
  }

  /**
   * The index of the term for one object of this type and all below it. `weight` stands for the
   * type's own; `own` is added for each field.
   */
  object(
    type: GraphQLCompositeType,
    below: readonly SelectionSetNode[],
    sizes: Sizes,
    weight: number | undefined,
    own = 0,
  ): number {
    const identity = [...below, sizes].map((one) => this.#numberOf(one));
    const key = [type.name, weight ?? '', ...identity].join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = isAbstractType(type)
      ? this.#dearest(
          this.#schema
            .getPossibleTypes(type)
            .map((concrete) => this.object(concrete, below, sizes, weight)),
        )
      : this.#sum(
          weight ?? this.#rules.weight(type.name) ?? 1,
          responseFields(type, below, this.#schema).map((field) =>
            this.#field(type, field, sizes, own),
          ),
        );
    this.#known.set(key, index);
    return index;
  }

  #field(
    type: GraphQLCompositeType,
    { name, node, below }: ResponseField,
    sizes: Sizes,
    own: number,
  ): number {
    const field = fieldsOf(type)[name];
    if (!field) return this.#add(() => 0);
    const coordinates = `${type.name}.${name}`;
    const named = getNamedType(field.type);
    const rule = this.#rules.listSize(coordinates);
    const given = rule && sizeOf(rule, node, field);
    const isSizedBelow = rule !== undefined && rule.sizedFields.length > 0;
    const times = listLengths(field.type, sizes.get(name) ?? (isSizedBelow ? undefined : given));
    const once = own + this.#argumentWeights(coordinates, node);
    const weight = this.#rules.weight(coordinates);
    if (!isCompositeType(named)) {
      const each = weight ?? this.#rules.weight(named.name) ?? 0;
      return this.#add((_values, variables) => once + product(times(variables), each));
    }
    const sizesBelow: Sizes =
      isSizedBelow && given ? new Map(rule.sizedFields.map((sized) => [sized, given])) : NO_SIZES;
    const item = this.object(named, below, sizesBelow, weight);
    return this.#add((values, variables) => once + product(times(variables), values[item] ?? 0));
  }

  #argumentWeights(coordinates: string, { arguments: given = [] }: FieldNode): number {
    return given.reduce(
      (sum, { name }) => sum + (this.#rules.weight(`${coordinates}(${name.value}:)`) ?? 0),
      0,
    );
  }

  #sum(weight: number, terms: readonly number[]): number {
    return this.#add((values) => terms.reduce((sum, term) => sum + (values[term] ?? 0), weight));
  }

  #dearest(terms: readonly number[]): number {
    return this.#add((values) =>
      terms.reduce((most, term) => Math.max(most, values[term] ?? 0), 0),
    );
  }

  #add(term: Term): number {
    return this.terms.push(term) - 1;
  }

  #numberOf(node: object): number {
    const known = this.#numbers.get(node) ?? this.#numbers.size;
    this.#numbers.set(node, known);
    return known;
  }
}

/** An empty list costs nothing, however dear its items: 0 × ∞ is 0 here. */
const product = (times: number, each: number) => (times === 0 ? 0 : times * each);

/** The outermost list has the size given, lists within it the usual one. */
function listLengths(type: GraphQLOutputType, outermost: Size | undefined): Size {
  if (isNonNullType(type)) return listLengths(type.ofType, outermost);
  if (!isListType(type)) return () => 1;
  const size = outermost ?? (() => LIST_SIZE);
  const inner = listLengths(type.ofType, undefined);
  return (variables) => product(size(variables), inner(variables));
}

/** The largest of the slicing arguments that are given, or have a default. */
function sizeOf(rule: ListSize, node: FieldNode, field: GraphQLField<unknown, unknown>): Size {
  const readers = rule.slicingArguments.map((path) => {
    const [argumentName = '', ...keys] = path.split('.');
    const given = node.arguments?.find(({ name }) => name.value === argumentName);
    const definition = field.args.find(({ name }) => name === argumentName);
    return (variables: Variables): number | undefined => {
      const value = given && valueFromASTUntyped(given.value, variables);
      return wholeNumber(valueAt(value === undefined ? defaultOf(definition) : value, keys));
    };
  });
  return (variables) => {
    const sizes = readers.map((read) => read(variables)).filter((size) => size !== undefined);
    return sizes.length > 0 ? Math.max(...sizes) : (rule.assumedSize ?? LIST_SIZE);
  };
}

const defaultOf = (argument: GraphQLArgument | undefined): unknown => argument?.defaultValue;

const valueAt = (value: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (within, key) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, key)
        ? (within as Record<string, unknown>)[key]
        : undefined,
    value,
  );

/** Undefined for what says no size. A size below zero is refused by whoever resolves the field. */
const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && !Number.isNaN(value) ? Math.max(0, value) : undefined;

const fieldsOf = (type: GraphQLCompositeType): ReturnType<GraphQLObjectType['getFields']> =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
