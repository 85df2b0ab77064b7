import assert from 'node:assert/strict';
import { bench, describe } from 'vitest';
import type { RiskBook, UnderlyingRisk } from '../../subgraphs/margin/domain/risk/riskBook.js';
import { accountScan, holdings } from '../../subgraphs/margin/domain/scenario/accountScan.js';
import { preparedScan } from '../../subgraphs/margin/domain/scenario/preparedScan.js';
import { riskArrays } from '../../subgraphs/margin/domain/scenario/riskArrays.js';
import { scanProfits } from '../../subgraphs/margin/domain/scenario/scan.js';
import { scanMarket } from '../../subgraphs/margin/domain/scenario/scanMarket.js';
import { accountUniverse } from './scenario/accountUniverse.js';
import { decimalScan } from './scenario/decimalBaseline.js';
import { floatScan } from './scenario/floatBaseline.js';
import { scan } from './scenario/gridRules.js';
import { optionBook, randomNumbers } from './scenario/optionBook.js';

/** A baseline that takes seconds is run a few times only. */
const few = { iterations: 2, time: 0, warmupIterations: 1, warmupTime: 0 };

const hundred = optionBook(100, 0, randomNumbers(1));
const thousand = optionBook(1000, 0, randomNumbers(2));

/** A full revaluation; every number is priced anew. */
const engine = ({ underlyings }: RiskBook) =>
  worstLoss(scanProfits(preparedScan(scan, underlyings[0]!)));
const worstLoss = (profits: Float64Array) => profits.reduce((a, b) => Math.max(a, -b), 0);

for (const book of [hundred, thousand]) assertClose(engine(book), floatScan(book));
assertClose(engine(hundred), decimalScan(hundred).toNumber());

// Hertz × 3,300 is revaluations a second on one core.
describe('margin of 100 options in 33 scenarios: 3,300 revaluations', () => {
  bench('engine', () => {
    engine(hundred);
  });
  bench('plain loop in float64 (baseline)', () => {
    floatScan(hundred);
  });
  bench(
    'plain loop in decimals (baseline)',
    () => {
      decimalScan(hundred);
    },
    few,
  );
});

describe('margin of 1,000 options in 33 scenarios: 33,000 revaluations', () => {
  bench('engine', () => {
    engine(thousand);
  });
  bench('plain loop in float64 (baseline)', () => {
    floatScan(thousand);
  });
});

const { whole, accounts } = accountUniverse(10_000, 20, randomNumbers(3));
const account = accounts[0]!;
const market = scanMarket(scan, whole);
const shared = riskArrays(market);
const held = accounts.map(({ underlyings }) => holdings(shared, underlyings[0]!));
const ticked = { ...account.underlyings[0]!.options[0]!, volatility: 0.77 };

/** One option's price has moved: it is priced anew in all scenarios, the others are as they were. */
function afterTick() {
  const [array] = riskArrays(market).options([ticked]);
  const moved = held[0]!.with(0, { quantity: ticked.quantity, array: array! });
  return worstLoss(accountScan(market, moved));
}

const tickedBook: RiskBook = {
  ...account,
  underlyings: account.underlyings.map((underlying) => ({
    ...underlying,
    options: underlying.options.with(0, ticked),
  })),
};
assertClose(afterTick(), floatScan(tickedBook));
held.slice(0, 20).forEach((of, index) => {
  assertClose(worstLoss(accountScan(market, of)), floatScan(accounts[index]!));
});

describe('margin of one account with 20 positions after one price tick', () => {
  bench('engine, incremental', () => {
    afterTick();
  });
  bench('engine, everything priced anew', () => {
    engine(tickedBook);
  });
  bench('plain loop in float64 (baseline)', () => {
    floatScan(tickedBook);
  });
  bench(
    'plain loop in decimals (baseline)',
    () => {
      decimalScan(tickedBook);
    },
    few,
  );
});

describe('margin of 10,000 accounts with 20 positions each, all recomputed for new prices', () => {
  bench('engine: 220 risk arrays, then each account', () => {
    const arrays = riskArrays(scanMarket(scan, whole));
    for (const { underlyings } of accounts) {
      worstLoss(accountScan(arrays.market, holdings(arrays, underlyings[0]!)));
    }
  });
  bench(
    'plain loop in float64 (baseline)',
    () => {
      for (const book of accounts) floatScan(book);
    },
    few,
  );
});

const positions = accounts.map(({ underlyings }) => positionsOf(underlyings[0]!));
const moved = afterSpotMove(whole, 1.001);

/** Every price has moved and no holding has: the arrays are made once, an account is a dot product. */
function afterSpotTick(count: number): readonly number[] {
  const arrays = riskArrays(scanMarket(scan, moved));
  const byLine = [...arrays.options(moved.options), ...moved.futures.map(arrays.future)];
  return positions.slice(0, count).map((of) => {
    const renewed = of.map(({ quantity, line }) => ({ quantity, array: byLine[line]! }));
    return worstLoss(accountScan(arrays.market, renewed));
  });
}

const movedBooks = accounts.slice(0, 20).map((book): RiskBook => ({
  ...book,
  underlyings: book.underlyings.map((underlying) => afterSpotMove(underlying, 1.001)),
}));
afterSpotTick(20).forEach((loss, index) => {
  assertClose(loss, floatScan(movedBooks[index]!));
});

// Milliseconds ÷ 10 are the microseconds of one account.
describe('margin of 10,000 accounts with 20 positions each after a tick of the spot', () => {
  bench('engine: 220 risk arrays, then a dot product for each account', () => {
    afterSpotTick(accounts.length);
  });
});

describe('margin of one account with 20 positions after a tick of the spot', () => {
  bench('engine, alone: nothing to share', () => {
    engine(movedBooks[0]!);
  });
  bench('plain loop in float64 (baseline)', () => {
    floatScan(movedBooks[0]!);
  });
});

/** What an account keeps between ticks; a line is an instrument's place in the whole book. */
function positionsOf({ options, futures }: UnderlyingRisk) {
  return [...options, ...futures].map(({ line, quantity }) => ({ line, quantity }));
}

/** Spot, forwards and marks times `factor`. */
function afterSpotMove(underlying: UnderlyingRisk, factor: number): UnderlyingRisk {
  const times = (feed: UnderlyingRisk['spot']) => ({ ...feed, price: feed.price * factor });
  return {
    ...underlying,
    spot: times(underlying.spot),
    expiries: underlying.expiries.map((curve) => ({ ...curve, forward: times(curve.forward) })),
    futures: underlying.futures.map((future) => ({ ...future, mark: future.mark * factor })),
  };
}

/** To the digits that a sum of so many prices leaves. */
function assertClose(actual: number, expected: number): void {
  assert(Math.abs(actual - expected) <= 1e-9 * Math.max(expected, 1), `${actual}, not ${expected}`);
}
