import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ScanComponent } from '../../../../subgraphs/margin/domain/scenario/scanComponent.js';
import { scenarioRequirement } from '../../../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import { scenarioParameters } from '../../../../subgraphs/margin/parameters/scenarioParameters.js';
import { bookOf, call, coins, fed, perpetual, underlying } from './riskBooks.js';

const textOf = (name: string) =>
  readFileSync(
    new URL(`../../../../subgraphs/margin/parameters/${name}.json`, import.meta.url),
    'utf8',
  );

const second = scenarioParameters(textOf('derive-pm2-1'));
const first = scenarioParameters(textOf('derive-pm1-1'));

const scanOf = (set: typeof second, ticker: string): ScanComponent => {
  const component = set.rules.byUnderlying.get(ticker)?.components.get('SCAN');
  if (component?.kind !== 'SCAN') throw new Error(`${ticker} has no scan`);
  return component;
};

describe('the preset of Derive’s second portfolio manager', () => {
  it('scans 23 regular, 8 tail and 2 skew scenarios', () => {
    const { grid } = scanOf(second, 'BTC');

    expect(grid.map(({ name }) => name)).toEqual([
      '+18% UP',
      ...['+13.5%', '+9%', '+4.5%', '0%', '-4.5%', '-9%', '-13.5%'].flatMap((spot) =>
        ['UP', 'NONE', 'DOWN'].map((volatility) => `${spot} ${volatility}`),
      ),
      '-18% UP',
      '-66% UP × 0.21',
      '-33% UP × 0.42',
      '+50% UP × 0.27',
      '+100% UP × 0.13',
      '+200% UP × 0.069',
      '+300% UP × 0.046',
      '+400% UP × 0.034',
      '+500% UP × 0.027',
      '0% LINEAR_SKEW',
      '0% ABSOLUTE_SKEW',
    ]);
    expect(scanOf(second, 'ETH')).toBe(scanOf(second, 'BTC'));
  });

  it('moves smaller coins further', () => {
    const widest = (ticker: string) => scanOf(second, ticker).grid[0]?.spotShock;

    expect(['BTC', 'SOL', 'HYPE', 'ADA'].map(widest)).toEqual([0.18, 0.27, 0.33, 0.4]);
    expect(second.rules.others).toBe(second.rules.byUnderlying.get('ADA'));
  });

  it('asks 18 % and the contingency of a perpetual, eight tenths of the loss for maintenance', () => {
    const book = bookOf(underlying({ futures: [perpetual(-10)] }));
    const { initialMargin, maintenanceMargin } = scenarioRequirement(book, second.rules);

    // 1000 × (18 % + 4 %) and 1000 × (0.8 × 18 % + 3 %).
    expect(initialMargin.amount).toBeCloseTo(220, 9);
    expect(maintenanceMargin.amount).toBeCloseTo(174, 9);
  });

  it('raises initial margin, and that alone, when the settlement currency loses its peg', () => {
    const book = { ...bookOf(underlying({ futures: [perpetual(-10)] })), stable: fed(0.94) };
    const { initialMargin, maintenanceMargin } = scenarioRequirement(book, second.rules);

    // 1.0 + (0.99 − 0.94) × 4 times 180, and 40.
    expect(initialMargin.amount).toBeCloseTo(1.2 * 180 + 40, 9);
    expect(maintenanceMargin.amount).toBeCloseTo(174, 9);
  });

  it('knows each coin’s haircuts, and what it hedges', () => {
    const { byAsset, others, countedIn } = second.rules.collateral;

    expect(byAsset.get('WEETH')).toEqual({
      maintenanceHaircut: 0.156,
      initialHaircut: 0.014,
      isRiskCancellingOf: 'ETH',
    });
    expect(byAsset.get('USDC')?.isRiskCancellingOf).toBeNull();
    expect([others.maintenanceHaircut, countedIn]).toEqual([1, 'SETTLEMENT_CURRENCY']);
  });
});

describe('the preset of Derive’s first portfolio manager', () => {
  it('scans the 23 regular scenarios and asks 1.25 times everything but the oracle’s charge', () => {
    const book = bookOf(
      underlying({
        futures: [perpetual(1)],
        collateral: [coins(1, { maintenanceHaircut: 0.03, isRiskCancelling: false })],
      }),
    );
    const { initialMargin, maintenanceMargin } = scenarioRequirement(book, first.rules);

    expect(scanOf(first, 'BTC').grid).toHaveLength(23);
    // 18 + 3 + 3.
    expect(maintenanceMargin.amount).toBeCloseTo(24, 9);
    expect(initialMargin.amount).toBeCloseTo(30, 9);
  });
});

describe('every preset of Derive', () => {
  it.each([first, second])('asks at least as much to open as to hold: $name', ({ rules }) => {
    const book = bookOf(
      underlying({ options: [call(-1), call(1, { strike: 120 })], collateral: [coins(1)] }),
    );
    const { initialMargin, maintenanceMargin } = scenarioRequirement(book, rules);

    expect(initialMargin.amount).toBeGreaterThan(maintenanceMargin.amount);
  });
});

describe('scenarioParameters', () => {
  const changed = (change: (json: never) => void): string => {
    const json = JSON.parse(textOf('derive-pm1-1')) as never;
    change(json);
    return JSON.stringify(json);
  };
  interface Content {
    name: string;
    ladder: { liquidate: string };
    rules: {
      others: string;
      byUnderlying: Record<string, string>;
      profiles: { major: { components: Record<string, object>; initialMargin: object } };
    };
  }
  const wrong = (change: (json: Content) => void) => () => scenarioParameters(changed(change));

  it('are named by their content', () => {
    const again = scenarioParameters(changed(() => undefined));
    const other = scenarioParameters(textOf('derive-pm1-1').replace('0.015', '0.016'));

    expect([again.name, again.hash]).toEqual(['derive-pm1-1', first.hash]);
    expect(other.hash).not.toBe(first.hash);
  });

  it.each([
    {
      name: 'a profile that is not there',
      change: (json: Content) => void (json.rules.byUnderlying['BTC'] = 'large'),
      message: /no profile named large\s+→ at rules\.byUnderlying\.BTC/,
    },
    {
      name: 'a profile for the others that is not there',
      change: (json: Content) => void (json.rules.others = 'constructor'),
      message: /no profile named constructor\s+→ at rules\.others/,
    },
    {
      name: 'a component that is not there',
      change: (json: Content) =>
        void (json.rules.profiles.major.initialMargin = { sum: ['SCAN', 'FEES'] }),
      message: /components that are not there: FEES\s+→ at rules\.profiles\.major\.initialMargin/,
    },
    {
      name: 'a kind of component that does not exist',
      change: (json: Content) =>
        void (json.rules.profiles.major.components['SCAN'] = { kind: 'VALUE_AT_RISK' }),
      message: /→ at rules\.profiles\.major\.components\.SCAN\.kind/,
    },
    {
      name: 'a skew scenario without a skew law',
      change: (json: Content) =>
        void Object.assign(json.rules.profiles.major.components['SCAN'] ?? {}, {
          grid: [{ spots: [0], volatilities: ['LINEAR_SKEW'] }],
        }),
      message: /has skew scenarios and no skew law/,
    },
    {
      name: 'the same scenario twice',
      change: (json: Content) =>
        void Object.assign(json.rules.profiles.major.components['SCAN'] ?? {}, {
          grid: [{ spots: [0.1, 0.1], volatilities: ['UP'] }],
        }),
      message: /names a scenario twice/,
    },
    {
      name: 'a fall of the whole price',
      change: (json: Content) =>
        void Object.assign(json.rules.profiles.major.components['SCAN'] ?? {}, {
          grid: [{ spots: [-1], volatilities: ['UP'] }],
        }),
      message: /a price cannot fall by 100 % or more/,
    },
    {
      name: 'a level that is not a number, and say so',
      change: (json: Content) => void (json.ladder.liquidate = 'low'),
      message: /a share or multiple such as "0.05", not negative\s+→ at ladder\.liquidate/,
    },
    {
      name: 'levels that do not rise',
      change: (json: Content) => void (json.ladder.liquidate = '2'),
      message: /levels must rise/,
    },
    {
      name: 'a name without a version',
      change: (json: Content) => void (json.name = 'derive'),
      message: /a name and a version/,
    },
  ])('refuse $name', ({ change, message }) => {
    expect(wrong(change)).toThrow(message);
  });
});
