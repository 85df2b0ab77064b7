/** The demo's market against the venues' replay files, read as JSON: neither knows the other's code. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readDemoMarket } from '../../../subgraphs/oracle/domain/demoMarket.js';
import { demoPrices } from '../../../subgraphs/oracle/domain/demoPrices.js';
import { format } from '../../../subgraphs/shared/units.js';

const subgraphs = fileURLToPath(new URL('../../../subgraphs/', import.meta.url));

/** What each venue calls an instrument, an asset and a mark price. */
const venues = [
  { slug: 'deribit', instrument: 'instrument_name', asset: 'currency', mark: 'mark_price' },
  { slug: 'okx', instrument: 'instId', asset: 'ccy', mark: 'markPx' },
  { slug: 'bybit', instrument: 'symbol', asset: 'coin', mark: 'markPrice' },
];

const market = readDemoMarket(
  JSON.parse(readFileSync(join(subgraphs, 'oracle/demo/market.json'), 'utf8')),
);
const startPrices = new Map(market.assets.map(({ id, startPrice }) => [id, startPrice]));
/** The instant that the replay files were written for. */
const recordedAt = new Date('2026-11-20T14:00:00.000Z');
const priced = demoPrices(market, (id) => startPrices.get(id) ?? null, recordedAt);
const marks = new Map(
  priced.instruments.map((one) => [one.instrumentId, Number(format(one.price))]),
);

/** Every object in the venue's replay files, however deep. */
function objectsOf(slug: string): Record<string, unknown>[] {
  const folder = join(subgraphs, 'venues/adapters', slug, 'replay');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => objectsIn(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

function objectsIn(json: unknown): Record<string, unknown>[] {
  if (typeof json !== 'object' || json === null) return [];
  const inside = Object.values(json).flatMap(objectsIn);
  return Array.isArray(json) ? inside : [json as Record<string, unknown>, ...inside];
}

const texts = (objects: readonly Record<string, unknown>[], key: string) => [
  ...new Set(objects.map((one) => one[key]).filter((value) => typeof value === 'string')),
];

describe.each(venues)('the replay files of $slug', ({ slug, instrument, asset, mark }) => {
  const objects = objectsOf(slug);

  it('name only instruments that the demo prices', () => {
    const symbols = texts(objects, instrument);

    expect(symbols.length).toBeGreaterThan(0);
    expect(symbols.filter((symbol) => !marks.has(`${slug}:${symbol}`))).toEqual([]);
  });

  it('name only assets that the demo prices', () => {
    const assets = texts(objects, asset);

    expect(assets.length).toBeGreaterThan(0);
    expect(assets.filter((id) => !startPrices.has(id))).toEqual([]);
  });

  it('mark positions within half a per cent of the demo, at the instant they were written for', () => {
    const recorded = objects.flatMap((one) => {
      const [symbol, text] = [one[instrument], one[mark]];
      return typeof symbol === 'string' && text !== undefined ? [{ symbol, at: Number(text) }] : [];
    });
    const distances = recorded.map(({ symbol, at }) => {
      const ours = marks.get(`${slug}:${symbol}`) ?? NaN;
      return { symbol, distance: Math.abs(ours / at - 1) };
    });

    expect(recorded.length).toBeGreaterThan(0);
    expect(distances.filter(({ distance }) => !(distance < 0.005))).toEqual([]);
  });
});
