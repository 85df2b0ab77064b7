import { describe, expect, it } from 'vitest';
import {
  addOnMargin,
  InvalidAddOn,
  type AddOns,
} from '../../../../subgraphs/margin/domain/sensitivity/addOns.js';
import { sensitivityMargin } from '../../../../subgraphs/margin/domain/sensitivity/sensitivityMargin.js';
import { plainRules, sensitivity } from './plainRules.js';

const margin = sensitivityMargin(
  [sensitivity('A', 'x', 200)],
  plainRules({ rho: 0, gamma: 0 }),
  'CALL',
);
const none: AddOns = { multipliers: [], notionalFactors: [], notionals: [], fixedAmounts: [] };

describe('addOnMargin', () => {
  it('asks for what multipliers, shares of notional and amounts add', () => {
    // 0.1 × 200, and 12.5 % of 80 + 40; Bravo has no factor and Charlie no notional.
    const addOns: AddOns = {
      multipliers: [
        { productClass: 'Product', multiplier: 1.1 },
        { productClass: 'Other', multiplier: 2 },
      ],
      notionalFactors: [
        { product: 'Alpha', percent: 12.5 },
        { product: 'Charlie', percent: 50 },
      ],
      notionals: [
        { product: 'Alpha', amount: 80 },
        { product: 'Alpha', amount: -40 },
        { product: 'Bravo', amount: 1000 },
      ],
      fixedAmounts: [3, 4],
    };

    expect(addOnMargin(addOns, margin)).toBeCloseTo(20 + 15 + 7, 10);
    expect(addOnMargin(none, margin)).toBe(0);
  });

  it('takes a multiplier of 1 and a share of 0, which add nothing', () => {
    const addOns: AddOns = {
      multipliers: [{ productClass: 'Product', multiplier: 1 }],
      notionalFactors: [{ product: 'Alpha', percent: 0 }],
      notionals: [{ product: 'Alpha', amount: 80 }],
      fixedAmounts: [0],
    };

    expect(addOnMargin(addOns, margin)).toBe(0);
  });

  it.each([
    [
      'multiplier of P',
      { multipliers: [{ productClass: 'P', multiplier: 0.99 }] },
      '0.99 is not a finite number of at least 1',
    ],
    [
      'notional factor of A',
      { notionalFactors: [{ product: 'A', percent: -1 }] },
      '-1 is not a finite number of at least 0',
    ],
    ['fixed amount', { fixedAmounts: [NaN] }, 'NaN is not a finite number of at least 0'],
    ['fixed amount', { fixedAmounts: [Infinity] }, 'Infinity is not a finite number of at least 0'],
  ])('refuses a %s that lowers the margin or is no number', (field, changes, problem) => {
    const refused = () => addOnMargin({ ...none, ...changes }, margin);

    expect(refused).toThrow(InvalidAddOn);
    expect(refused).toThrow(
      expect.objectContaining({ name: 'InvalidAddOn', field, message: `${field}: ${problem}` }),
    );
  });
});
