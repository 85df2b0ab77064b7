/** A tree of requirements as a list of nodes, because a GraphQL selection cannot recurse. */

import { isEqual, type Usd } from '../../shared/units.js';
import type { RequirementPart } from '../domain/marginModel.js';

/** See `RequirementNode` in schema.graphql. */
export interface RequirementNode extends Omit<RequirementPart, 'parts'> {
  readonly id: string;
  readonly parentId: string | null;
  readonly depth: number;
  readonly isDeciding: boolean;
}

/** See `RequirementTree` in schema.graphql. */
export interface RequirementTree {
  readonly amount: Usd;
  readonly nodes: readonly RequirementNode[];
}

export const requirementTree = (root: RequirementPart): RequirementTree => ({
  amount: root.amount,
  nodes: nodesOf(root, { id: '0', parentId: null, depth: 0, isDeciding: true }),
});

type Place = Pick<RequirementNode, 'id' | 'parentId' | 'depth' | 'isDeciding'>;

/** The node itself, then those below it, in their order. */
function nodesOf({ parts, ...node }: RequirementPart, place: Place): RequirementNode[] {
  const chosen = decidingPart(node, parts);
  const below = parts.map((part, index) =>
    nodesOf(part, {
      id: `${place.id}.${index}`,
      parentId: place.id,
      depth: place.depth + 1,
      isDeciding: place.isDeciding && (chosen === null || chosen === part),
    }),
  );
  return [{ ...node, ...place }, ...below.flat()];
}

/** Null where all parts count. */
function decidingPart(
  { operation, amount }: Omit<RequirementPart, 'parts'>,
  parts: readonly RequirementPart[],
): RequirementPart | null {
  if (operation !== 'LARGEST' && operation !== 'SMALLEST') return null;
  return parts.find((part) => isEqual(part.amount, amount)) ?? null;
}
