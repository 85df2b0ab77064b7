import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZero, price, quantity, ratio, toFloat } from '../../../../subgraphs/shared/units.js';
import { ChangeError } from '../../../../subgraphs/margin/domain/portfolio/changeError.js';
import type { Inputs } from '../../../../subgraphs/margin/domain/portfolio/evaluate.js';
import type { HypotheticalChange } from '../../../../subgraphs/margin/domain/portfolio/hypotheticalChange.js';
import { hypotheticalInputs } from '../../../../subgraphs/margin/domain/portfolio/hypotheticalInputs.js';
import { incrementalMargin } from '../../../../subgraphs/margin/domain/portfolio/incrementalMargin.js';
import { liquidationPrices } from '../../../../subgraphs/margin/domain/portfolio/liquidationPrices.js';
import type { MarginSet } from '../../../../subgraphs/margin/parameters/marginSet.js';
import {
  PortfolioDocumentError,
  portfolioInputs,
} from '../../../../subgraphs/margin/portfolioDocument.js';
import { NOW } from '../books.js';
import { BTC, call, swap } from './documentParts.js';
import { allParameters, marginBy, setNamed, unified } from './models.js';

const MOST = '99999999999999999999';
const LEAST = '0.000000000000000001';

const inputsOf = (positions: object[], assets: object[] = [BTC]) =>
  portfolioInputs({ positions, market: { assets } }, NOW);

const shock = (move: string, volatility = '0'): HypotheticalChange => ({
  kind: 'SHOCK',
  underlying: 'BTC',
  price: ratio(move),
  volatility: ratio(volatility),
});

describe('a position whose mark is less than float64 models can hold', () => {
  it('leaves the margin unknown, and names the venue and the instrument', () => {
    // 10⁻¹⁸ of a currency of a millionth of a dollar: nothing, in units of 10⁻¹⁸ dollars.
    const dust = { ...swap, id: 'dust', venue: 'okx', priceCurrency: 'XEC', markPrice: LEAST };
    const { book, market } = inputsOf([dust], [BTC, { asset: 'XEC', price: '0.000001' }]);

    expect(unified.evaluate(book, market).account).toEqual({
      kind: 'unknown',
      id: 'portfolio',
      unpriced: [],
      venues: [{ venue: 'okx', reason: 'okx:dust: a mark of 0 cannot be computed with' }],
    });
    expect(unified.explain(book, market)).toBe(null);
  });
});

describe('a requirement of more dollars than there are', () => {
  it('leaves the standard margin unknown too', () => {
    // A tenth of the strike for each of a thousand.
    const terms = { optionType: 'PUT', strike: MOST, size: '-1000', markPrice: '0' };
    const { book, market } = inputsOf([{ ...call, ...terms, venue: 'okx' }]);

    expect(setNamed('standard', 'standard-cboe').evaluate(book, market).account).toMatchObject({
      kind: 'unknown',
      venues: [{ venue: 'okx' }],
    });
  });
});

describe('a liquidation price that cannot be written', () => {
  it('is none', () => {
    const inputs = portfolioInputs(
      {
        positions: [{ ...swap, size: `-${LEAST}`, multiplier: LEAST }],
        collateral: [{ asset: 'USD', quantity: '0.0000000000000001' }],
        market: { assets: [{ ...BTC, price: MOST }] },
      },
      NOW,
    );

    expect(liquidationPrices(unified.surplus, inputs)).toEqual([
      { underlying: 'BTC', below: null, above: null },
    ]);
  });
});

describe('a shock beyond what can be priced', () => {
  const refusal = (inputs: Inputs, ...changes: HypotheticalChange[]) => {
    try {
      hypotheticalInputs(inputs, changes);
    } catch (error) {
      if (error instanceof ChangeError) return error.message;
      throw error;
    }
    return 'none';
  };

  it('is refused with its field', () => {
    const ordinary = inputsOf([swap, call]);

    expect(refusal(ordinary, shock('-0.99'), shock('100'))).toBe('none');
    expect(refusal(ordinary, shock('1000.1'))).toBe(
      'changes.0.price: must be at most 1000, which is 100,000 %',
    );
    expect(refusal(ordinary, shock('0', '1000.1'))).toBe(
      'changes.0.volatility: must be at most 1000, which is 100,000 %',
    );
  });

  it('is refused where it leaves the index without a price that can be written', () => {
    const reason = 'moves BTC to nothing, or to more than 20 digits';
    const dust = inputsOf([swap], [{ ...BTC, price: LEAST }]);
    const most = inputsOf([swap], [{ ...BTC, price: MOST }]);

    expect(refusal(dust, shock('-0.99'))).toBe(`changes.0.price: ${reason}`);
    expect(refusal(most, shock('0'), shock('0.01'))).toBe(`changes.1.price: ${reason}`);
  });

  it('is refused where volatilities leave float64 one shock after the other', () => {
    // 0.6 × 1 001⁷ is 6 × 10²⁰, which has 21 digits.
    const livelier = Array.from({ length: 7 }, () => shock('0', '1000'));

    expect(refusal(inputsOf([call]), ...livelier)).toContain(
      'changes.6.volatility: leads beyond what can be priced',
    );
  });

  it('carries the mark of an option over 20 digits where the index is still below', () => {
    // Exercised it pays 89 dollars, in a coin of 10⁻¹⁸ dollars: 8.9 × 10¹⁹.
    const position = { ...call, size: LEAST, multiplier: LEAST, strike: '1', priceCurrency: 'XEC' };
    const assets = [
      { ...BTC, price: '90' },
      { asset: 'XEC', price: LEAST },
    ];
    const after = hypotheticalInputs(inputsOf([position], assets), [shock('9')]);
    const [marked] = after.book.venues[0]?.state?.positions ?? [];

    // At ten times the price 899 dollars: 8.99 × 10²⁰ of the coin.
    expect(toFloat(marked?.markPrice ?? price('0')) / 8.99e20).toBeCloseTo(1, 9);
  });
});

/** Nothing in it, however deep, is a number or a decimal without an end. */
function expectFinite(result: unknown): void {
  if (result === undefined) return;
  const text = JSON.stringify(result, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'NaN' : value,
  );
  expect(text).not.toMatch(/NaN|Infinity/);
}

/** Undefined where the change is refused, with its field. */
function unlessRefused<Result>(attempt: () => Result): Result | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof ChangeError || error instanceof PortfolioDocumentError) return undefined;
    throw error;
  }
}

describe('any portfolio of absurd numbers', () => {
  const amounts = fc.constantFrom(MOST, '9999999999', '70000', '1', '0.000001', LEAST);
  const sizes = fc.tuple(amounts, fc.boolean()).map(([a, isShort]) => (isShort ? `-${a}` : a));
  const currencies = fc.constantFrom('USD', 'BTC', 'XEC');
  const perhaps = <Of>(of: fc.Arbitrary<Of>) => fc.option(of, { nil: undefined });
  const terms = {
    underlying: fc.constant('BTC'),
    venue: fc.constantFrom('deribit', 'okx'),
    size: sizes,
    priceCurrency: currencies,
    settlementCurrency: perhaps(currencies),
    multiplier: perhaps(amounts),
    entryPrice: perhaps(amounts),
    markPrice: perhaps(amounts),
  };
  const expiries = fc.constantFrom(
    '2020-01-01T00:00:00Z', // Refused.
    new Date(NOW.getTime() + 1_000).toISOString(),
    '2026-12-25T08:00:00Z',
    '2076-11-22T12:00:00Z',
  );
  const options = fc.record({
    ...terms,
    type: fc.constant('OPTION'),
    expiry: expiries,
    strike: amounts,
    optionType: fc.constantFrom('CALL', 'PUT'),
    volatility: perhaps(fc.constantFrom('0', '0.000001', '0.6', '100')),
  });
  const futures = fc.record({
    ...terms,
    type: fc.constantFrom('LINEAR', 'INVERSE'),
    expiry: perhaps(expiries),
  });
  const documents = fc.record({
    positions: fc.array(fc.oneof(options, futures), { minLength: 1, maxLength: 3 }),
    collateral: fc.array(
      fc.record({ asset: currencies, quantity: sizes, venue: fc.constantFrom('deribit', 'okx') }),
      { maxLength: 1 },
    ),
    market: fc.record({
      assets: fc.tuple(amounts, amounts).map(([index, coin]) => [
        { asset: 'BTC', price: index, haircut: '0.05' },
        { asset: 'XEC', price: coin },
      ]),
      forwards: fc.array(
        fc.record({
          underlying: fc.constant('BTC'),
          expiry: expiries,
          price: amounts,
          rate: fc.constantFrom('0', '0.05', '-1', MOST),
        }),
        { maxLength: 1 },
      ),
    }),
  });
  /** Without what is undefined, as a file has it. */
  const read = (document: unknown): Inputs | undefined =>
    unlessRefused(() => portfolioInputs(JSON.parse(JSON.stringify(document)), NOW));
  const sets = fc.constantFrom(...allParameters.sets);
  const check = (property: (inputs: Inputs, set: MarginSet) => void) =>
    fc.assert(
      fc.property(documents, sets, (document, set) => {
        const inputs = read(document);
        fc.pre(inputs !== undefined);
        property(inputs, set);
      }),
      { numRuns: 40 },
    );

  /** And says why where it is not known. */
  function evaluated({ book, market }: Inputs, set: MarginSet) {
    const { account, venues } = set.evaluate(book, market);
    expectFinite({ account, venues });
    if (account.kind === 'unknown') {
      expect([...account.venues, ...account.unpriced]).not.toEqual([]);
    }
    return account;
  }

  it('has a finite margin by every model and an explanation of it, or neither for a reason', () => {
    check((inputs, set) => {
      const explanation = set.explain(inputs.book, inputs.market);
      const margin = evaluated(inputs, set);
      expectFinite(explanation);
      expect(explanation?.initialMargin.amount).toEqual(
        margin.kind === 'known' ? margin.initialMargin : undefined,
      );
    });
  });

  it('is compared under each architecture', () => {
    const models = (['isolated', 'standard', 'portfolio'] as const).map((model) =>
      allParameters.inForce(model, NOW),
    );
    check((inputs) => {
      for (const model of models) evaluated(inputs, model);
    });
  });

  it('has a margin after any shock and later, unless the shock is refused', () => {
    const changes: readonly HypotheticalChange[] = [
      shock('-0.99'),
      shock('100'),
      shock('0', '-0.99'),
      shock('0', '100'),
      shock(MOST),
      { kind: 'TIME', milliseconds: 50 * 365 * 86_400_000 },
    ];
    check((inputs, set) => {
      for (const change of changes) {
        const after = unlessRefused(() => hypotheticalInputs(inputs, [change]));
        if (after !== undefined) evaluated(after, set);
      }
    });
  });

  it('has an incremental margin of any trade, or none that is known', () => {
    check((inputs, set) => {
      const [venue] = inputs.book.venues;
      const [held] = venue?.state?.positions ?? [];
      if (venue === undefined || held === undefined) return;
      for (const size of [MOST, `-${LEAST}`]) {
        const added = unlessRefused(() =>
          incrementalMargin(set.evaluate, inputs, [
            {
              kind: 'TRADE',
              venueAccountId: venue.venueAccountId,
              instrument: held.instrument.id,
              size: quantity(size),
              price: null,
              markPrice: null,
              volatility: null,
            },
          ]),
        );
        expectFinite(added);
      }
    });
  });

  it('is known often enough for these to mean something', () => {
    const margins = fc
      .sample(documents, { seed: 1, numRuns: 100 })
      .flatMap((document) => read(document) ?? [])
      .map(({ book, market }) => setNamed('scenario', 'unified').evaluate(book, market).account);
    const known = margins.filter((margin) => margin.kind === 'known');

    expect(known.length).toBeGreaterThan(margins.length / 5);
    expect(known.some(({ initialMargin }) => !isZero(initialMargin))).toBe(true);
  });
});

describe('a portfolio of 10,000 positions', () => {
  it('is evaluated', { timeout: 60_000 }, () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({ ...swap, size: String(i + 1) }));
    const { book, market } = inputsOf(many);
    const { initialMargin } = marginBy(setNamed('scenario', 'derive-pm2'), book, market);

    // A fifth of 10 000 × 10 001 ÷ 2 coins, and charges on top.
    expect(toFloat(initialMargin)).toBeGreaterThan(0.18 * 70_000 * 50_005_000);
  });
});
