import { describe, expect, it } from 'vitest';
import { scanResult, worstScenario } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import { perpetual, plainScan, row, underlying } from './riskBooks.js';

describe('scanResult', () => {
  it('names the worst scenario, and what each line loses in it', () => {
    const book = underlying({
      futures: [perpetual(2, { line: 3 }), perpetual(-1, { line: 5 })],
    });
    const { requirement, profits } = scanResult('SCAN', plainScan([row(0.1), row(-0.2)]), book, 6);

    expect(requirement.detail).toBe('-20% NONE, the worst of 2');
    expect([...requirement.shares]).toEqual([0, 0, 0, 40, 0, -20]);
    expect(profits).toEqual([
      { name: '+10% NONE', spotShock: 0.1, volatilityShock: 'NONE', weight: 1, profit: 10 },
      { name: '-20% NONE', spotShock: -0.2, volatilityShock: 'NONE', weight: 1, profit: -20 },
    ]);
  });

  it('requires nothing where no scenario loses', () => {
    const { requirement } = scanResult('SCAN', plainScan([row(0.1)]), underlying(), 2);

    expect(requirement).toMatchObject({ amount: 0, of: 'BTC', detail: 'no scenario loses' });
  });

  it('takes the first of the worst', () => {
    expect(worstScenario(Float64Array.of(1, -5, -7, -7))).toBe(2);
    expect(worstScenario(Float64Array.of(0, 3))).toBeNull();
  });
});
