import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deleveraged,
  deleveragingQueue,
  deleveragingRank,
  type DeleveragingCandidate,
} from '../../../../subgraphs/margin/domain/liquidation/deleveragingQueue.js';
import {
  closeShare,
  healthFactor,
} from '../../../../subgraphs/margin/domain/liquidation/healthFactor.js';
import {
  InvalidInput,
  requireAboveZero,
  requireAtLeastZero,
  requireBetween,
  requireFinite,
} from '../../../../subgraphs/margin/domain/liquidation/invalidInput.js';
import {
  borrowTransfer,
  perpetualTransfer,
} from '../../../../subgraphs/margin/domain/liquidation/shortageTransfer.js';

const perpetual = {
  shortage: 90,
  quotePrice: 1,
  price: 100,
  marginRate: 0.05,
  liquidatorFeeRate: 0.01,
  insuranceFeeRate: 0.01,
};

const borrow = {
  shortage: 100,
  liabilityPrice: 10,
  liabilityWeight: 1.2,
  assetWeight: 0.8,
  assetMultiplier: 1.05,
  liabilityMultiplier: 1,
  insuranceFeeRate: 0.05,
};

describe('perpetualTransfer', () => {
  it('divides the shortage by what a unit frees', () => {
    // 100 × (5 % − 1 % − 1 %) is 3; in a quote worth half, twice as many.
    expect(perpetualTransfer(perpetual)).toBeCloseTo(30, 9);
    expect(perpetualTransfer({ ...perpetual, quotePrice: 0.5 })).toBeCloseTo(60, 9);
  });

  it('cures nothing where the fees take what the margin frees', () => {
    expect(perpetualTransfer({ ...perpetual, marginRate: 0.02 })).toBeNull();
    expect(perpetualTransfer({ ...perpetual, marginRate: 0.01 })).toBeNull();
  });

  it.each([
    'shortage',
    'quotePrice',
    'price',
    'marginRate',
    'liquidatorFeeRate',
    'insuranceFeeRate',
  ])('refuses a negative %s', (field) => {
    expect(() => perpetualTransfer({ ...perpetual, [field]: -1 })).toThrow(field);
  });
});

describe('borrowTransfer', () => {
  it('weighs what is paid back against what is given for it', () => {
    // 10 × (1.2 − 0.84 − 0.06) is 3; with 0.98 paid per dollar 0.857 is given.
    expect(borrowTransfer(borrow)).toBeCloseTo(100 / 3, 9);
    const cheaper = { ...borrow, liabilityMultiplier: 0.98 };
    expect(borrowTransfer(cheaper)).toBeCloseTo(100 / (10 * (1.14 - 0.84 / 0.98)), 9);
  });

  it('cures nothing where more is given than paid back', () => {
    expect(borrowTransfer({ ...borrow, assetWeight: 1.2 })).toBeNull();
  });

  it.each([
    'shortage',
    'liabilityPrice',
    'liabilityWeight',
    'assetWeight',
    'assetMultiplier',
    'liabilityMultiplier',
    'insuranceFeeRate',
  ])('refuses a negative %s', (field) => {
    expect(() => borrowTransfer({ ...borrow, [field]: -1 })).toThrow(field);
  });
});

describe('healthFactor', () => {
  const collateral = [
    { value: 1_000, liquidationThreshold: 0.8 },
    { value: 500, liquidationThreshold: 0.4 },
  ];
  const rules = { closeShare: 0.5, fullCloseBelow: 0.95 };

  it('is what counts of the collateral over the debt', () => {
    expect(healthFactor(collateral, 800)).toBe(1.25);
    expect(healthFactor(collateral, 0)).toBeNull();
  });

  it('lets a part be repaid just below one, and all further below', () => {
    expect([null, 1.25, 1, 0.99, 0.95, 0.94].map((factor) => closeShare(factor, rules))).toEqual([
      0, 0, 0, 0.5, 0.5, 1,
    ]);
  });

  it('refuses impossible loans and rules', () => {
    expect(() => healthFactor(collateral, -1)).toThrow('debt');
    expect(() => healthFactor([{ value: -1, liquidationThreshold: 0.5 }], 1)).toThrow('value');
    expect(() => healthFactor([{ value: 1, liquidationThreshold: 1.5 }], 1)).toThrow(
      'liquidationThreshold',
    );
    expect(() => closeShare(0.9, { ...rules, closeShare: 2 })).toThrow('closeShare');
    expect(() => closeShare(0.9, { ...rules, fullCloseBelow: -1 })).toThrow('fullCloseBelow');
  });
});

const candidate = (id: string, profitShare: number, marginRatio: number, size = 1) => ({
  id,
  size,
  profitShare,
  marginRatio,
});

describe('the deleveraging queue', () => {
  it('ranks by profit over margin ratio, where a ratio below maintenance does not rank higher', () => {
    expect(deleveragingRank(candidate('a', 0.5, 0.25), 0.05)).toBe(2);
    expect(deleveragingRank(candidate('a', 0.5, 0.01), 0.05)).toBe(10);
    expect(deleveragingRank(candidate('a', -0.5, 0.25), 0.05)).toBe(0);
  });

  it('puts the highest rank first, and equal ones by id', () => {
    const queue = [
      candidate('b', 0.1, 0.5),
      candidate('c', 0.5, 0.25),
      candidate('a', 0.2, 1),
      candidate('d', -1, 0.1),
    ];
    const order = ['c', 'a', 'b', 'd'];
    expect(deleveragingQueue(queue, 0.05).map(({ id }) => id)).toEqual(order);
    expect(deleveragingQueue(queue.toReversed(), 0.05).map(({ id }) => id)).toEqual(order);
  });

  it('takes in order, and no more than there is of anyone', () => {
    const queue = [candidate('a', 1, 1, 3), candidate('b', 1, 1, 0), candidate('c', 1, 1, 5)];
    expect(deleveraged(4, queue)).toEqual([
      { id: 'a', size: 3 },
      { id: 'c', size: 1 },
    ]);
    expect(deleveraged(3, queue)).toEqual([{ id: 'a', size: 3 }]);
    expect(deleveraged(0, queue)).toEqual([]);
    expect(deleveraged(100, queue)).toEqual([
      { id: 'a', size: 3 },
      { id: 'c', size: 5 },
    ]);
  });

  it('refuses what has no order or size', () => {
    expect(() => deleveragingRank(candidate('a', NaN, 1), 0.05)).toThrow('profitShare');
    expect(() => deleveragingRank(candidate('a', 1, NaN), 0.05)).toThrow('marginRatio');
    expect(() => deleveragingRank(candidate('a', 1, 1), 0)).toThrow('maintenanceRate');
    expect(() => deleveraged(-1, [])).toThrow('size');
    expect(() => deleveraged(1, [candidate('a', 1, 1, -1)])).toThrow('size');
  });

  it('takes the deficit or all that there is, of any queue', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 1_000 }));
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 5_000 }), (all, deficit) => {
        const queue = all.map((size, at): DeleveragingCandidate =>
          candidate(String(at), 1, 1, size),
        );
        const taken = deleveraged(deficit, queue);
        const total = taken.reduce((sum, { size }) => sum + size, 0);
        const held = all.reduce((sum, size) => sum + size, 0);
        expect(total).toBe(Math.min(deficit, held));
        expect(taken.every(({ id, size }) => size > 0 && size <= (all[Number(id)] ?? 0))).toBe(
          true,
        );
      }),
    );
  });
});

describe('the bounds of inputs', () => {
  it('hold up to 1e40 and no further', () => {
    expect(() => {
      requireFinite('amount', -1e40);
      requireAtLeastZero('amount', 0);
      requireAtLeastZero('amount', 1e40);
      requireAboveZero('amount', 1e-40);
      requireAboveZero('amount', 1e40);
      requireBetween('amount', 1, 1, 2);
      requireBetween('amount', 2, 1, 2);
    }).not.toThrow();
  });

  it.each([
    () => requireFinite('amount', 1.1e40),
    () => requireFinite('amount', NaN),
    () => requireAtLeastZero('amount', -Number.MIN_VALUE),
    () => requireAtLeastZero('amount', 1.1e40),
    () => requireAboveZero('amount', 0),
    () => requireAboveZero('amount', 1.1e40),
    () => requireBetween('amount', 0.99, 1, 2),
    () => requireBetween('amount', 2.01, 1, 2),
    () => requireBetween('amount', NaN, 1, 2),
  ])('are broken by name (%#)', (break_) => {
    expect(break_).toThrow(InvalidInput);
    expect(break_).toThrow(/^amount: .+ is not .+/);
  });
});
