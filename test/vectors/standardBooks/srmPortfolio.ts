/** A portfolio of Derive's standard manager: amounts scaled by 1e8, results in whole dollars. */

import { z } from 'zod';
import { spreadMargin } from '../../../subgraphs/margin/domain/standard/spreadMargin.js';
import type { StandardBook } from '../../../subgraphs/margin/domain/standard/standardPosition.js';
import { black76 } from '../../../subgraphs/shared/pricing/black76.js';
import { toFloat, type Usd } from '../../../subgraphs/shared/units.js';
import { exact } from '../compare.js';
import type { VectorCase } from '../vectorSet.js';
import { balanceOf, futureOf, optionOf } from './standardBooks.js';
import { rulesOf, type SrmFixtures } from './srmParameters.js';

const SCALE = 1e8;
const YEAR_DAYS = 365;
/** Expiries are at 8 hours past a whole number of days from now. */
const EXPIRY_HOURS = 8;

const scaled = z.number().transform((value) => value / SCALE);
const results = z.object({ im: z.number(), mm: z.number() });

const shape = z
  .object({
    cash: scaled.default(0),
    options: z
      .array(
        z.object({
          underlying: z.string(),
          type: z.enum(['call', 'put']),
          expiry: z.string(),
          strike: z.number(),
          amount: scaled,
        }),
      )
      .default([]),
    perps: z
      .array(z.object({ underlying: z.string(), amount: scaled, entryPrice: scaled }))
      .default([]),
    bases: z.array(z.object({ underlying: z.string(), amount: scaled })).default([]),
    results: results.optional(),
    result: results.optional(),
  })
  .refine(({ results: all, result }) => all !== undefined || result !== undefined, {
    error: 'neither `results` nor `result`',
  });

type Portfolio = z.infer<typeof shape>;

/** Whether a case of a file has this form. */
export const isPortfolio = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && ('results' in json || 'result' in json);

export function srmPortfolio(id: string, json: unknown, fixtures: SrmFixtures): VectorCase {
  return {
    id,
    check() {
      const given = shape.parse(json);
      const expected = given.results ?? given.result;
      if (expected === undefined) throw new RangeError(`${id}: no results`);
      const feeds = feedsOf(id, fixtures);
      const rules = rulesOf(fixtures);
      const { base_factor: factor, base_im_scale: scale } = fixtures.srm_params;
      const initial = spreadMargin(bookOf(given, feeds, fixtures, factor * scale), rules);
      const maintenance = spreadMargin(bookOf(given, feeds, fixtures, factor), rules);
      return [
        exact('IM', wholeDollars(expected.im), truncated(initial.initialMargin)),
        exact('MM', wholeDollars(expected.mm), truncated(maintenance.maintenanceMargin)),
      ];
    },
  };
}

const truncated = (amount: Usd) => wholeDollars(toFloat(amount));

/** Toward zero, where rounding of float64 may have fallen short of a whole dollar; without −0. */
const wholeDollars = (amount: number) => Math.trunc(amount + Math.sign(amount) * 1e-9) + 0;

type Feeds = Readonly<Record<string, unknown>>;

const feedsOf = (id: string, { defaults, overrides }: SrmFixtures): Feeds =>
  merged(defaults, overrides[id] ?? {});

function merged(base: Feeds, changes: Feeds): Feeds {
  const both = Object.entries(changes).map(([key, change]): [string, unknown] => {
    const before = base[key];
    return [key, isFeeds(before) && isFeeds(change) ? merged(before, change) : change];
  });
  return { ...base, ...Object.fromEntries(both) };
}

const isFeeds = (value: unknown): value is Feeds =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A number of the feeds: one for everything, or by any of `keys` in any order, such as underlying,
 * expiry and strike. A pair is a price with its confidence.
 */
function read(feeds: unknown, keys: readonly string[], place = 0): number | null {
  if (typeof feeds === 'number') return place === 0 ? feeds : null;
  if (Array.isArray(feeds)) {
    const value: unknown = feeds[place];
    return typeof value === 'number' ? value : null;
  }
  if (!isFeeds(feeds)) return null;
  const key = keys.find((one) => one in feeds);
  return key === undefined
    ? null
    : read(
        feeds[key],
        keys.filter((one) => one !== key),
        place,
      );
}

function priced(feeds: Feeds, name: string, keys: readonly string[]): number {
  const found = read(feeds[name], keys);
  if (found === null) throw new RangeError(`no ${name} of ${keys.join(' ')}`);
  return found;
}

/** Of a feed's own pair, of its own name such as `vol_conf`, or that of all feeds. */
const confidenceOf = (feeds: Feeds, name: string, keys: readonly string[]): number =>
  read(feeds[name], keys, 1) ??
  read(feeds[`${name}_conf`], keys) ??
  read(feeds[`${name.split('_')[0] ?? name}_conf`], keys) ??
  read(feeds['conf'], [name, name.split('_')[0] ?? name, ...keys]) ??
  1;

function bookOf(
  given: Portfolio,
  feeds: Feeds,
  fixtures: SrmFixtures,
  baseFactor: number,
): StandardBook {
  const stable = priced(feeds, 'stable', []);
  const spots = (underlying: string) => ({
    spot: priced(feeds, 'spot', [underlying]),
    spotConfidence: confidenceOf(feeds, 'spot', [underlying]),
  });
  const futures = given.perps.map(({ underlying, amount, entryPrice }) => {
    const { spot, spotConfidence } = spots(underlying);
    const confidence = Math.min(spotConfidence, confidenceOf(feeds, 'perp', [underlying]));
    const mark = priced(feeds, 'perp', [underlying]);
    const terms = { underlying, units: amount, entry: entryPrice, mark, spot };
    return futureOf({ ...terms, confidence, stable });
  });
  const bases = given.bases.map(({ underlying, amount }) => {
    const { spot, spotConfidence } = spots(underlying);
    return balanceOf(underlying, amount, spot, baseFactor, spotConfidence);
  });
  return {
    positions: [...optionsOf(given, feeds, fixtures, stable), ...futures],
    balances: [...bases, balanceOf('cash', given.cash, 1, 1, 1)],
  };
}

const optionsOf = (given: Portfolio, feeds: Feeds, fixtures: SrmFixtures, stable: number) =>
  given.options.map(({ underlying, type, expiry, strike, amount }) => {
    const days = fixtures.expiry_days[expiry];
    if (days === undefined) throw new RangeError(`expiry_days: no ${expiry}`);
    const years = (days + EXPIRY_HOURS / 24) / YEAR_DAYS;
    const forwards = `forward_${underlying}`;
    const forward = priced(feeds, forwards, [expiry]);
    // The manager takes the least certain volatility of an expiry for all options of it.
    const together = given.options
      .filter((other) => other.expiry === expiry && other.underlying === underlying)
      .map((other) =>
        confidenceOf(feeds, 'vol', [underlying, expiry, String(other.strike), other.type]),
      );
    return optionOf({
      underlying,
      type,
      strike,
      units: amount,
      spot: priced(feeds, 'spot', [underlying]),
      forward,
      expirySeconds: years * YEAR_DAYS * 86_400,
      mark: black76({
        type: type === 'call' ? 'CALL' : 'PUT',
        forward,
        strike,
        volatility: priced(feeds, 'vol', [underlying, expiry, String(strike), type]),
        years,
        discount: 1,
      }),
      confidence: Math.min(
        confidenceOf(feeds, 'spot', [underlying]),
        confidenceOf(feeds, forwards, [underlying, expiry]),
        ...together,
      ),
      stable,
    });
  });
