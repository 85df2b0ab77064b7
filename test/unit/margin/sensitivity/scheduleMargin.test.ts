import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actualYears } from '../../../../subgraphs/margin/domain/sensitivity/actualYears.js';
import {
  scheduleMargin,
  UnscheduledTrade,
  type ScheduleRules,
} from '../../../../subgraphs/margin/domain/sensitivity/scheduleMargin.js';

const rules: ScheduleRules = {
  shares: new Map([
    [
      'Rates',
      [
        { label: 'short', belowYears: 2, share: 0.01 },
        { label: 'long', belowYears: Infinity, share: 0.04 },
      ],
    ],
  ]),
  grossShare: 0.4,
};
const trade = (notional: number, presentValue: number, years = 1) => ({
  productClass: 'Rates',
  years,
  notional,
  presentValue,
});

describe('scheduleMargin', () => {
  it('asks for 40 % of the gross margin, and 60 % as far as values do not net', () => {
    // Gross 0.01 × 1000 + 0.04 × 500 = 30. Gains 300 − losses 200 net to 100 of 300: ⅓.
    const trades = [trade(1000, 300), trade(-500, -200, 2)];

    expect(scheduleMargin(trades, rules, 'CALL')).toMatchObject({
      trades: [
        { label: 'short', share: 0.01, grossMargin: 10 },
        { label: 'long', share: 0.04, grossMargin: 20 },
      ],
      grossMargin: 30,
      grossReplacementCost: 300,
      netReplacementCost: 100,
      netToGross: 1 / 3,
      amount: 30 * (0.4 + 0.6 / 3),
    });
    // The other side has lost 200 gross, and nothing net.
    const post = scheduleMargin(trades, rules, 'POST');
    expect([post.grossReplacementCost, post.amount]).toEqual([-200, 12]);
  });

  it('is all of the gross margin where nothing has a value', () => {
    expect(scheduleMargin([trade(1000, 0)], rules, 'CALL').amount).toBe(10);
  });

  it('is between 40 and 100 % of the gross margin', () => {
    const amounts = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amounts, amounts)), (given) => {
        const trades = given.map(([notional, value]) => trade(notional, value));
        const { amount, grossMargin } = scheduleMargin(trades, rules, 'CALL');

        expect(amount).toBeGreaterThanOrEqual(grossMargin * 0.4 * (1 - 1e-12));
        expect(amount).toBeLessThanOrEqual(grossMargin * (1 + 1e-12));
      }),
    );
  });

  it.each([
    ['product class', { ...trade(1, 1), productClass: 'Other' }, 'productClass «Other»'],
    ['notional', trade(NaN, 1), 'notional: NaN'],
    ['value', trade(1, Infinity), 'presentValue: Infinity'],
    ['maturity', trade(1, 1, NaN), 'NaN years'],
  ])('refuses a %s that the schedule does not know', (_, bad, message) => {
    expect(() => scheduleMargin([bad], rules, 'CALL')).toThrow(UnscheduledTrade);
    expect(() => scheduleMargin([bad], rules, 'CALL')).toThrow(message);
    expect(() => scheduleMargin([bad], rules, 'CALL')).toThrow(
      expect.objectContaining({ name: 'UnscheduledTrade' }),
    );
  });
});

describe('actualYears', () => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);

  it('counts each day in its own year', () => {
    // 4 of 366 days, one year, 234 of 365 days.
    expect(actualYears(day('2020-12-28'), day('2022-08-23'))).toBeCloseTo(
      4 / 366 + 1 + 234 / 365,
      12,
    );
    expect(actualYears(day('2021-01-01'), day('2022-01-01'))).toBe(1);
    expect(actualYears(day('2022-01-01'), day('2021-01-01'))).toBe(-1);
    expect(actualYears(day('2020-02-29'), day('2020-02-29'))).toBe(0);
  });
});
