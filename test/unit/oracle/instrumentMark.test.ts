import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DemoFuture, DemoOption } from '../../../subgraphs/oracle/domain/demoMarket.js';
import { instrumentMark } from '../../../subgraphs/oracle/domain/instrumentMark.js';
import { format, isPositive, price, ratio, type Price } from '../../../subgraphs/shared/units.js';

const now = new Date('2026-12-31T08:00:00.000Z');
const prices =
  (of: Readonly<Record<string, string>>) =>
  (assetId: string): Price | null => {
    const text = of[assetId];
    return text === undefined ? null : price(text);
  };
const mark = (...args: Parameters<typeof instrumentMark>) => {
  const result = instrumentMark(...args);
  return result && format(result);
};

const swap: DemoFuture = {
  kind: 'FUTURE',
  id: 'okx:BTC-USDT-SWAP',
  underlying: 'BTC',
  priceCurrency: 'USDT',
  tick: price('0.1'),
  basis: ratio('0.0001'),
};

const call: DemoOption = {
  kind: 'OPTION',
  id: 'deribit:ETH-31DEC27-4000-C',
  underlying: 'ETH',
  priceCurrency: 'ETH',
  tick: price('0.0001'),
  optionType: 'CALL',
  strike: price('4000'),
  expiry: new Date('2027-12-31T08:00:00.000Z'),
  volatility: 0.6,
};

describe('the mark of a future', () => {
  it('stands at its basis from the index, in its own currency and on its tick', () => {
    // 68 000 × 1.0001 ÷ 0.998 = 68 143.0861…
    expect(mark(swap, prices({ BTC: '68000', USDT: '0.998' }), now)).toBe('68143.1');
  });

  it('is not known while the index or the currency has no price', () => {
    expect([
      mark(swap, prices({ BTC: '68000' }), now),
      mark(swap, prices({ USDT: '1' }), now),
    ]).toEqual([null, null]);
  });

  it('never falls below a tick', () => {
    expect(mark(swap, prices({ BTC: '0.01', USDT: '1' }), now)).toBe('0.1');
  });
});

describe('the mark of an option', () => {
  it('is its Black-76 premium on the index, in coin', () => {
    // d1 = ln(3600 ÷ 4000) ÷ 0.6 + 0.3 = 0.124 399; d2 = −0.475 601; 3600 Φ(d1) − 4000 Φ(d2) = 709.6.
    expect(mark(call, prices({ ETH: '3600' }), now)).toBe('0.1971');
  });

  it('is what exercising pays from its expiry on', () => {
    const expired = [
      mark(call, prices({ ETH: '5000' }), call.expiry),
      mark(call, prices({ ETH: '3600' }), call.expiry),
      mark({ ...call, optionType: 'PUT' }, prices({ ETH: '3200' }), call.expiry),
    ];

    // (5000 − 4000) ÷ 5000; nothing; (4000 − 3200) ÷ 3200.
    expect(expired).toEqual(['0.2', '0', '0.25']);
  });

  it('is a tick while there is time, however far out of the money', () => {
    expect(mark(call, prices({ ETH: '10' }), now)).toBe('0.0001');
  });

  it('is not known while the underlying has no price', () => {
    expect(mark(call, prices({}), now)).toBeNull();
  });
});

describe('marks, for any price that can be commanded', () => {
  const commandable = fc
    .tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.constantFrom('1', '0.001', '0.000001'))
    .map(([n, unit]) => (unit === '1' ? String(n) : (n * Number(unit)).toFixed(9)))
    .filter((text) => Number(text) >= 0.000001);

  it('are above zero and fit plain notation', () => {
    fc.assert(
      fc.property(commandable, commandable, (index, currency) => {
        const known = prices({ BTC: index, USDT: currency, ETH: index });
        for (const instrument of [swap, call, { ...call, optionType: 'PUT' as const }]) {
          const result = instrumentMark(instrument, known, now);
          expect(result !== null && isPositive(price(format(result)))).toBe(true);
        }
      }),
    );
  });
});
