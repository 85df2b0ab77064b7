/** Who answers which part of a normalized operation: the subgraphs, or the schema itself. */

import {
  Kind,
  print,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { plannedVariable } from '../execution/plannedVariables.js';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The text to plan; undefined when no subgraph has to be asked. */
export function plannedText(operation: OperationDefinitionNode): string | undefined {
  const selections = rootFields(operation, (name) => !name.startsWith('__'));
  if (selections.length === 0) return undefined;
  const selectionSet = withoutEmptySets({ kind: Kind.SELECTION_SET, selections });
  return printedForPlanner({ ...operation, selectionSet });
}

function printedForPlanner(operation: OperationDefinitionNode): string {
  const text = print(
    visit(operation, {
      Variable: (variable) => {
        const value = plannedVariable(variable.name.value);
        return { ...variable, name: { ...variable.name, value } };
      },
      StringValue: (value) => ({ ...value, block: false }),
    }),
  );
  // The planner takes `\b` for U+0010. Outside of strings there are no backslashes.
  return text.replace(/\\(.)/g, (escape, letter) => (letter === 'b' ? '\\u0008' : escape));
}

/** Its `__schema` and `__type` fields, with the document's fragments; undefined when it has none. */
export function introspectionPart(
  operation: OperationDefinitionNode,
  document: DocumentNode,
): DocumentNode | undefined {
  const selections = rootFields(operation, (name) => name === '__schema' || name === '__type');
  if (selections.length === 0) return undefined;
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return { ...document, definitions: [{ ...operation, selectionSet }, ...fragments] };
}

const rootFields = (
  { selectionSet }: OperationDefinitionNode,
  belongs: (name: string) => boolean,
): SelectionNode[] =>
  selectionSet.selections.filter((one) => one.kind === Kind.FIELD && belongs(one.name.value));

/** An object of which nothing is asked may still be null, so it is asked for its type. */
function withoutEmptySets({ kind, selections }: SelectionSetNode): SelectionSetNode {
  if (selections.length === 0) return { kind, selections: [TYPENAME] };
  return {
    kind,
    selections: selections.map((selection) =>
      selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet
        ? selection
        : { ...selection, selectionSet: withoutEmptySets(selection.selectionSet) },
    ),
  };
}
