import { describe, expect, it } from 'vitest';
import { change, dollars } from '../../../../cli/margin/displayedAmounts.js';
import { explanationLines } from '../../../../cli/margin/explanationLines.js';
import { textTable } from '../../../../cli/margin/textTable.js';
import type { RequirementPart } from '../../../../subgraphs/margin/domain/marginModel.js';
import { ratio, usd } from '../../../../subgraphs/shared/units.js';

describe('an amount for people', () => {
  it.each([
    ['0', '0.00'],
    ['-0.004', '0.00'],
    ['999.995', '1,000.00'],
    ['1234567.1', '1,234,567.10'],
    ['-1234567.891', '-1,234,567.89'],
  ])('%s is shown as %s', (amount, shown) => {
    expect(dollars(usd(amount))).toBe(shown);
  });

  it('of a change has a sign', () => {
    expect([change(usd('5')), change(usd('-5'))]).toEqual(['+5.00', '-5.00']);
  });
});

describe('a table', () => {
  it('lines its columns up, whatever the length of its rows', () => {
    expect(textTable([['a', '1', 'x'], ['long', '100'], []], { rightAligned: [1] })).toEqual([
      'a       1  x',
      'long  100',
      '',
    ]);
  });
});

const part = (changes: Partial<RequirementPart>): RequirementPart => ({
  code: 'LEAF',
  of: null,
  operation: 'LEAF',
  factor: null,
  amount: usd('0'),
  detail: null,
  parts: [],
  ...changes,
});

describe('an explanation', () => {
  it('is drawn as a tree, with what does not decide marked', () => {
    const scan = part({ code: 'SCAN', of: 'BTC', amount: usd('10'), detail: '-16% UP' });
    const scaled = part({
      code: 'FACTOR',
      operation: 'SCALED',
      factor: ratio('0.8'),
      amount: usd('8'),
      parts: [scan],
    });
    const floor = part({ code: 'FLOOR', amount: usd('3') });
    const tree = part({
      code: 'ROOT',
      operation: 'SUM',
      amount: usd('9'),
      parts: [
        part({ code: 'BASE', operation: 'LARGEST', amount: usd('8'), parts: [scaled, floor] }),
        part({ code: 'FEE', amount: usd('1') }),
      ],
    });

    expect(explanationLines(tree)).toEqual([
      'ROOT                9.00  sum',
      '├─ BASE             8.00  largest',
      '│  ├─ FACTOR        8.00  × 0.8',
      '│  │  └─ SCAN BTC  10.00  -16% UP',
      '│  └─ FLOOR         3.00  (does not decide)',
      '└─ FEE              1.00',
    ]);
  });
});
