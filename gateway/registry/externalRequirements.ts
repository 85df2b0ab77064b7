/**
 * Mends what the composer leaves out of a supergraph: where an `@interfaceObject` has a field that
 * `@requires` another, that other one is external to its subgraph. Unsaid, the planner takes it for
 * one that the subgraph resolves, and answers null.
 */

import {
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
} from 'graphql';

/** The supergraph as it is where there is nothing to mend. */
export function withExternalRequirements(supergraphSdl: string): string {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const definitions = supergraph.definitions.map((definition) =>
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION ? mendedInterface(definition) : definition,
  );
  const isWhole = definitions.every((one, index) => one === supergraph.definitions[index]);
  return isWhole ? supergraphSdl : print({ ...supergraph, definitions });
}

function mendedInterface(definition: InterfaceTypeDefinitionNode): InterfaceTypeDefinitionNode {
  const graphs = argumentsOf(definition.directives, 'join__type');
  const objectified = graphs.filter(({ isInterfaceObject }) => isInterfaceObject === true);
  const owners = graphs.filter((one) => !objectified.includes(one)).map(({ graph }) => graph);
  const required = objectified.flatMap(({ graph }) =>
    (definition.fields ?? [])
      .flatMap((field) => argumentsOf(field.directives, 'join__field'))
      .filter((join) => join['graph'] === graph && typeof join['requires'] === 'string')
      .flatMap((join) => topFields(String(join['requires'])))
      .map((name) => ({ graph: String(graph), name })),
  );
  const missing = required.filter(({ graph, name }) => {
    const field = definition.fields?.find((one) => one.name.value === name);
    return (
      field && !argumentsOf(field.directives, 'join__field').some((join) => join['graph'] === graph)
    );
  });
  if (missing.length === 0) return definition;
  const fields = (definition.fields ?? []).map((field) => {
    const graphsOf = missing.filter(({ name }) => name === field.name.value);
    return graphsOf.length === 0
      ? field
      : withExternal(field, [...new Set(graphsOf.map(({ graph }) => graph))], owners.map(String));
  });
  return { ...definition, fields };
}

/** A field that says nothing of graphs is in all of them, so that has to be said then too. */
function withExternal(
  field: FieldDefinitionNode,
  externalTo: readonly string[],
  owners: readonly string[],
): FieldDefinitionNode {
  const { directives = [] } = field;
  const isSaid = directives.some(({ name }) => name.value === 'join__field');
  const own = isSaid ? [] : owners.map((graph) => joinField(`graph: ${graph}`));
  const external = externalTo.map((graph) => joinField(`graph: ${graph}, external: true`));
  return { ...field, directives: [...directives, ...own, ...external] };
}

function joinField(given: string): ConstDirectiveNode {
  const sdl = parse(`type T { f: Int @join__field(${given}) }`, { noLocation: true });
  const [type] = sdl.definitions;
  const directive =
    type?.kind === Kind.OBJECT_TYPE_DEFINITION ? type.fields?.[0]?.directives?.[0] : undefined;
  if (!directive) throw new Error(`No directive in ${given}.`);
  return directive;
}

function topFields(fieldSet: string): string[] {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((one) =>
    one.kind === Kind.FIELD ? [one.name.value] : [],
  );
}

const argumentsOf = (
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown>[] =>
  (directives ?? [])
    .filter((one) => one.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((one) => [one.name.value, valueFromASTUntyped(one.value)])),
    );
