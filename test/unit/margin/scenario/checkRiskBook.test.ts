import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import type { Component } from '../../../../subgraphs/margin/domain/scenario/component.js';
import { RiskInputError } from '../../../../subgraphs/margin/domain/scenario/riskInputError.js';
import { scenarioRequirement } from '../../../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import type { ScenarioRules } from '../../../../subgraphs/margin/domain/scenario/scenarioRules.js';
import { bookOf, call, coins, expiry, fed, fullScan, perpetual, underlying } from './riskBooks.js';

const rules: ScenarioRules = {
  byUnderlying: new Map(),
  others: {
    components: new Map<string, Component>([
      ['SCAN', fullScan],
      [
        'BASIS',
        {
          kind: 'BASIS_SCENARIO',
          up: 0.05,
          down: -0.05,
          share: 1,
          sharePerYear: 2,
          discountsMarks: true,
        },
      ],
      ['ORACLE', { kind: 'ORACLE_CONFIDENCE', threshold: 0.5, factor: 1 }],
      ['HAIRCUT', { kind: 'COLLATERAL_HAIRCUT', level: 'MAINTENANCE' }],
      ['NAKED', { kind: 'NAKED_SHORT_OPTION', rate: 0.01 }],
      ['PERPETUAL', { kind: 'PERPETUAL_CONTINGENCY', rate: 0.01 }],
    ]),
    initialMargin: {
      sum: [{ largest: ['SCAN', 'BASIS'] }, 'ORACLE', 'HAIRCUT', 'NAKED', 'PERPETUAL'],
    },
    maintenanceMargin: 'SCAN',
  },
  collateral: {
    countedIn: 'SETTLEMENT_CURRENCY',
    byAsset: new Map(),
    others: { maintenanceHaircut: 1, initialHaircut: 0, isRiskCancellingOf: null },
  },
};

const requirementOf = (book: RiskBook) => scenarioRequirement(book, rules).initialMargin.amount;

/** «field reason» of the refusal. */
function refusal(book: RiskBook): string {
  try {
    requirementOf(book);
  } catch (error) {
    if (error instanceof RiskInputError) return `${error.field} ${error.reason}`;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a book with a number out of its range', () => {
  const whole = underlying();
  const wrong: Record<string, RiskBook> = {
    'stable.price must be above zero': { ...bookOf(whole), stable: fed(0) },
    'BTC.spot.price must be a number of at most 1e+60': bookOf({ ...whole, spot: fed(NaN) }),
    'BTC.spot.confidence must be between 0 and 1': bookOf({ ...whole, spot: fed(1, 1.5) }),
    'BTC.priceAgeSeconds must not be negative': bookOf({ ...whole, priceAgeSeconds: -1 }),
    'BTC.perpetualConfidence must be between 0 and 1': bookOf({
      ...whole,
      perpetualConfidence: NaN,
    }),
    'BTC.returns[1] must be a number of at most 1e+60': bookOf({
      ...whole,
      returns: [0, Infinity],
    }),
    'BTC.expiries[0].seconds must not be negative': bookOf({ ...whole, expiries: [expiry(-1)] }),
    'BTC.expiries[1].seconds must rise from one to the next': bookOf({
      ...whole,
      expiries: [expiry(3), expiry(3)],
    }),
    'BTC.expiries[0].forward.price must be above zero': bookOf({
      ...whole,
      expiries: [expiry(1, { forward: fed(0) })],
    }),
    'BTC.expiries[0].forwardFixed must be at most the forward price': bookOf({
      ...whole,
      expiries: [expiry(1, { forwardFixed: 101 })],
    }),
    'BTC.expiries[0].forwardFixed must not be negative': bookOf({
      ...whole,
      expiries: [expiry(1, { forwardFixed: -1 })],
    }),
    'BTC.expiries[0].rate.price must be a number of at most 1e+60': bookOf({
      ...whole,
      expiries: [expiry(1, { rate: fed(NaN) })],
    }),
    'BTC.expiries[0].rate.price discounts to nothing': bookOf({
      ...whole,
      expiries: [expiry(365, { rate: fed(1000) })],
    }),
    'BTC.expiries[0].rate.confidence must be between 0 and 1': bookOf({
      ...whole,
      expiries: [expiry(1, { rate: fed(0, -0.1) })],
    }),
    'BTC.futures[0].line points at nothing': bookOf({
      ...whole,
      futures: [perpetual(1, { line: 40 })],
    }),
    'BTC.futures[0].expiry points at nothing': bookOf({
      ...whole,
      futures: [perpetual(1, { expiry: 1 })],
    }),
    'BTC.futures[0].quantity must be a number of at most 1e+60': bookOf({
      ...whole,
      futures: [perpetual(NaN)],
    }),
    'BTC.futures[0].mark must be above zero': bookOf({
      ...whole,
      futures: [perpetual(1, { mark: 0 })],
    }),
    'BTC.futures[0].pointValue must be above zero': bookOf({
      ...whole,
      futures: [perpetual(1, { pointValue: -1 })],
    }),
    'BTC.options[1].line points at nothing': bookOf({
      ...whole,
      options: [call(1), call(1, { line: 0.5 })],
    }),
    'BTC.options[0].expiry points at nothing': bookOf({
      ...whole,
      options: [call(1, { expiry: -1 })],
    }),
    'BTC.options[0].quantity must be a number of at most 1e+60': bookOf({
      ...whole,
      options: [call(1e61)],
    }),
    'BTC.options[0].strike must be above zero': bookOf({
      ...whole,
      options: [call(1, { strike: 0 })],
    }),
    'BTC.options[0].volatility must not be negative': bookOf({
      ...whole,
      options: [call(1, { volatility: -0.1 })],
    }),
    'BTC.options[0].confidence must be between 0 and 1': bookOf({
      ...whole,
      options: [call(1, { confidence: 2 })],
    }),
    'BTC.collateral[0].line points at nothing': bookOf({
      ...whole,
      collateral: [coins(1, { line: -1 })],
    }),
    'BTC.collateral[0].quantity must be a number of at most 1e+60': bookOf({
      ...whole,
      collateral: [coins(-Infinity)],
    }),
    'BTC.collateral[0].price.price must be above zero': bookOf({
      ...whole,
      collateral: [coins(1, { price: fed(-3) })],
    }),
    'BTC.collateral[0].maintenanceHaircut must be between 0 and 1': bookOf({
      ...whole,
      collateral: [coins(1, { maintenanceHaircut: 1.1 })],
    }),
    'BTC.collateral[0].initialHaircut must be between 0 and 1': bookOf({
      ...whole,
      collateral: [coins(1, { initialHaircut: NaN })],
    }),
  };

  it.each(Object.entries(wrong))('is refused: %s', (message, book) => {
    expect(refusal(book)).toBe(message);
  });

  it('is refused in words that show the number', () => {
    const error = new RiskInputError('BTC.spot.price', 'must be above zero', -1);

    expect(error.message).toBe('BTC.spot.price must be above zero, and is -1');
    expect(error.name).toBe('RiskInputError');
  });
});

describe('a book at the edge of what is allowed', () => {
  const wild = fc.constantFrom(0, 1e-60, 1e-9, 1, 1e30, 1e60);
  const positive = fc.constantFrom(1e-60, 1e-9, 1, 1e30, 1e60);
  const signed = fc.tuple(wild, fc.constantFrom(1, -1)).map(([size, sign]) => size * sign);
  const share = fc.constantFrom(0, 0.3, 1);
  const seconds = fc.constantFrom(0, 1, 86_400, 1e9, 1e60);

  it('gives a finite amount, or says which field is wrong', () => {
    const books = fc
      .record({
        spot: fc.record({ price: positive, confidence: share }),
        forward: fc.record({ price: positive, confidence: share }),
        fixed: share,
        seconds,
        rate: fc.record({ price: signed, confidence: share }),
        option: fc.record({
          strike: positive,
          quantity: signed,
          volatility: wild,
          isCall: fc.boolean(),
        }),
        future: fc.record({
          quantity: signed,
          mark: positive,
          pointValue: positive,
          contract: fc.constantFrom('LINEAR' as const, 'INVERSE' as const),
          expiry: fc.constantFrom(null, 0),
        }),
        held: fc.record({
          quantity: signed,
          price: fc.record({ price: positive, confidence: share }),
        }),
        stable: positive,
      })
      .map((one) => ({
        ...bookOf(
          underlying({
            spot: one.spot,
            expiries: [
              {
                seconds: one.seconds,
                forward: one.forward,
                forwardFixed: one.forward.price * one.fixed,
                rate: one.rate,
              },
            ],
            options: [call(1, one.option)],
            futures: [perpetual(1, one.future)],
            collateral: [coins(1, { ...one.held, maintenanceHaircut: 0.5 })],
          }),
        ),
        stable: fed(one.stable),
      }));
    fc.assert(
      fc.property(books, (book) => {
        try {
          expect(Number.isFinite(requirementOf(book))).toBe(true);
        } catch (error) {
          if (!(error instanceof RiskInputError)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a size of 1e30, an expired option, no volatility and 10 000 positions', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      call(i % 2 === 0 ? 1e30 : -1e30, { strike: 50 + (i % 100), volatility: 0 }),
    );
    const book = bookOf(
      underlying({ expiries: [expiry(0, { forwardFixed: 100 })], options: many }),
    );

    expect(Number.isFinite(requirementOf(book))).toBe(true);
  });
});
