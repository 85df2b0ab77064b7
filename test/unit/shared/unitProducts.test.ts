import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  format,
  isLess,
  larger,
  negate,
  price,
  priceCeil,
  priceFloor,
  quantity,
  ratio,
  smaller,
  subtract,
  usd,
  usdCeil,
  usdFloor,
} from '../../../subgraphs/shared/units.js';

const DUST = '0.000000000000000001';

describe('usdFloor and usdCeil', () => {
  it('multiply and divide', () => {
    // 100 000 × (62 500 − 50 000) × 62 000 ÷ (50 000 × 62 500) = 24 800.
    const factors = [quantity('100000'), price('12500'), price('62000')];
    expect(usdFloor(factors, [price('50000'), price('62500')])).toEqual(usd('24800'));
  });

  it('round once, each its own way, on both sides of zero', () => {
    // 4 ÷ 21 = 0.190476190476190476|19…
    const rounded = [usdFloor, usdCeil].flatMap((round) =>
      ['4', '-4'].map((four) => format(round([quantity(four)], [price('21')]))),
    );
    expect(rounded).toEqual([
      '0.190476190476190476',
      '-0.190476190476190477',
      '0.190476190476190477',
      '-0.190476190476190476',
    ]);
  });

  it('lose nothing between factors that overshoot and undershoot the grid', () => {
    // 10⁻¹⁸ × 10⁻¹⁸ × 10⁻¹⁸ ÷ (10⁻¹⁸ × 10⁻¹⁸): only an exact product comes back to 10⁻¹⁸.
    const thrice = [quantity(DUST), price(DUST), ratio(DUST)];
    expect(usdFloor(thrice, [price(DUST), price(DUST)])).toEqual(usd(DUST));
  });

  it('keep dust on the side of its sign', () => {
    expect(usdCeil([quantity(DUST), price('0.5')])).toEqual(usd(DUST));
    expect(usdFloor([quantity(`-${DUST}`), price('0.5')])).toEqual(usd(`-${DUST}`));
  });
});

const decimals = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
    fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
  )
  .map(([whole, fraction]) => `${whole}.${fraction.toString().padStart(18, '0')}`);

describe('usdFloor and usdCeil, for any factors', () => {
  it('are at most one step of 10⁻¹⁸ apart, and mirror each other', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        const factors = [quantity(a), price(b), ratio(c)];
        const mirrored = [negate(quantity(a)), price(b), ratio(c)];
        const gap = subtract(usdCeil(factors), usdFloor(factors));
        expect(['0', DUST]).toContain(format(gap));
        expect(usdCeil(factors)).toEqual(negate(usdFloor(mirrored)));
      }),
    );
  });
});

describe('priceFloor and priceCeil', () => {
  it('round a converted price each its own way', () => {
    expect(priceFloor([price('1')], [price('3')])).toEqual(price('0.333333333333333333'));
    expect(priceCeil([price('1')], [price('3')])).toEqual(price('0.333333333333333334'));
  });
});

describe('larger and smaller', () => {
  it('compare values and not texts', () => {
    expect(larger(usd('9'), usd('10'))).toEqual(usd('10'));
    expect(smaller(usd('9'), usd('10'))).toEqual(usd('9'));
  });

  it('are the two ends of any pair', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(isLess(larger(usd(a), usd(b)), smaller(usd(a), usd(b)))).toBe(false);
      }),
    );
  });
});
