import { describe, expect, it } from 'vitest';
import type { RequirementPart } from '../../../../subgraphs/margin/domain/marginModel.js';
import { requirementTree } from '../../../../subgraphs/margin/graph/requirementNodes.js';
import { ratio, usd } from '../../../../subgraphs/shared/units.js';

const part = (
  code: string,
  amount: string,
  operation: RequirementPart['operation'] = 'LEAF',
  parts: readonly RequirementPart[] = [],
): RequirementPart => ({
  code,
  of: null,
  operation,
  factor: operation === 'SCALED' ? ratio('0.8') : null,
  amount: usd(amount),
  detail: null,
  parts,
});

describe('the nodes of a requirement', () => {
  it('are listed with the root first and parts after what they are part of', () => {
    const tree = requirementTree(
      part('ROOT', '11', 'SUM', [
        part('SCALED', '8', 'SCALED', [part('SCAN', '10')]),
        part('BASIS', '3'),
      ]),
    );

    expect(tree.amount).toEqual(usd('11'));
    expect(tree.nodes.map(({ id, parentId, depth, code }) => [id, parentId, depth, code])).toEqual([
      ['0', null, 0, 'ROOT'],
      ['0.0', '0', 1, 'SCALED'],
      ['0.0.0', '0.0', 2, 'SCAN'],
      ['0.1', '0', 1, 'BASIS'],
    ]);
  });

  it('are deciding unless they lost to a larger or a smaller one on their way to the root', () => {
    const { nodes } = requirementTree(
      part('ROOT', '7', 'LARGEST', [
        part('LOSER', '5', 'SUM', [part('UNDER_LOSER', '5')]),
        part('WINNER', '7', 'SMALLEST', [part('KEPT', '7'), part('CUT', '9')]),
        part('EQUAL_BUT_LATER', '7'),
      ]),
    );

    expect(nodes.filter(({ isDeciding }) => isDeciding).map(({ code }) => code)).toEqual([
      'ROOT',
      'WINNER',
      'KEPT',
    ]);
  });
});
