/** Refuses a supergraph on which the planner would not refuse but die, and this process with it. */

import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';

/**
 * A subgraph with an `@interfaceObject` must not define types of that interface as well. The
 * composer lets it pass; the planner then aborts the process on an operation that asks it for fields
 * of both. Throws an Error that names them.
 * Source: Apollo's composition rule INTERFACE_OBJECT_USAGE_ERROR.
 */
export function assertPlannable({ definitions }: DocumentNode): void {
  const objectifiedIn = new Map<string, readonly string[]>();
  for (const one of definitions) {
    if (one.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      objectifiedIn.set(one.name.value, graphsOf(one, isInterfaceObject));
    }
  }
  for (const one of definitions) {
    if (one.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name } of one.interfaces ?? []) {
      const graphs = objectifiedIn.get(name.value) ?? [];
      const both = graphsOf(one, () => true).find((graph) => graphs.includes(graph));
      if (both === undefined) continue;
      throw new Error(
        `The subgraph ${both} defines ${name.value} as an @interfaceObject, and ${one.name.value} too.`,
      );
    }
  }
}

/** Names of the enum `join__Graph`, from the type's `@join__type` directives that pass. */
function graphsOf(
  { directives = [] }: InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode,
  passes: (directive: ConstDirectiveNode) => boolean,
): string[] {
  return directives
    .filter((directive) => directive.name.value === 'join__type' && passes(directive))
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === 'graph' && value.kind === Kind.ENUM ? [value.value] : [],
    );
}

const isInterfaceObject = ({ arguments: given = [] }: ConstDirectiveNode) =>
  given.some(
    ({ name, value }) =>
      name.value === 'isInterfaceObject' && value.kind === Kind.BOOLEAN && value.value,
  );
