/** The schema that clients see. */

import {
  buildASTSchema,
  Kind,
  parse,
  specifiedDirectives,
  specifiedScalarTypes,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
} from 'graphql';

/**
 * `consumerSchema` is what the planner makes of a supergraph: without what is `@inaccessible`, but
 * with introspection and standard directives spelled out, and some types of the join specification.
 */
export function apiSchema(consumerSchema: string): GraphQLSchema {
  const document = parse(consumerSchema, { noLocation: true });
  const definitions = document.definitions
    .filter((definition) => !isMachinery(definition))
    .map(withoutIntrospection);
  return buildASTSchema({ ...document, definitions }, { assumeValid: true, assumeValidSDL: true });
}

const SPECIFIED = new Set([
  ...specifiedScalarTypes.map(({ name }) => name),
  ...specifiedDirectives.map(({ name }) => name),
]);

function isMachinery(definition: DefinitionNode): boolean {
  if (!('name' in definition)) return false;
  const name = definition.name.value;
  return SPECIFIED.has(name) || name.startsWith('__') || name.startsWith('join__');
}

function withoutIntrospection(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const isData = ({ name }: FieldDefinitionNode) => !name.value.startsWith('__');
  return { ...definition, fields: definition.fields?.filter(isData) ?? [] };
}
