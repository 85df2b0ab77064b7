import { describe, expect, it } from 'vitest';
import { ratio, usd } from '../../../../subgraphs/shared/units.js';
import {
  scenarioOutcomes,
  worstOutcomes,
} from '../../../../subgraphs/margin/domain/portfolio/scenarioOutcomes.js';
import type { ScenarioProfit } from '../../../../subgraphs/margin/domain/scenario/scan.js';

const up: ScenarioProfit = {
  name: '+10% UP',
  spotShock: 0.1,
  volatilityShock: 'UP',
  weight: 1,
  profit: 250,
};
const down: ScenarioProfit = {
  name: '-10% DOWN',
  spotShock: -0.1,
  volatilityShock: 'DOWN',
  weight: 0.35,
  profit: -1 / 3,
};
const all = [
  { underlying: 'BTC', scenarios: [up, down], worst: 1 },
  { underlying: 'ETH', scenarios: [up], worst: null },
];
const published = {
  up: {
    name: '+10% UP',
    spotShock: ratio('0.1'),
    volatilityShock: 'UP',
    weight: ratio('1'),
    profit: usd('250'),
  },
  down: {
    name: '-10% DOWN',
    spotShock: ratio('-0.1'),
    volatilityShock: 'DOWN',
    weight: ratio('0.35'),
    // A loss is rounded to the larger.
    profit: usd('-0.33333334'),
  },
};

describe('scenarioOutcomes', () => {
  it('are all of every underlying, in their order', () => {
    expect(scenarioOutcomes(all)).toEqual([
      { underlying: 'BTC', ...published.up },
      { underlying: 'BTC', ...published.down },
      { underlying: 'ETH', ...published.up },
    ]);
  });
});

describe('worstOutcomes', () => {
  it('are the one that decides, and none of an underlying that loses in none', () => {
    expect(worstOutcomes(all)).toEqual([{ underlying: 'BTC', ...published.down }]);
  });
});
