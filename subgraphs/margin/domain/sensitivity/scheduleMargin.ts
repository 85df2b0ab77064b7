/**
 * Margin by schedule: a share of each trade's notional by product and maturity, lowered where gains
 * and losses of the portfolio net.
 * Source: BCBS and IOSCO, "Margin requirements for non-centrally cleared derivatives", Appendix A.
 */

export interface ScheduleRules {
  /** By product class; in rising order of `belowYears`. */
  readonly shares: ReadonlyMap<string, readonly ScheduleShare[]>;
  /** The share of the gross margin that stays however well the portfolio nets: 0.4. */
  readonly grossShare: number;
}

export interface ScheduleShare {
  /** Such as «Interest Rate 2-5 years». */
  readonly label: string;
  /** Holds below this maturity; Infinity for the last. */
  readonly belowYears: number;
  /** Of notional: 0.02. */
  readonly share: number;
}

export interface ScheduleTrade {
  readonly productClass: string;
  /** Until it ends. */
  readonly years: number;
  /** USD; the sign makes no difference. */
  readonly notional: number;
  /** USD, positive where the book gains. */
  readonly presentValue: number;
}

export interface ScheduleMargin {
  /** Of each trade, in the order given. */
  readonly trades: readonly ScheduleTradeMargin[];
  readonly grossMargin: number;
  /** Σ of the trades' gains (CALL), or of their losses (POST), which is then negative. */
  readonly grossReplacementCost: number;
  /** The portfolio's gain or loss, in the same way. */
  readonly netReplacementCost: number;
  /** Net ÷ gross: 0 where all of it nets away, and 1 of nothing at all. */
  readonly netToGross: number;
  /** Gross margin × (0.4 + 0.6 × net ÷ gross). */
  readonly amount: number;
}

export interface ScheduleTradeMargin {
  readonly label: string;
  readonly share: number;
  readonly grossMargin: number;
}

/** A product class or a number that the schedule has no share for. */
export class UnscheduledTrade extends RangeError {
  override readonly name = 'UnscheduledTrade';
}

/** Throws UnscheduledTrade. */
export function scheduleMargin(
  trades: readonly ScheduleTrade[],
  rules: ScheduleRules,
  side: 'CALL' | 'POST',
): ScheduleMargin {
  const margins = trades.map((trade) => tradeMargin(trade, rules));
  const ofSide = (value: number) => (side === 'CALL' ? Math.max(value, 0) : Math.min(value, 0));
  const values = trades.map(({ presentValue }) => finite('presentValue', presentValue));
  const grossMargin = total(margins.map((margin) => margin.grossMargin));
  const grossReplacementCost = total(values.map(ofSide));
  const netReplacementCost = ofSide(total(values));
  const netToGross = grossReplacementCost === 0 ? 1 : netReplacementCost / grossReplacementCost;
  const { grossShare } = rules;
  return {
    trades: margins,
    grossMargin,
    grossReplacementCost,
    netReplacementCost,
    netToGross,
    amount: grossMargin * (grossShare + (1 - grossShare) * netToGross),
  };
}

function tradeMargin(trade: ScheduleTrade, rules: ScheduleRules): ScheduleTradeMargin {
  const { productClass, years, notional } = trade;
  const found = rules.shares.get(productClass)?.find(({ belowYears }) => years < belowYears);
  if (found === undefined) {
    throw new UnscheduledTrade(`productClass «${productClass}», ${years} years: no share`);
  }
  const { label, share } = found;
  return { label, share, grossMargin: share * Math.abs(finite('notional', notional)) };
}

function finite(field: string, value: number): number {
  if (!Number.isFinite(value)) throw new UnscheduledTrade(`${field}: ${value} is not finite`);
  return value;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
