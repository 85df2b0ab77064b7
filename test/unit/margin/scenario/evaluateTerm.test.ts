import { describe, expect, it } from 'vitest';
import { charge, type Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import {
  componentNames,
  requirementTermSchema,
  type RequirementTerm,
} from '../../../../subgraphs/margin/domain/risk/requirementTerm.js';
import {
  evaluateTerm,
  type TermScope,
} from '../../../../subgraphs/margin/domain/scenario/evaluateTerm.js';

const leaves = { A: [1, 2], B: [0, 5], C: [4, 0] } as const;

const scope = (more: Partial<TermScope> = {}): TermScope => ({
  of: 'BTC',
  lineCount: 2,
  stablePrice: 1,
  component: (name) =>
    charge({ code: name, of: 'BTC' }, Float64Array.from(leaves[name as keyof typeof leaves])),
  slices: () => [],
  ...more,
});

const outline = ({ code, of, amount, shares, operation, factor, parts }: Requirement): object => ({
  code,
  of,
  amount,
  shares: [...shares],
  operation,
  ...(factor === 1 ? {} : { factor }),
  ...(parts.length === 0 ? {} : { parts: parts.map(({ code: part }) => part) }),
});

const outcome = (term: RequirementTerm, more: Partial<TermScope> = {}) =>
  outline(evaluateTerm(term, scope(more)));

describe('evaluateTerm', () => {
  it('takes a name for its component', () => {
    expect(outcome('A')).toEqual({
      code: 'A',
      of: 'BTC',
      amount: 3,
      shares: [1, 2],
      operation: 'LEAF',
    });
  });

  it('adds amounts and shares', () => {
    expect(outcome({ sum: ['A', 'B'] })).toEqual({
      code: 'SUM',
      of: 'BTC',
      amount: 8,
      shares: [1, 7],
      operation: 'SUM',
      parts: ['A', 'B'],
    });
  });

  it('takes the larger or the smaller with its shares, and keeps the others to explain', () => {
    expect(outcome({ largest: ['A', 'B', 'C'] })).toMatchObject({
      operation: 'LARGEST',
      amount: 5,
      shares: [0, 5],
      parts: ['A', 'B', 'C'],
    });
    expect(outcome({ smallest: ['B', 'A', 'C'] })).toMatchObject({
      operation: 'SMALLEST',
      amount: 3,
      shares: [1, 2],
    });
  });

  it('scales by its factor', () => {
    expect(outcome({ factor: 0.5, of: { sum: ['A', 'C'] } })).toMatchObject({
      code: 'FACTOR',
      operation: 'SCALED',
      factor: 0.5,
      amount: 3.5,
      shares: [2.5, 1],
    });
  });

  it('raises a factor by what the settlement currency has lost below its threshold', () => {
    const term = { factor: 2, depeg: { threshold: 0.75, factor: 4 }, of: 'A' };

    // 2 + (0.75 − 0.5) × 4.
    expect(outcome(term, { stablePrice: 0.5 })).toMatchObject({ factor: 3, amount: 9 });
    expect(outcome(term, { stablePrice: 0.75 })).toMatchObject({ factor: 2, amount: 6 });
    expect(outcome(term, { stablePrice: 2 })).toMatchObject({ factor: 2, amount: 6 });
  });

  it('adds up what each venue’s slice alone would cost', () => {
    const slice = (name: keyof typeof leaves) =>
      scope({ component: () => scope().component(name) });
    const slices = () => [
      { venueAccountId: 'x:1', scope: slice('B') },
      { venueAccountId: 'y:1', scope: slice('C') },
    ];
    const alone = evaluateTerm({ standAlone: 'A' }, scope({ slices }));

    expect(outline(alone)).toMatchObject({ code: 'STAND_ALONE', amount: 9, shares: [4, 5] });
    expect(alone.parts.map(outline)).toMatchObject([
      { code: 'VENUE', of: 'x:1', amount: 5, parts: ['B'] },
      { code: 'VENUE', of: 'y:1', amount: 4, parts: ['C'] },
    ]);
  });
});

describe('a term as data', () => {
  const term = {
    sum: [
      { factor: 1.3, depeg: { threshold: 0.99, factor: 4 }, of: { largest: ['SCAN', 'BASIS'] } },
      { smallest: ['A', { standAlone: 'SCAN' }] },
      { factor: 2, of: 'B' },
    ],
  };

  it('is read as it is written', () => {
    expect(requirementTermSchema.parse(term)).toEqual(term);
  });

  it.each([
    { name: 'nothing to choose from', wrong: { largest: [] } },
    { name: 'two operations', wrong: { sum: ['A'], largest: ['A'] } },
    { name: 'a negative factor', wrong: { factor: -1, of: 'A' } },
    { name: 'a number', wrong: 5 },
  ])('is refused with $name', ({ wrong }) => {
    expect(requirementTermSchema.safeParse(wrong).success).toBe(false);
  });

  it('tells which components it needs', () => {
    expect(componentNames(term)).toEqual(['SCAN', 'BASIS', 'A', 'B']);
  });
});
