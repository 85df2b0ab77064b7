import { describe, expect, it } from 'vitest';
import { correlationOf } from '../../../../subgraphs/margin/domain/sensitivity/correlationTable.js';
import {
  CRYPTO_DELTA,
  CRYPTO_VEGA,
} from '../../../../subgraphs/margin/domain/sensitivity/bookSensitivities.js';
import { lookUp } from '../../../../subgraphs/margin/domain/sensitivity/lookup.js';
import { sensitivityParametersNamed } from '../../../../subgraphs/margin/parameters/sensitivityParameters.js';
import { sensitivity } from './plainRules.js';

const { rules } = sensitivityParametersNamed('sensitivity-1');
const measures = (name: string) => {
  const found = rules.correlations.find((each) => each.name === name);
  const riskClass = found?.rules.riskClasses.get('CRYPTO');
  if (riskClass?.DELTA === undefined || riskClass.VEGA === undefined) throw new Error('no measure');
  if (riskClass.CURVATURE === undefined) throw new Error('no curvature');
  return { delta: riskClass.DELTA, vega: riskClass.VEGA, curvature: riskClass.CURVATURE };
};
const { delta, vega, curvature } = measures('CALIBRATED');
const row = sensitivity('ETH', 'ETH', 1, { label1: '1m' });

describe('bookRules', () => {
  it('weigh deltas by bucket, with thresholds for a move of 1 %', () => {
    const type = delta.riskTypes.get(CRYPTO_DELTA);
    if (type?.threshold == null) throw new Error('no threshold');

    // 120 million USD move by 1.2 million.
    expect(lookUp(type.weight, row, 'weight')).toBe(20);
    expect(lookUp(type.threshold, row, 'threshold')).toBe(1_200_000);
    expect(type.labels).toEqual(['LABEL1']);
  });

  it('weigh vegas by bucket and tenor', () => {
    const type = vega.riskTypes.get(CRYPTO_VEGA);
    if (type?.threshold == null) throw new Error('no threshold');

    expect(lookUp(type.weight, row, 'weight')).toBe(0.49);
    expect(lookUp(type.threshold, row, 'threshold')).toBe(12_000_000);
    expect(type.labels).toEqual(['LABEL1']);
  });

  it('make curvature of vegas by tenor, raised to the variance of stress', () => {
    const type = curvature.riskTypes.get(CRYPTO_VEGA);
    if (type === undefined) throw new Error('no curvature');

    // 2.7 × ½ × 2 days ÷ 30.4167.
    expect(lookUp(type.weight, row, 'weight')).toBeCloseTo((2.7 * 0.5 * 2) / 30.4167, 10);
    expect([type.threshold, type.labels, curvature.within.tenors]).toEqual([null, [], null]);
  });

  it('correlate deltas, vegas and curvatures each by their own tables', () => {
    const across = [delta, vega, curvature].map((each) => correlationOf(each.across, 'BTC', 'ETH'));
    const tenors = [delta, vega].map(
      ({ within }) => within.tenors && correlationOf(within.tenors, '1m', '3m'),
    );

    expect(across).toEqual([0.85, 0.8, 0.85]);
    // 0.995 × (1 + 0.25/48) ÷ √((1 + 0.25/144)(1 + 0.25/16)), and (⅓)^0.15.
    expect(tenors).toEqual([0.992, 0.848]);
  });

  it('correlate all buckets alike under stress', () => {
    for (const [name, expected] of [
      ['TOGETHER', 1],
      ['APART', 0],
    ] as const) {
      const { delta: deltas, vega: vegas } = measures(name);
      const between = [deltas, vegas].map((each) => correlationOf(each.across, 'BTC', 'OTHERS'));
      expect(between).toEqual([expected, expected]);
    }
  });

  it('place tickers in buckets', () => {
    expect(['BTC', 'SOL', 'USDT'].map((ticker) => rules.byTicker.get(ticker))).toEqual([
      'BTC',
      'LARGE_LAYER_ONE',
      'STABLE',
    ]);
    expect([rules.others, rules.horizonDays, rules.maintenanceShare]).toEqual(['OTHERS', 2, 0.8]);
  });
});
