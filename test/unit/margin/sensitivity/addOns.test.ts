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

  it.each([
    ['multiplier of P', { multipliers: [{ productClass: 'P', multiplier: 0.99 }] }],
    ['notional factor of A', { notionalFactors: [{ product: 'A', percent: -1 }] }],
    ['fixed amount', { fixedAmounts: [NaN] }],
  ])('refuses a %s that lowers the margin or is no number', (field, changes) => {
    expect(() => addOnMargin({ ...none, ...changes }, margin)).toThrow(InvalidAddOn);
    expect(() => addOnMargin({ ...none, ...changes }, margin)).toThrow(field);
  });
});
