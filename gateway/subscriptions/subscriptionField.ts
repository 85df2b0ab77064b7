/** The one root field of a subscription, and where its stream can be resumed. */

import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { PreparedSubscription } from '../planning/preparedOperation.js';

export interface SubscriptionField {
  readonly name: string;
  /** The field's key in results. */
  readonly key: string;
  /**
   * For streams that are resumed by `field(after: $variable) { cursor }`: the variable, and the key
   * of the cursor below the field's own. Undefined where the operation lacks one of the two.
   */
  readonly resumes: { readonly variable: string; readonly cursorKey: string } | undefined;
}

export function subscriptionField({
  document,
  operation,
}: Pick<PreparedSubscription, 'document' | 'operation'>): SubscriptionField {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition.selectionSet);
    }
  }
  const [field] = fieldsOf(operation.selectionSet, fragments);
  if (!field) throw new Error('A valid subscription has a root field.');
  return { name: field.name.value, key: keyOf(field), resumes: resumption(field, fragments) };
}

function resumption(
  { arguments: given = [], selectionSet }: FieldNode,
  fragments: ReadonlyMap<string, SelectionSetNode>,
): SubscriptionField['resumes'] {
  const after = given.find(({ name }) => name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE || !selectionSet) return undefined;
  const cursor = fieldsOf(selectionSet, fragments).find(({ name }) => name.value === 'cursor');
  return cursor && { variable: after.name.value, cursorKey: keyOf(cursor) };
}

/** Through fragments, each of them once: they can name each other more often than anybody can read. */
function fieldsOf(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, SelectionSetNode>,
  seen = new Set<string>(),
): FieldNode[] {
  return selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one];
    if (one.kind === Kind.INLINE_FRAGMENT) return fieldsOf(one.selectionSet, fragments, seen);
    const below = fragments.get(one.name.value);
    if (!below || seen.has(one.name.value)) return [];
    seen.add(one.name.value);
    return fieldsOf(below, fragments, seen);
  });
}

const keyOf = ({ alias, name }: FieldNode) => alias?.value ?? name.value;
