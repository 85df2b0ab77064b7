import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  divideCeil,
  divideFloor,
  fixed,
  fixedText,
  larger,
  multiplyCeil,
  multiplyFloor,
  nearestStep,
  ONE,
  smaller,
  wholeFloor,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import {
  quotientCeil,
  quotientFloor,
} from '../../../../subgraphs/margin/domain/perpetual/quantum/integerQuotient.js';
import { format, usd } from '../../../../subgraphs/shared/units.js';

describe('fixed', () => {
  it('reads plain notation to 18 digits', () => {
    expect(fixed('12.5')).toBe(12_500_000_000_000_000_000n);
    expect(fixed('-0.000000000000000001')).toBe(-1n);
  });

  it.each(['1e3', '', '.5', '1.', '+1', ' 1', '0.0000000000000000001', '123456789012345678901'])(
    'refuses %j',
    (text) => {
      expect(() => fixed(text)).toThrow(`Not a plain decimal: ${text}`);
    },
  );

  it('writes what it has read, as the money module writes it', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), (value) => {
        expect(fixed(fixedText(value))).toBe(value);
        expect(format(usd(fixedText(value)))).toBe(fixedText(value));
      }),
    );
  });

  it('writes no zeros that say nothing', () => {
    expect(['-1.50', '20', '0', '0.010'].map((text) => fixedText(fixed(text)))).toEqual([
      '-1.5',
      '20',
      '0',
      '0.01',
    ]);
  });
});

describe('products and quotients', () => {
  it('round as their names say, below zero as above', () => {
    expect([multiplyFloor(3n, ONE / 2n), multiplyCeil(3n, ONE / 2n)]).toEqual([1n, 2n]);
    expect([multiplyFloor(-3n, ONE / 2n), multiplyCeil(-3n, ONE / 2n)]).toEqual([-2n, -1n]);
    expect(fixedText(divideFloor(ONE, 3n * ONE))).toBe('0.333333333333333333');
    expect(fixedText(divideCeil(ONE, 3n * ONE))).toBe('0.333333333333333334');
    expect(fixedText(divideFloor(-ONE, 3n * ONE))).toBe('-0.333333333333333334');
  });

  it('do not round what is exact', () => {
    expect([multiplyFloor(-4n, ONE / 2n), multiplyCeil(-4n, ONE / 2n)]).toEqual([-2n, -2n]);
    expect([divideFloor(ONE, 4n * ONE), divideCeil(ONE, 4n * ONE)]).toEqual([ONE / 4n, ONE / 4n]);
  });

  it('bracket the quotient of any numbers', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(1n, 10n ** 30n), (dividend, divisor) => {
        const floor = quotientFloor(dividend, divisor);
        expect(floor * divisor <= dividend && (floor + 1n) * divisor > dividend).toBe(true);
        const isExact = dividend % divisor === 0n;
        expect(quotientCeil(dividend, divisor)).toBe(isExact ? floor : floor + 1n);
      }),
    );
  });
});

describe('steps and bounds', () => {
  it('goes to the nearest step, up from the middle', () => {
    const near = (text: string) => fixedText(nearestStep(fixed(text), fixed('0.5')));
    expect([near('1.24'), near('1.25'), near('1.5'), near('1.74')]).toEqual([
      '1',
      '1.5',
      '1.5',
      '1.5',
    ]);
  });

  it('drops a fraction', () => {
    expect([fixedText(wholeFloor(fixed('4.9'))), fixedText(wholeFloor(fixed('4')))]).toEqual([
      '4',
      '4',
    ]);
  });

  it('chooses the larger and the smaller', () => {
    expect([larger(1n, 2n), larger(2n, 1n), smaller(1n, 2n), smaller(2n, 1n)]).toEqual([
      2n,
      2n,
      1n,
      1n,
    ]);
  });
});
