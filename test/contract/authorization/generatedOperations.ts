/** Operations made from the schema that ask one root field for all there is behind it, by many routes. */

import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { RootField } from './decidedSchema.js';
import { argumentValue, LEFT_OUT, type Given } from './argumentValues.js';

/**
 * How a field is asked for: by its name, by an alias beside the same field of another account, in
 * fragments, and through the interfaces of what it returns. Only `full` asks for what is expensive.
 */
export const SHAPES = ['full', 'direct', 'alias', 'fragment', 'interface'] as const;
export type Shape = (typeof SHAPES)[number];

export interface GeneratedOperation {
  readonly text: string;
  /** Where the answer has what is sought. */
  readonly key: string;
  /** Coordinates of all fields that it asks for. */
  readonly fields: ReadonlySet<string>;
  /** `beside` is what the alias beside asks for. */
  readonly variables: (sought: Given, beside: Given) => Record<string, unknown>;
}

type AnyField = GraphQLField<unknown, unknown>;
type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Null where the field returns nothing that has an interface, and that is the shape. */
export function generatedOperation(
  schema: GraphQLSchema,
  { kind, root, field }: RootField,
  shape: Shape,
): GeneratedOperation | null {
  const writer = new SelectionWriter(schema, shape === 'full' ? NONE : EXPENSIVE);
  const type = getNamedType(field.type);
  const selection =
    shape === 'interface' ? writer.throughInterfaces(type) : writer.selection(type, []);
  if (selection === null) return null;
  const key = shape === 'alias' ? 'sought' : field.name;
  const sought = writer.call(root.name, field);
  const beside = writer.call(root.name, field, 'beside');
  const definitions = {
    full: `{ ${sought} ${selection} }`,
    direct: `{ ${sought} ${selection} }`,
    interface: `{ ${sought} ${selection} }`,
    alias:
      kind === 'query'
        ? `{ sought: ${sought} ${selection} beside: ${beside} ${selection} }`
        : `{ sought: ${sought} ${selection} }`,
    fragment: `{ ...Asked }
      fragment Asked on ${root.name} { ${sought} { ...Sought ... on ${type.name} { ...Sought } } }
      fragment Sought on ${type.name} ${selection}`,
  }[shape];
  const used = [...writer.variables].filter(([name]) => definitions.includes(`$${name}`));
  const declared = used.map(([name, { type: of }]) => `$${name}: ${of}`).join(' ');
  return {
    text: `${kind} Matrix${declared && `(${declared})`} ${definitions}`,
    key,
    fields: writer.fields.add(`${root.name}.${field.name}`),
    variables: (soughtGiven, besideGiven) =>
      Object.fromEntries(
        used.map(([name, { value, isBeside }]) => [
          name,
          value(isBeside ? besideGiven : soughtGiven),
        ]),
      ),
  };
}

/** Names of fields that take a worker a while, each time. */
const EXPENSIVE = new Set(['liquidationPrices']);
const NONE = new Set<string>();

interface Variable {
  readonly type: string;
  readonly isBeside: boolean;
  readonly value: (given: Given) => unknown;
}

class SelectionWriter {
  readonly variables = new Map<string, Variable>();
  readonly fields = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly leftOut: ReadonlySet<string>,
  ) {}

  /** The field with its arguments, each a variable. */
  call(parent: string, field: AnyField, suffix = ''): string {
    const coordinate = `${parent}.${field.name}`;
    const given = field.args.flatMap(({ name, type }) => {
      const argument = `${name}: ${String(type)}`;
      const value = (of: Given) =>
        argumentValue(coordinate, argument, { ...of, field: field.name });
      if (argumentValue(coordinate, argument, NOBODYS) === LEFT_OUT) return [];
      const variable = [parent, field.name, name, suffix].filter(Boolean).join('_');
      const isBeside = suffix !== '';
      this.variables.set(variable, { type: String(type), isBeside, value });
      return [`${name}: $${variable}`];
    });
    return field.name + (given.length > 0 ? `(${given.join(' ')})` : '');
  }

  /** Everything below a type; of one that it is within already, its plain values. */
  selection(type: GraphQLNamedOutputType, within: readonly string[]): string {
    if (isLeafType(type)) return '';
    const own = isAbstractType(type) && !isInterfaceType(type) ? [] : this.selectedOf(type, within);
    const parts = isAbstractType(type)
      ? this.schema.getPossibleTypes(type).map((one) => {
          const rest = this.selectedOf(one, within, isInterfaceType(type) ? type : undefined);
          return rest.length > 0 ? `... on ${one.name} { ${rest.join(' ')} }` : '';
        })
      : [];
    return `{ ${['__typename', ...own, ...parts].join(' ')} }`;
  }

  /** Only what the type's interfaces offer, or the fields of it that return one. */
  throughInterfaces(type: GraphQLNamedOutputType): string | null {
    if (!isObjectType(type)) return null;
    const interfaces = type.getInterfaces().map((one) => {
      const fields = this.selectedOf(one, [type.name]);
      return `... on ${one.name} { ${fields.join(' ')} }`;
    });
    const returning = Object.values(type.getFields())
      .filter(({ type: next }) => isInterfaceType(getNamedType(next)))
      .map((field) => this.selected(type, field, [type.name]));
    const parts = [...interfaces, ...returning];
    return parts.length > 0 ? `{ ${parts.join(' ')} }` : null;
  }

  private selectedOf(type: Composite, within: readonly string[], except?: Composite): string[] {
    const fields = Object.values(type.getFields()).filter(
      ({ name }) => except?.getFields()[name] === undefined && !this.leftOut.has(name),
    );
    const isWithin = within.includes(type.name);
    return fields
      .filter(({ type: next }) => !isWithin || isLeafType(getNamedType(next)))
      .map((field) => this.selected(type, field, [...within, type.name]));
  }

  private selected(type: Composite, field: AnyField, within: readonly string[]): string {
    const owners = isInterfaceType(type) ? this.schema.getPossibleTypes(type) : [type];
    for (const owner of owners) this.fields.add(`${owner.name}.${field.name}`);
    const call = this.call(type.name, field);
    return `${call} ${this.selection(getNamedType(field.type), within)}`;
  }
}

/** For asking whether an argument is left out, which does not depend on whose it is. */
const NOBODYS: Given = {
  account: { id: '', number: '', dollars: '' },
  field: '',
  hash: '',
  idempotencyKey: '',
};
