import { describe, expect, it } from 'vitest';
import { collateralHaircut } from '../../../../subgraphs/margin/domain/scenario/collateralHaircut.js';
import { coins, fed, underlying } from './riskBooks.js';
import { amountAndShares } from './amountAndShares.js';

describe('collateralHaircut', () => {
  const held = underlying({
    collateral: [
      coins(2, { line: 0, maintenanceHaircut: 0.1, initialHaircut: 0.04 }),
      coins(-3, { line: 1, maintenanceHaircut: 0.2, initialHaircut: 0.1, price: fed(10) }),
    ],
  });

  it('takes the haircut of what is held, and adds it to what is owed', () => {
    const rule = { kind: 'COLLATERAL_HAIRCUT', level: 'MAINTENANCE' } as const;

    // 200 × 10 % and 30 × 20 %.
    expect(amountAndShares(collateralHaircut('HAIRCUT', rule, held, 3), 3)).toEqual({
      amount: 26,
      shares: [20, 6, 0],
    });
  });

  it('takes what initial margin adds apart', () => {
    const rule = { kind: 'COLLATERAL_HAIRCUT', level: 'INITIAL' } as const;

    expect(collateralHaircut('HAIRCUT', rule, held, 3).amount).toBeCloseTo(8 + 3, 12);
  });
});
