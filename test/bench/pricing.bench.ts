import assert from 'node:assert/strict';
import { bench, describe } from 'vitest';
import { blackValues, optionColumns } from '../../subgraphs/margin/domain/scenario/blackValues.js';
import { black76 } from '../../subgraphs/shared/pricing/black76.js';
import { impliedVolatility } from '../../subgraphs/shared/pricing/impliedVolatility.js';

/** Until the expiries, in days, rising; a chain of twenty strikes each, calls and puts in turn. */
const days = [1, 7, 30, 90, 250];
const chain = days.flatMap((day) =>
  Array.from({ length: 20 }, (_, index) => {
    const deviation = 0.6 * Math.sqrt(day / 365);
    const forward = 70_000 * (1 + (0.05 * day) / 365);
    const strike = forward * Math.exp(((index - 9.5) / 5) * deviation);
    return { forward, strike, deviation, isCall: index % 3 === 0 };
  }),
);
/** Eleven moves of the forward by three of the volatility. */
const scenarios = Array.from({ length: 33 }, (_, index) => ({
  forwards: Float64Array.from(chain, ({ forward }) => forward * (1 + ((index % 11) - 5) * 0.04)),
  deviations: Float64Array.from(
    chain,
    ({ deviation }) => deviation * (0.75 + Math.floor(index / 11) * 0.375),
  ),
}));
const columns = optionColumns(
  Float64Array.from(chain, ({ strike }) => strike),
  Uint8Array.from(chain, ({ isCall }) => (isCall ? 1 : 0)),
);
const [values, singly] = [new Float64Array(chain.length), new Float64Array(chain.length)];

function inColumns({ forwards, deviations }: (typeof scenarios)[number]): void {
  blackValues(columns, forwards, deviations, values);
}

function oneByOne({ forwards, deviations }: (typeof scenarios)[number]): void {
  chain.forEach(({ strike, isCall }, index) => {
    singly[index] = black76({
      type: isCall ? 'CALL' : 'PUT',
      forward: forwards[index] ?? NaN,
      strike,
      volatility: deviations[index] ?? NaN,
      years: 1,
      discount: 1,
    });
  });
}

for (const scenario of scenarios) {
  inColumns(scenario);
  oneByOne(scenario);
  values.forEach((value, index) => {
    const expected = singly[index] ?? NaN;
    const error = Math.abs(value - expected) / Math.max(expected, 1);
    assert(error < 1e-12, `${value} is not ${expected}`);
  });
}

// Hertz × 3,300 is values a second.
describe('3,300 Black values: 100 options in 33 scenarios', () => {
  bench('in columns', () => {
    scenarios.forEach(inColumns);
  });

  bench('one by one (baseline)', () => {
    scenarios.forEach(oneByOne);
  });
});

const quotes = chain.map(({ forward, strike, deviation, isCall }) => {
  const option = {
    type: isCall ? ('CALL' as const) : ('PUT' as const),
    ...{ forward, strike, years: 1, discount: 1 },
  };
  return { option, price: black76({ ...option, volatility: deviation }) };
});

describe('the volatilities of 100 prices', () => {
  bench('implied volatility', () => {
    for (const { option, price } of quotes) impliedVolatility(option, price);
  });
});
