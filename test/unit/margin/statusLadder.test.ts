import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLess, ratio } from '../../../subgraphs/shared/units.js';
import {
  statusSteps,
  type MarginStatus,
} from '../../../subgraphs/margin/domain/calls/statusLadder.js';
import { parameters } from './books.js';

const { ladder } = parameters;
const walk = (from: MarginStatus, at: string | null) =>
  statusSteps(from, at === null ? null : ratio(at), ladder).map(({ status }) => status);

describe('statusSteps', () => {
  it.each([
    ['HEALTHY', '1.25', []],
    ['HEALTHY', '1.249999999999999999', ['WARNING']],
    ['WARNING', '1.1', []],
    ['WARNING', '1.099999999999999999', ['CALL']],
    ['WARNING', '1.299999999999999999', []],
    ['WARNING', '1.3', ['HEALTHY']],
    ['CALL', '1', []],
    ['CALL', '0.999999999999999999', ['LIQUIDATION']],
    ['CALL', '1.149999999999999999', []],
    ['CALL', '1.15', ['WARNING']],
    ['LIQUIDATION', '1.149999999999999999', []],
    ['LIQUIDATION', '-5', []],
  ] as const)('leads from %s at %s through %j', (from, at, through) => {
    expect(walk(from, at)).toEqual(through);
  });

  it('takes a gap down one rung at a time', () => {
    expect(statusSteps('HEALTHY', ratio('1.05'), ladder)).toEqual([
      { previousStatus: 'HEALTHY', status: 'WARNING' },
      { previousStatus: 'WARNING', status: 'CALL' },
    ]);
    expect(walk('HEALTHY', '0')).toEqual(['WARNING', 'CALL', 'LIQUIDATION']);
  });

  it('takes a gap up one rung at a time', () => {
    expect(walk('LIQUIDATION', '1.15')).toEqual(['CALL', 'WARNING']);
    expect(walk('LIQUIDATION', '1.3')).toEqual(['CALL', 'WARNING', 'HEALTHY']);
  });

  it('leads to HEALTHY when nothing is required', () => {
    expect(walk('LIQUIDATION', null)).toEqual(['CALL', 'WARNING', 'HEALTHY']);
    expect(walk('HEALTHY', null)).toEqual([]);
  });
});

const rungs: readonly MarginStatus[] = ['HEALTHY', 'WARNING', 'CALL', 'LIQUIDATION'];
const ratios = fc.oneof(
  fc.integer({ min: 900, max: 1400 }).map((thousandths) => (thousandths / 1000).toFixed(3)),
  fc.constantFrom('1', '1.1', '1.15', '1.25', '1.3'),
  fc.constant(null),
);

describe('statusSteps, for any walk of the ratio', () => {
  it('moves between neighbours only, each step from where the last one ended', () => {
    fc.assert(
      fc.property(fc.array(ratios), (walked) => {
        let status: MarginStatus = 'HEALTHY';
        for (const at of walked) {
          for (const step of statusSteps(status, at === null ? null : ratio(at), ladder)) {
            expect(step.previousStatus).toBe(status);
            expect(Math.abs(rungs.indexOf(step.status) - rungs.indexOf(status))).toBe(1);
            ({ status } = step);
          }
        }
      }),
    );
  });

  it('settles: the same ratio again changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rungs), ratios, (from, at) => {
        const settled = walk(from, at).at(-1) ?? from;
        expect(walk(settled, at)).toEqual([]);
      }),
    );
  });

  it('changes at most once while the ratio moves inside one band', () => {
    const bands = [
      ['1.15', '1.25'],
      ['1', '1.1'],
      ['1.1', '1.15'],
      ['1.25', '1.3'],
    ] as const;
    const inBand = fc.constantFrom(...bands).chain(([low, high]) =>
      fc.array(
        fc
          .integer({ min: Number(low) * 1000, max: Number(high) * 1000 - 1 })
          .map((thousandths) => (thousandths / 1000).toFixed(3)),
        { minLength: 1 },
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...rungs), inBand, (from, walked) => {
        let status: MarginStatus = from;
        const moves = walked.map((at) => {
          const steps = walk(status, at);
          status = steps.at(-1) ?? status;
          return steps.length;
        });
        expect(moves.slice(1).filter((count) => count > 0)).toEqual([]);
      }),
    );
  });

  it('never stands better than the ratio allows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rungs), ratios, (from, at) => {
        fc.pre(at !== null);
        const settled = rungs.indexOf(walk(from, at).at(-1) ?? from);
        const isBelow = (level: typeof ladder.call) => isLess(ratio(at), level);
        const least = isBelow(ladder.liquidate)
          ? 3
          : isBelow(ladder.call)
            ? 2
            : isBelow(ladder.warn)
              ? 1
              : 0;
        expect(settled).toBeGreaterThanOrEqual(least);
      }),
    );
  });
});
