/** The tree of what made a requirement, drawn with lines. */

import { format } from '../../subgraphs/shared/units.js';
import type { RequirementPart } from '../../subgraphs/margin/domain/marginModel.js';
import {
  requirementTree,
  type RequirementNode,
} from '../../subgraphs/margin/graph/requirementNodes.js';
import { dollars } from './displayedAmounts.js';
import { textTable } from './textTable.js';

/** One line for each node: its place in the tree, its amount, and where that comes from. */
export function explanationLines(root: RequirementPart): readonly string[] {
  const { nodes } = requirementTree(root);
  const ids = new Set(nodes.map(({ id }) => id));
  const rows = nodes.map((node) => [
    `${branch(node, ids)}${nameOf(node)}`,
    dollars(node.amount),
    [howOf(node), node.isDeciding ? '' : '(does not decide)'].filter(Boolean).join(' '),
  ]);
  return textTable(rows, { rightAligned: [1] });
}

const nameOf = ({ code, of }: RequirementNode) => (of === null ? code : `${code} ${of}`);

function howOf({ operation, factor, detail }: RequirementNode): string {
  const how = {
    LEAF: '',
    SUM: 'sum',
    LARGEST: 'largest',
    SMALLEST: 'smallest',
    SCALED: `× ${factor === null ? '1' : format(factor)}`,
  }[operation];
  return [how, detail ?? ''].filter(Boolean).join(' · ');
}

/** What leads to a node from the left: lines go on past it where siblings follow below. */
function branch(node: RequirementNode, ids: ReadonlySet<string>): string {
  if (node.parentId === null) return '';
  const places = node.id.split('.');
  const ancestors = places.map((_, depth) => places.slice(0, depth + 1).join('.')).slice(1);
  return ancestors
    .map((id) => {
      const isLast = !ids.has(nextSibling(id));
      if (id === node.id) return isLast ? '└─ ' : '├─ ';
      return isLast ? '   ' : '│  ';
    })
    .join('');
}

const nextSibling = (id: string) => id.replace(/\d+$/, (place) => String(Number(place) + 1));
