import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DemoAsset } from '../../../subgraphs/oracle/domain/demoMarket.js';
import {
  moveWalk,
  restingDeviation,
  startWalk,
  stepWalk,
  type WalkState,
} from '../../../subgraphs/oracle/domain/priceWalk.js';
import { format, isPositive, price } from '../../../subgraphs/shared/units.js';

const bitcoin: DemoAsset = {
  id: 'BTC',
  startPrice: price('68000'),
  decimals: 1,
  annualVolatility: 0.5,
  reversionSeconds: 240,
};

const walk = (state: WalkState, asset: DemoAsset, steps: number, elapsedMs = 250): WalkState[] => {
  const states: WalkState[] = [];
  for (let step = 0; step < steps; step += 1) {
    state = stepWalk(state, asset, elapsedMs);
    states.push(state);
  }
  return states;
};

const values = (states: readonly WalkState[]) => states.map((state) => Number(format(state.price)));

describe('the price walk', () => {
  it('goes the same way for the same seed, and another way for another', () => {
    const prices = (seed: number) =>
      values(walk(startWalk(seed, 'BTC', bitcoin.startPrice), bitcoin, 5));

    expect(prices(42)).toEqual(prices(42));
    expect(prices(43)).not.toEqual(prices(42));
  });

  it('moves assets independently of each other', () => {
    const ether = startWalk(42, 'ETH', bitcoin.startPrice);

    expect(values(walk(ether, bitcoin, 5))).not.toEqual(
      values(walk(startWalk(42, 'BTC', bitcoin.startPrice), bitcoin, 5)),
    );
  });

  it('stays within half a per cent of its anchor for a day', () => {
    const day = values(walk(startWalk(42, 'BTC', bitcoin.startPrice), bitcoin, 86_400, 1000));

    expect(Math.min(...day)).toBeGreaterThan(68_000 * 0.995);
    expect(Math.max(...day)).toBeLessThan(68_000 * 1.005);
  });

  it('spreads around its anchor as widely as its volatility and reversion say', () => {
    const states = walk(startWalk(7, 'BTC', bitcoin.startPrice), bitcoin, 20_000, 600_000);
    const logs = values(states).map((value) => Math.log(value / 68_000));
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + log * log, 0) / logs.length);

    // 0.5 × √(240 s ÷ 31 536 000 s ÷ 2) = 0.000 975; 20 000 independent draws tell it to 0.5 %.
    expect(restingDeviation(bitcoin)).toBeCloseTo(0.000975, 6);
    expect(deviation / restingDeviation(bitcoin)).toBeGreaterThan(0.97);
    expect(deviation / restingDeviation(bitcoin)).toBeLessThan(1.03);
  });

  it('goes on around the level that it was moved to', () => {
    const moved = moveWalk(startWalk(42, 'BTC', bitcoin.startPrice), price('62560.123'));
    const later = values(walk(moved, bitcoin, 1000, 10_000));

    expect([moved.price, moved.anchor]).toEqual([price('62560.123'), price('62560.123')]);
    expect(Math.min(...later)).toBeGreaterThan(62_560 * 0.995);
    expect(Math.max(...later)).toBeLessThan(62_560 * 1.005);
  });

  it('returns to its anchor when it begins away from it', () => {
    const state = startWalk(42, 'BTC', price('70000'), price('68000'));
    const [afterAnHour] = values(walk(state, bitcoin, 1, 3_600_000));

    expect(Math.abs((afterAnHour ?? 0) / 68_000 - 1)).toBeLessThan(0.005);
  });

  it('stands still without volatility, and when no time has passed', () => {
    const state = startWalk(42, 'USD', price('1'));
    const dollar = { ...bitcoin, annualVolatility: 0 };

    expect([stepWalk(state, dollar, 250), stepWalk(state, bitcoin, 0)]).toEqual([state, state]);
  });

  it('quotes on its tick', () => {
    const states = walk(startWalk(42, 'BTC', bitcoin.startPrice), bitcoin, 50);

    expect(states.filter(({ price: at }) => !/^\d+(\.\d)?$/.test(format(at)))).toEqual([]);
  });
});

describe('the price walk, for any asset', () => {
  it('never reaches zero, however small the price and however long the step', () => {
    const digits = fc.integer({ min: 1, max: 999_999_999 });
    const scales = fc.integer({ min: 0, max: 18 });
    fc.assert(
      fc.property(
        digits,
        scales,
        fc.nat(8),
        fc.nat(),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (n, scale, decimals, seed, elapsedMs) => {
          const text = n.toString().padStart(scale + 1, '0');
          const from = price(scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`);
          const asset = { ...bitcoin, annualVolatility: 5, decimals };
          const states = walk(startWalk(seed, 'X', from), asset, 5, elapsedMs);
          expect(states.every((state) => isPositive(state.price))).toBe(true);
        },
      ),
    );
  });
});
