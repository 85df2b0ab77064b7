/** The published shares of notional. Source: BCBS and IOSCO, Appendix A of the margin requirements. */

import type {
  ScheduleRules,
  ScheduleShare,
} from '../../../subgraphs/margin/domain/sensitivity/scheduleMargin.js';

const byMaturity = (name: string, ...shares: readonly [number, number, number]) =>
  (
    [
      [2, '0-2 years'],
      [5, '2-5 years'],
      [Infinity, '5+ years'],
    ] as const
  ).map(([belowYears, years], i): ScheduleShare => ({
    label: `${name} ${years}`,
    belowYears,
    share: shares[i] ?? NaN,
  }));

const flat = (label: string, share: number): readonly ScheduleShare[] => [
  { label, belowYears: Infinity, share },
];

export const scheduleTable: ScheduleRules = {
  shares: new Map([
    ['Credit', byMaturity('Credit', 0.02, 0.05, 0.1)],
    ['Commodity', flat('Commodity', 0.15)],
    ['Equity', flat('Equity', 0.15)],
    ['FX', flat('FX', 0.06)],
    ['Rates', byMaturity('Interest Rate', 0.01, 0.02, 0.04)],
    ['Other', flat('Other', 0.15)],
  ]),
  grossShare: 0.4,
};
