import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../../../subgraphs/margin/domain/risk/requirement.js';
import type { RiskBook } from '../../../../subgraphs/margin/domain/risk/riskBook.js';
import type { Component } from '../../../../subgraphs/margin/domain/scenario/component.js';
import { scenarioRequirement } from '../../../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import type {
  ScenarioProfile,
  ScenarioRules,
} from '../../../../subgraphs/margin/domain/scenario/scenarioRules.js';
import { venueSlice } from '../../../../subgraphs/margin/domain/scenario/venueSlice.js';
import {
  anyUnderlying,
  bookOf,
  coins,
  fed,
  fullScan,
  perpetual,
  plainScan,
  roundingOf,
  row,
  underlying,
} from './riskBooks.js';

const profile = (components: Record<string, Component>, more: Partial<ScenarioProfile> = {}) => ({
  components: new Map(Object.entries(components)),
  initialMargin: { factor: 2, of: 'SCAN' },
  maintenanceMargin: 'SCAN',
  ...more,
});

const rulesOf = (
  others: ScenarioProfile,
  byUnderlying: Record<string, ScenarioProfile> = {},
): ScenarioRules => ({
  others,
  byUnderlying: new Map(Object.entries(byUnderlying)),
  collateral: {
    countedIn: 'USD',
    byAsset: new Map(),
    others: { maintenanceHaircut: 1, initialHaircut: 0, isRiskCancellingOf: null },
  },
});

const tenth = plainScan([row(0.1), row(-0.1)]);
const fifth = plainScan([row(0.2), row(-0.2)]);

describe('scenarioRequirement', () => {
  it('adds its underlyings up, each by its own profile', () => {
    const book = bookOf(
      underlying({ futures: [perpetual(1, { line: 0 })] }),
      underlying({ underlying: 'ETH', futures: [perpetual(-3, { line: 2 })] }),
    );
    const rules = rulesOf(profile({ SCAN: tenth }), { ETH: profile({ SCAN: fifth }) });

    const { initialMargin, maintenanceMargin } = scenarioRequirement(book, rules);

    // A tenth of 100 and a fifth of 300; the initial margin is twice that.
    expect([maintenanceMargin.amount, initialMargin.amount]).toEqual([70, 140]);
    expect([...maintenanceMargin.shares.slice(0, 3)]).toEqual([10, 0, 60]);
    expect(initialMargin).toMatchObject({ code: 'INITIAL_MARGIN', of: null, operation: 'SUM' });
    expect(maintenanceMargin.parts.map(({ code, of }) => [code, of])).toEqual([
      ['SCAN', 'BTC'],
      ['SCAN', 'ETH'],
    ]);
  });

  it('never offsets one underlying by another', () => {
    const book = bookOf(
      underlying({ futures: [perpetual(1)] }),
      underlying({ underlying: 'ETH', futures: [perpetual(-1)] }),
    );

    expect(
      scenarioRequirement(book, rulesOf(profile({ SCAN: tenth }))).maintenanceMargin.amount,
    ).toBe(20);
  });

  it('requires nothing of an empty book', () => {
    const { initialMargin, scenarios } = scenarioRequirement(bookOf(), rulesOf(profile({})));

    expect([initialMargin.amount, scenarios]).toEqual([0, []]);
  });

  it('tells every scenario of every underlying, and the worst', () => {
    const book = bookOf(underlying({ futures: [perpetual(1)] }), underlying({ underlying: 'ETH' }));

    const { scenarios } = scenarioRequirement(book, rulesOf(profile({ SCAN: tenth })));
    expect(scenarios.map((one) => [one.underlying, one.worst])).toEqual([
      ['BTC', 1],
      ['ETH', null],
    ]);
    expect(scenarios[0]?.scenarios.map(({ name, profit }) => [name, profit])).toEqual([
      ['+10% NONE', 10],
      ['-10% NONE', -10],
    ]);
  });

  it('tells two scans of one profile apart', () => {
    const both = profile(
      { NEAR: tenth, FAR: fifth },
      { initialMargin: { largest: ['NEAR', 'FAR'] }, maintenanceMargin: 'NEAR' },
    );
    const book = bookOf(underlying({ futures: [perpetual(-1)] }));

    const { scenarios, initialMargin } = scenarioRequirement(book, rulesOf(both));
    expect(scenarios[0]?.scenarios.map(({ name }) => name)).toEqual([
      'NEAR +10% NONE',
      'NEAR -10% NONE',
      'FAR +20% NONE',
      'FAR -20% NONE',
    ]);
    expect([scenarios[0]?.worst, initialMargin.amount]).toEqual([2, 20]);
  });

  it('prices collateral in the settlement currency where the rules count in it', () => {
    const rules = rulesOf(profile({ SCAN: tenth }));
    const counted: ScenarioRules = {
      ...rules,
      collateral: { ...rules.collateral, countedIn: 'SETTLEMENT_CURRENCY' },
    };
    const book = { ...bookOf(underlying({ collateral: [coins(1)] })), stable: fed(0.8) };

    expect(scenarioRequirement(book, rules).maintenanceMargin.amount).toBe(10);
    expect(scenarioRequirement(book, counted).maintenanceMargin.amount).toBeCloseTo(12.5, 12);
  });

  it('fails on a name that its profile does not have', () => {
    const wrong = rulesOf(profile({ SCAN: tenth }, { maintenanceMargin: 'SCANS' }));

    expect(() => scenarioRequirement(bookOf(underlying()), wrong)).toThrow(/no component SCANS/);
  });

  it('knows what the venues would require apart, and never asks more for netting than that', () => {
    const capped = profile(
      { SCAN: fullScan },
      {
        initialMargin: { smallest: ['SCAN', { standAlone: 'SCAN' }] },
        maintenanceMargin: { standAlone: 'SCAN' },
      },
    );
    fc.assert(
      fc.property(anyUnderlying, (held) => {
        const book = bookOf(held);
        const alone = (id: string) =>
          scenarioRequirement(venueSlice(book, id), rulesOf(profile({ SCAN: fullScan })))
            .maintenanceMargin.amount;
        const { initialMargin, maintenanceMargin } = scenarioRequirement(book, rulesOf(capped));
        const apart = alone('a') + alone('b');
        expect(Math.abs(maintenanceMargin.amount - apart)).toBeLessThanOrEqual(roundingOf(held));
        expect(initialMargin.amount).toBeLessThanOrEqual(apart + roundingOf(held));
      }),
    );
  });

  it('shares every node of its tree out by line', () => {
    const whole = profile(
      {
        SCAN: fullScan,
        HAIRCUT: { kind: 'COLLATERAL_HAIRCUT', level: 'MAINTENANCE' },
        NAKED: { kind: 'NAKED_SHORT_OPTION', rate: 0.01 },
        ORACLE: { kind: 'ORACLE_CONFIDENCE', threshold: 0.6, factor: 1 },
      },
      { initialMargin: { sum: [{ factor: 1.2, of: 'SCAN' }, 'HAIRCUT', 'NAKED', 'ORACLE'] } },
    );
    const everyNode = (node: Requirement): readonly Requirement[] => [
      node,
      ...node.parts.flatMap(everyNode),
    ];
    fc.assert(
      fc.property(anyUnderlying, (held) => {
        const { initialMargin } = scenarioRequirement(bookOf(held), rulesOf(whole));
        for (const { amount, shares } of everyNode(initialMargin)) {
          const shared = shares.reduce((sum, share) => sum + share, 0);
          expect(Math.abs(shared - amount)).toBeLessThanOrEqual(10 * roundingOf(held));
        }
      }),
    );
  });
});

describe('venueSlice', () => {
  it('keeps what the venue account holds, in the numbering of the whole', () => {
    const book: RiskBook = bookOf(
      underlying({
        perpetualConfidence: 0.4,
        futures: [perpetual(1, { line: 0 }), perpetual(2, { line: 1, expiry: 0 })],
        collateral: [coins(5, { line: 3 })],
      }),
      underlying({ underlying: 'ETH', futures: [perpetual(4, { line: 2 })] }),
    );

    const slice = venueSlice(book, 'b');
    expect(slice.lines).toBe(book.lines);
    expect(slice.underlyings).toMatchObject([
      {
        underlying: 'BTC',
        perpetualConfidence: 1,
        futures: [{ quantity: 2, line: 1 }],
        collateral: [{ quantity: 5, line: 3 }],
      },
    ]);
    expect(venueSlice(book, 'a').underlyings.map((one) => one.perpetualConfidence)).toEqual([
      0.4, 1,
    ]);
  });
});
