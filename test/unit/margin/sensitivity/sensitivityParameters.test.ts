import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  sensitivityParameters,
  sensitivityParametersNamed,
} from '../../../../subgraphs/margin/parameters/sensitivityParameters.js';

const text = readFileSync(
  new URL('../../../../subgraphs/margin/parameters/sensitivity-1.json', import.meta.url),
  'utf8',
);

type Changed = Record<string, Record<string, never>>;

/** The set with the value at the path changed; undefined takes it out. */
function changed(path: string, value: unknown): string {
  const json = JSON.parse(text) as Changed;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>(
    (found, key) => found[key] as Record<string, unknown>,
    json,
  );
  parent[last] = value;
  return JSON.stringify(json);
}

describe('sensitivityParameters', () => {
  it('are named by their content, with a date and the rules of three correlations', () => {
    const { name, hash, effectiveFrom, rules } = sensitivityParametersNamed('sensitivity-1');

    expect(name).toBe('sensitivity-1');
    expect(hash).toBe(sensitivityParameters(JSON.stringify(JSON.parse(text))).hash);
    expect(effectiveFrom).toEqual(new Date('2026-11-22T00:00:00Z'));
    expect(rules.correlations.map((each) => each.name)).toEqual([
      'CALIBRATED',
      'TOGETHER',
      'APART',
    ]);
    expect(rules.moves.get('BTC')).toBe(16);
  });

  it.each([
    ['rules.buckets.BTC.move', -1, 'BTC.move'],
    ['rules.buckets.BTC.otherNames', 1.5, 'BTC.otherNames'],
    ['rules.buckets.ETH.tickers', ['BTC'], 'BTC is in two buckets'],
    ['rules.buckets.BTC.vegaWeights.1m', undefined, 'buckets.BTC.vegaWeights: none for 1m'],
    ['rules.others', 'NONE', 'others: no bucket «NONE»'],
    ['rules.maintenanceShare', 1.1, 'maintenanceShare'],
    ['rules.stresses', [{ name: 'UP', acrossBuckets: -0.1 }], 'acrossBuckets'],
    ['rules.vega.tenors', [{ label: '0d', days: 0 }], 'above 0 days'],
    ['rules.delta.acrossTenors.0d.1m', undefined, 'delta.acrossTenors: none between «0d» and «1m»'],
    ['rules.delta.acrossBuckets.BTC.ETH', undefined, 'delta.acrossBuckets: none between'],
    // BTC is ETH and ETH is LARGE_LAYER_ONE, but BTC is not LARGE_LAYER_ONE.
    [
      'rules.vega.acrossBuckets',
      {
        BTC: { ETH: 1, LARGE_LAYER_ONE: 0, OTHERS: 0, STABLE: 0 },
        ETH: { LARGE_LAYER_ONE: 1, OTHERS: 0, STABLE: 0 },
        LARGE_LAYER_ONE: { OTHERS: 0, STABLE: 0 },
        OTHERS: { STABLE: 0 },
      },
      'vega.acrossBuckets: not positive semidefinite',
    ],
    ['model', 'scenario', 'model'],
    ['rules.extra', 1, 'Unrecognized key'],
  ])('are refused with %s as %j', (path, value, message) => {
    expect(() => sensitivityParameters(changed(path, value))).toThrow(message);
  });
});
