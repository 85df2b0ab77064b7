/**
 * Draws valid operations over a schema: queries and mutations with aliases that are also names of other
 * fields, arguments and variables in nested inputs, fragments on any type that overlaps, conditions
 * everywhere.
 */

import fc from 'fast-check';
import {
  doTypesOverlap,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
  parse,
  validate,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

export interface DrawnOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface FieldNode {
  readonly kind: 'field';
  readonly name: string;
  /** With its parentheses; empty when it has none. */
  readonly given: string;
  /** Undefined when it has none. */
  readonly alias: string | undefined;
  readonly directive: string;
  readonly selections: readonly Node[];
}

interface FragmentNode {
  readonly kind: 'fragment';
  /** Undefined when it narrows nothing. */
  readonly on: string | undefined;
  readonly isNamed: boolean;
  /** Spread a second time, without the directive, when it is named. */
  readonly isTwice: boolean;
  readonly directive: string;
  readonly selections: readonly Node[];
}

type Node = FieldNode | FragmentNode;

/** Ids of the data that operations are drawn for. */
export interface OperationOptions {
  readonly depth: number;
  readonly ids: readonly string[];
}

/** Their types, and what they may be; undefined leaves them out. */
const VARIABLES = {
  yes: { type: 'Boolean!', values: fc.boolean() },
  no: { type: 'Boolean!', values: fc.boolean() },
  usually: { type: 'Boolean = true', values: fc.constantFrom(true, false, undefined) },
  count: { type: 'Int', values: fc.constantFrom(0, 1, 2, null, undefined) },
  text: { type: 'String = "fallback"', values: fc.constantFrom('a', 'é "\\\b', null, undefined) },
  representations: { type: 'Int! = 2', values: fc.constantFrom(1, 3, undefined) },
} as const;

type VariableName = keyof typeof VARIABLES;

const variablesOf: Readonly<Record<string, readonly VariableName[]>> = {
  Int: ['count', 'representations'],
  String: ['text'],
};

const directives = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  fc
    .tuple(
      fc.constantFrom('skip', 'include'),
      fc.constantFrom('$yes', '$no', '$usually', 'true', 'false'),
    )
    .map(([name, value]) => ` @${name}(if: ${value})`),
  fc.constant(' @skip(if: $no) @include(if: $yes)'),
);

/** Of the root type `kind`; of `options.depth` fields at most below each other. */
export function operations(
  schema: GraphQLSchema,
  kind: OperationTypeNode,
  options: OperationOptions,
): fc.Arbitrary<DrawnOperation> {
  const root = schema.getRootType(kind);
  if (!root) throw new Error(`The schema has no ${kind}.`);
  const selections = new Drawing(schema, options).selections(root, options.depth);
  const values = fc.record(
    Object.fromEntries(Object.entries(VARIABLES).map(([name, { values: of }]) => [name, of])),
  );
  return fc
    .tuple(selections, values)
    .map(([drawn, given]) => printed(kind, drawn, given))
    .filter(({ query }) => validate(schema, parse(query)).length === 0);
}

class Drawing {
  /** By type and depth: made once, for there are many ways to each. */
  readonly #selections = new Map<string, fc.Arbitrary<Node[]>>();
  readonly #schema: GraphQLSchema;
  readonly #options: OperationOptions;

  constructor(schema: GraphQLSchema, options: OperationOptions) {
    this.#schema = schema;
    this.#options = options;
  }

  selections(type: GraphQLCompositeType, depth: number): fc.Arbitrary<Node[]> {
    const key = `${type.name} ${depth}`;
    const known = this.#selections.get(key) ?? this.#newSelections(type, depth);
    this.#selections.set(key, known);
    return known;
  }

  #newSelections(type: GraphQLCompositeType, depth: number): fc.Arbitrary<Node[]> {
    const fields =
      isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const names = fields.map(({ name }) => name);
    const choices: fc.Arbitrary<Node>[] = fields
      .filter((one) => depth > 0 || !isCompositeType(getNamedType(one.type)))
      .map((one) => this.#field(one, names, depth));
    const typename = fc.record({
      kind: fc.constant('field' as const),
      name: fc.constant('__typename'),
      given: fc.constant(''),
      alias: fc.constantFrom(undefined, undefined, 'kind', ...names),
      directive: directives,
      selections: fc.constant([]),
    });
    const fragments =
      depth > 0 ? this.#overlapping(type).map((on) => this.#fragment(on, depth)) : [];
    const untyped = depth > 0 ? [this.#fragment(type, depth, true)] : [];
    return fc.array(fc.oneof(...choices, typename, ...fragments, ...untyped), {
      minLength: 1,
      maxLength: 4,
    });
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    siblings: readonly string[],
    depth: number,
  ): fc.Arbitrary<Node> {
    const type = getNamedType(field.type);
    return fc
      .record({
        given: this.#given(field.args, '(', ')'),
        naming: fc.nat(9),
        sibling: fc.constantFrom(...siblings),
        directive: directives,
        selections: isCompositeType(type) ? this.selections(type, depth - 1) : fc.constant([]),
      })
      .map(({ given, naming, sibling, directive, selections }) => {
        // An alias that follows from name and arguments never conflicts; a sibling's name may.
        const own = given
          ? `${field.name}_${hash(given)}`
          : naming < 3
            ? `_${field.name}`
            : undefined;
        const alias = naming === 9 ? sibling : own;
        return { kind: 'field' as const, name: field.name, given, alias, directive, selections };
      });
  }

  #fragment(type: GraphQLCompositeType, depth: number, isUntyped = false): fc.Arbitrary<Node> {
    return fc.record({
      kind: fc.constant('fragment' as const),
      on: fc.constant(isUntyped ? undefined : type.name),
      isNamed: isUntyped ? fc.constant(false) : fc.boolean(),
      isTwice: fc.boolean(),
      directive: directives,
      selections: this.selections(type, depth - 1),
    });
  }

  #overlapping(type: GraphQLCompositeType): GraphQLCompositeType[] {
    return Object.values(this.#schema.getTypeMap())
      .filter(isCompositeType)
      .filter(({ name }) => !name.startsWith('__'))
      .filter((one) => doTypesOverlap(this.#schema, type, one));
  }

  /** `name: value` of those that are given, between `open` and `close`; empty for none. */
  #given(
    of: readonly (GraphQLArgument | GraphQLInputField)[],
    open: string,
    close: string,
    nesting = 0,
  ): fc.Arbitrary<string> {
    const each = of.map((one) => {
      const value = this.#value(one.type, nesting).map((text) => `${one.name}: ${text}`);
      return isRequired(one) ? value : fc.oneof(fc.constant(''), value);
    });
    if (each.length === 0) return fc.constant('');
    return fc.tuple(...each).map((texts) => {
      const present = texts.filter((text) => text !== '');
      return present.length > 0 ? `${open}${present.join(', ')}${close}` : '';
    });
  }

  #value(type: GraphQLInputType, nesting: number): fc.Arbitrary<string> {
    if (isNonNullType(type)) {
      return this.#value(type.ofType, nesting).filter(
        (text) => text !== 'null' && (!text.startsWith('$') || text === '$representations'),
      );
    }
    if (isListType(type)) {
      const item = this.#value(type.ofType, nesting);
      return fc.oneof(
        fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
        item.filter((text) => !text.startsWith('$')),
        fc.constant('null'),
      );
    }
    if (isInputObjectType(type)) {
      if (nesting > 1) return fc.constant('null');
      const fields = Object.values(type.getFields());
      return this.#given(fields, '{ ', ' }', nesting + 1).map((text) => text || '{}');
    }
    const variables = (variablesOf[type.name] ?? []).map((name) => `$${name}`);
    return fc.constantFrom(...this.#literals(type), 'null', ...variables);
  }

  #literals(type: GraphQLInputType): readonly string[] {
    if (isEnumType(type)) return type.getValues().map(({ name }) => name);
    switch (String(type)) {
      case 'ID':
        return this.#options.ids.map((id) => JSON.stringify(id));
      case 'Boolean':
        return ['true', 'false'];
      case 'String':
        return ['"a"', '""', '"b \\"é\\b\\\\"', '"""block\n  "text" \\b"""'];
      default:
        return ['0', '1', '2'];
    }
  }
}

const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField) =>
  isNonNullType(type) && defaultValue === undefined;

/** Short, and letters and digits only. */
function hash(text: string): string {
  let value = 7;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 2 ** 31;
  return value.toString(36);
}

function printed(
  kind: OperationTypeNode,
  selections: readonly Node[],
  values: Readonly<Record<string, unknown>>,
): DrawnOperation {
  const fragments: string[] = [];
  const body = (nodes: readonly Node[]): string => `{ ${nodes.map(text).join(' ')} }`;
  const text = (node: Node): string => {
    if (node.kind === 'field') {
      const { name, given, alias, directive } = node;
      const below = node.selections.length > 0 ? ` ${body(node.selections)}` : '';
      return `${alias === undefined ? '' : `${alias}: `}${name}${given}${directive}${below}`;
    }
    const selected = body(node.selections);
    const on = node.on === undefined ? '' : ` on ${node.on}`;
    if (!node.isNamed) return `...${on}${node.directive} ${selected}`;
    const fragment = `F${fragments.length}`;
    fragments.push(`fragment ${fragment}${on} ${selected}`);
    return `...${fragment}${node.directive}${node.isTwice ? ` ...${fragment}` : ''}`;
  };
  const query = [body(selections), ...fragments].join('\n');
  const used = Object.entries(VARIABLES).filter(([name]) => query.includes(`$${name}`));
  const declared = used.map(([name, { type }]) => `$${name}: ${type}`).join(', ');
  const given = used.flatMap(([name]) =>
    values[name] === undefined ? [] : [[name, values[name]]],
  );
  return {
    query: `${kind}${declared && ` (${declared})`} ${query}`,
    variables: Object.fromEntries(given) as DrawnOperation['variables'],
  };
}
