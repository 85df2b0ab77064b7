import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MARGIN_MODELS } from '../../../../subgraphs/margin/parameters/marginSet.js';
import { MarginParameters } from '../../../../subgraphs/margin/parameters/marginParameters.js';
import { balance, book, linear, market, NOW, venue } from '../books.js';
import { allParameters, marginBy } from './models.js';

const fileOf = (name: string) =>
  readFileSync(
    new URL(`../../../../subgraphs/margin/parameters/${name}.json`, import.meta.url),
    'utf8',
  );
const edited = (name: string, change: object) =>
  JSON.stringify({ ...(JSON.parse(fileOf(name)) as object), ...change });

const first = edited('sensitivity-1', { name: 'sensitivity-1', effectiveFrom: '2026-01-01' });
const second = edited('sensitivity-1', { name: 'sensitivity-2', effectiveFrom: '2026-06-01' });
const third = edited('sensitivity-1', { name: 'sensitivity-3', effectiveFrom: '2026-12-01' });
const versions = MarginParameters.of([third, first, second]);
const named = (name: string) => versions.named('sensitivity', name, NOW);

describe('the parameter sets of the product', () => {
  it('give every model one in force, which evaluates an account', () => {
    const held = book(
      venue({
        positions: [linear({ size: '1', entry: '60000' })],
        balances: [balance('USDT', '50000')],
      }),
    );
    const prices = market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' });

    for (const model of MARGIN_MODELS) {
      const set = allParameters.inForce(model, NOW);
      const margin = marginBy(set, held, prices);
      expect(margin).toMatchObject({
        model,
        parameterSet: { name: set.name, hash: set.hash },
      });
      expect(set.explain(held, prices)?.initialMargin.amount).toEqual(margin.initialMargin);
    }
  });

  it('have names and hashes of their own within a model, and an author’s day', () => {
    for (const model of MARGIN_MODELS) {
      const sets = allParameters.sets.filter((set) => set.model === model);
      expect(new Set(sets.map(({ name }) => name)).size).toBe(sets.length);
      expect(new Set(sets.map(({ hash }) => hash)).size).toBe(sets.length);
      for (const set of sets) {
        expect(set.hash).toMatch(/^[0-9a-f]{64}$/);
        expect(allParameters.byHash(model, set.hash)).toBe(set);
      }
    }
  });

  it('include every preset of the scenario model', () => {
    expect(allParameters.presets('scenario')).toEqual(
      expect.arrayContaining([
        'deribit-xpm',
        'derive-pm1',
        'derive-pm2',
        'okx-pm',
        'paradex-scan',
        'span-16',
        'unified',
      ]),
    );
  });
});

describe('MarginParameters', () => {
  it('finds a set by its name, or the one of a preset that is in force', () => {
    expect(named('sensitivity-1')?.version).toBe(1);
    expect(named('sensitivity-3')?.version).toBe(3);
    expect(named('sensitivity')?.name).toBe('sensitivity-2');
    expect(named('nonsense')).toBe(null);
    expect(versions.named('sensitivity', 'sensitivity', new Date('2025-12-31'))).toBe(null);
  });

  it('tells what is pending, in force and superseded, from the very first moment of a day', () => {
    const statuses = (at: string) => versions.sets.map((set) => versions.status(set, new Date(at)));

    expect(statuses('2025-12-31T23:59:59.999Z')).toEqual(['PENDING', 'PENDING', 'PENDING']);
    expect(statuses('2026-01-01T00:00:00Z')).toEqual(['IN_FORCE', 'PENDING', 'PENDING']);
    expect(statuses('2026-06-01T00:00:00Z')).toEqual(['SUPERSEDED', 'IN_FORCE', 'PENDING']);
    expect(statuses('2027-01-01T00:00:00Z')).toEqual(['SUPERSEDED', 'SUPERSEDED', 'IN_FORCE']);
  });

  it('has none in force before the first day of a model’s own preset', () => {
    expect(versions.inForce('sensitivity', NOW).name).toBe('sensitivity-2');
    expect(() => versions.inForce('sensitivity', new Date('2025-01-01'))).toThrow(
      'No parameter set sensitivity is in force',
    );
  });

  it('changes the hash of a portfolio set with either set that it puts together', () => {
    const hash = (...texts: string[]) =>
      MarginParameters.of(texts).sets.find(({ model }) => model === 'portfolio')?.hash;
    const [whole, scenario, sensitivity] = [
      fileOf('portfolio-1'),
      fileOf('unified-1'),
      fileOf('sensitivity-1'),
    ];
    const other = edited('unified-1', { source: 'another' });

    expect(hash(whole, scenario, sensitivity)).not.toBe(hash(whole, other, sensitivity));
    expect(() => hash(whole, scenario)).toThrow('No parameter set is named sensitivity-1');
  });

  it('refuses a set that names no model', () => {
    expect(() => MarginParameters.of([edited('portfolio-1', { model: 'tarot' })])).toThrow('model');
    expect(() =>
      MarginParameters.of([
        edited('portfolio-1', { colour: 'red' }),
        fileOf('unified-1'),
        fileOf('sensitivity-1'),
      ]),
    ).toThrow('colour');
  });
});
