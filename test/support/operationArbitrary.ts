/** Draws valid operations over a schema: aliases, arguments, fragments, conditions, introspection. */

import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

export interface DrawnOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface FieldNode {
  readonly kind: 'field';
  readonly name: string;
  /** Empty when it has none. An alias follows from both, so that equal keys mean equal fields. */
  readonly argument: string;
  readonly isAliased: boolean;
  readonly directive: string;
  readonly selections: readonly Node[];
}

interface FragmentNode {
  readonly kind: 'fragment';
  readonly on: string;
  readonly isNamed: boolean;
  readonly directive: string;
  readonly selections: readonly Node[];
}

type Node = FieldNode | FragmentNode;

const directives = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc
    .tuple(
      fc.constantFrom('skip', 'include'),
      fc.constantFrom('$first', '$second', 'true', 'false'),
    )
    .map(([name, value]) => ` @${name}(if: ${value})`),
);

/** Arguments of type Int, optional, are the only ones that are drawn; others are left out. */
const argumentOf = (field: GraphQLField<unknown, unknown>): fc.Arbitrary<string> => {
  const [argument] = field.args;
  if (!argument) return fc.constant('');
  return fc
    .constantFrom('', '0', '1', '2', '$count')
    .map((value) => value && `(${argument.name}: ${value})`);
};

/** Queries at most `depth` fields deep. */
export function operations(schema: GraphQLSchema, depth: number): fc.Arbitrary<DrawnOperation> {
  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries.');
  return fc
    .tuple(selectionsOf(schema, root, depth), fc.boolean(), fc.boolean(), fc.nat(3))
    .map(([selections, first, second, count]) => printed(selections, { first, second, count }));
}

function selectionsOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
): fc.Arbitrary<Node[]> {
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const open = fields.filter((one) => depth > 0 || !isCompositeType(getNamedType(one.type)));
  const choices: fc.Arbitrary<Node>[] = open.map((one) => fieldNode(schema, one, depth));
  const typename = fc.boolean().map((isAliased) => leaf('__typename', isAliased));
  const fragments =
    depth > 0 ? overlapping(schema, type).map((on) => fragmentNode(schema, on, depth - 1)) : [];
  return fc.array(fc.oneof(...choices, typename, ...fragments), { minLength: 1, maxLength: 4 });
}

const leaf = (name: string, isAliased: boolean): Node => ({
  kind: 'field',
  name,
  argument: '',
  isAliased,
  directive: '',
  selections: [],
});

function fieldNode(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  depth: number,
): fc.Arbitrary<Node> {
  const type = getNamedType(field.type);
  return fc.record({
    kind: fc.constant('field' as const),
    name: fc.constant(field.name),
    argument: argumentOf(field),
    isAliased: fc.boolean(),
    directive: directives,
    selections: isCompositeType(type) ? selectionsOf(schema, type, depth - 1) : fc.constant([]),
  });
}

const fragmentNode = (
  schema: GraphQLSchema,
  on: GraphQLCompositeType,
  depth: number,
): fc.Arbitrary<Node> =>
  fc.record({
    kind: fc.constant('fragment' as const),
    on: fc.constant(on.name),
    isNamed: fc.boolean(),
    directive: directives,
    selections: selectionsOf(schema, on, depth),
  });

/** Types that some object of `type` may be. */
function overlapping(schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] {
  return isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
}

function printed(selections: readonly Node[], values: Record<string, unknown>): DrawnOperation {
  const fragments: string[] = [];
  const body = (nodes: readonly Node[]): string => `{ ${nodes.map(text).join(' ')} }`;
  const text = (node: Node): string => {
    if (node.kind === 'field') {
      const { name, argument, isAliased, directive } = node;
      const alias = isAliased || argument ? `${name}${argument.replace(/\W/g, '_')}_: ` : '';
      const below = node.selections.length > 0 ? ` ${body(node.selections)}` : '';
      return `${alias}${name}${argument}${directive}${below}`;
    }
    const selected = body(node.selections);
    if (!node.isNamed) return `... on ${node.on}${node.directive} ${selected}`;
    const fragment = `F${fragments.length}`;
    fragments.push(`fragment ${fragment} on ${node.on} ${selected}`);
    return `...${fragment}${node.directive}`;
  };
  const query = [body(selections), ...fragments].join('\n');
  const types: Record<string, string> = { first: 'Boolean!', second: 'Boolean!', count: 'Int' };
  const used = Object.entries(types).filter(([name]) => query.includes(`$${name}`));
  const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
  return {
    query: declared ? `query (${declared}) ${query}` : query,
    variables: Object.fromEntries(used.map(([name]) => [name, values[name]])),
  };
}
