/** The repository's own book and the shared fixtures, as raw responses for the parsers. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { bybitFormat } from '../../../subgraphs/venues/adapters/bybit/bybitFormat.js';
import { deribitFormat } from '../../../subgraphs/venues/adapters/deribit/deribitFormat.js';
import { okxFormat } from '../../../subgraphs/venues/adapters/okx/okxFormat.js';
import { format } from '../../../subgraphs/shared/units.js';
import type { Measure } from '../../../subgraphs/shared/units.js';
import { parseAccount } from '../../../subgraphs/venues/kit/parseAccount.js';
import type { RawResponses } from '../../../subgraphs/venues/kit/venueAdapter.js';

export const formats = { deribit: deribitFormat, okx: okxFormat, bybit: bybitFormat };
export type Venue = keyof typeof formats;

const replay = (venue: Venue) =>
  new URL(`../../../subgraphs/venues/adapters/${venue}/replay/`, import.meta.url);

export const accountsOf = (venue: Venue): string[] => readdirSync(replay(venue)).sort();

/** The raw responses of one account of the repository's book. */
export function recorded(venue: Venue, accountId: string): Map<string, string> {
  const read = (name: string) =>
    readFileSync(new URL(`${accountId}/${name}.json`, replay(venue)), 'utf8');
  return new Map(formats[venue].responses.map((name) => [name, read(name)]));
}

/** Parses as the product does, with every measure as plain text and every time in ISO 8601. */
export const parsed = (venue: Venue, raw: RawResponses, accountId: string) =>
  readable(parseAccount(formats[venue], raw, accountId)) as ReadableState;

export interface ReadableState {
  asOf: string;
  positions: Record<string, unknown>[];
  collateral: { asset: string; quantity: string; isCollateral: boolean }[];
  reportedMargin: { venueTerms: { name: string; value: string }[]; [name: string]: unknown }[];
  notices: string[];
}

export function readable(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  if ('toFixed' in value) return format(value as unknown as Measure<string>);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

const fixtures = new URL('../../../../shared/venue-fixtures/', import.meta.url);

/** False where only the repository was cloned; says once why tests are skipped then. */
export const hasFixtures = existsSync(fixtures);
if (!hasFixtures) console.warn('../shared/venue-fixtures is not here: its tests are skipped.');

export const fixture = (path: string) => readFileSync(new URL(path, fixtures), 'utf8');
