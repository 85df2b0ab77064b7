/** What a what-if asks for, as changes of the domain. */

import { badUserInputAt, type InputProblem } from '../../shared/errors.js';
import { ratio, type Price, type Quantity, type Ratio } from '../../shared/units.js';
import type { HypotheticalChange, Trade } from '../domain/portfolio/hypotheticalChange.js';
import { instrumentTerms, type InstrumentInput } from './instrumentTerms.js';

/** See `WhatIfInput` in schema.graphql. */
export interface WhatIfInput {
  readonly trades: readonly TradeInput[];
  readonly collateralMoves: readonly CollateralMoveInput[];
  readonly shocks: readonly MarketShockInput[];
  readonly secondsLater: number;
}

interface TradeInput {
  readonly venueAccountId: string;
  readonly instrumentId?: string | null;
  readonly instrument?: InstrumentInput | null;
  readonly size: Quantity;
  readonly price?: Price | null;
  readonly markPrice?: Price | null;
  readonly volatility?: Ratio | null;
}

interface MarketShockInput {
  readonly underlying: string;
  readonly price?: Ratio | null;
  readonly volatility?: Ratio | null;
}

interface CollateralMoveInput {
  readonly asset: string;
  readonly quantity: Quantity;
  readonly fromVenueAccountId?: string | null;
  readonly toVenueAccountId?: string | null;
}

/** A change, and where in the input it was asked for. */
export interface AskedChange {
  readonly change: HypotheticalChange;
  readonly path: string;
}

const NONE = ratio('0');

const LIMITS = { trades: 200, collateralMoves: 200, shocks: 100 } as const;

/** Trades first, then what else is asked for. Throws BAD_USER_INPUT with every mistake. */
export function whatIfChanges(input: WhatIfInput): readonly AskedChange[] {
  const problems: InputProblem[] = [];
  for (const [list, limit] of Object.entries(LIMITS)) {
    const { length } = input[list as keyof typeof LIMITS];
    if (length > limit) {
      problems.push({ path: `input.${list}`, message: `at most ${limit}, not ${length}` });
    }
  }
  if (problems.length > 0) throw badUserInputAt('input', problems);
  const trades = input.trades.map((trade, place) =>
    asked('trades', place, tradeOf(trade, `input.trades.${place}`, problems)),
  );
  if (problems.length > 0) throw badUserInputAt('input', problems);
  return [
    ...trades,
    ...input.collateralMoves.map((move, place) =>
      asked('collateralMoves', place, {
        kind: 'COLLATERAL',
        asset: move.asset,
        quantity: move.quantity,
        from: move.fromVenueAccountId ?? null,
        to: move.toVenueAccountId ?? null,
      }),
    ),
    ...input.shocks.map(({ underlying, price, volatility }, place) =>
      asked('shocks', place, {
        kind: 'SHOCK',
        underlying,
        price: price ?? NONE,
        volatility: volatility ?? NONE,
      }),
    ),
    ...(input.secondsLater === 0 ? [] : [timePassage(input.secondsLater)]),
  ];
}

const INPUT_FIELDS = new Map([
  ['from', 'fromVenueAccountId'],
  ['to', 'toVenueAccountId'],
  ['milliseconds', 'secondsLater'],
]);

/** The name in the input of a change's field. */
export const changeField = (field: string): string => INPUT_FIELDS.get(field) ?? field;

const asked = (list: string, place: number, change: HypotheticalChange): AskedChange => ({
  change,
  path: `input.${list}.${place}`,
});

const timePassage = (seconds: number): AskedChange => ({
  change: { kind: 'TIME', milliseconds: seconds * 1_000 },
  path: 'input',
});

function tradeOf(input: TradeInput, path: string, problems: InputProblem[]): Trade {
  const { venueAccountId, size, price, markPrice, volatility } = input;
  return {
    kind: 'TRADE',
    venueAccountId,
    instrument: tradedInstrument(input, path, problems),
    size,
    price: price ?? null,
    markPrice: markPrice ?? null,
    volatility: volatility ? { volatility, confidence: ratio('1') } : null,
  };
}

function tradedInstrument(
  { instrumentId, instrument }: TradeInput,
  path: string,
  problems: InputProblem[],
): Trade['instrument'] {
  if (instrument && !instrumentId) {
    return instrumentTerms(instrument, `${path}.instrument`, problems);
  }
  if (!instrumentId || instrument) {
    problems.push({ path, message: 'give either instrumentId or instrument' });
  }
  return instrumentId ?? '';
}
