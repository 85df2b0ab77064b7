/** Which accounts an input touches: by venue account, by venue, and by the prices they depend on. */

import type { PriceKeys } from '../domain/account/marketSnapshot.js';
import { venueOf } from './venueStates.js';
import type { PriceUpdate } from './wire/priceUpdate.js';

export class AccountLinks {
  private accounts: ReadonlyMap<string, readonly string[]> = new Map();
  private byVenueAccount: ReadonlyMap<string, string> = new Map();
  private readonly keys = new Map<string, PriceKeys>();
  private readonly byAsset = new Map<string, Set<string>>();
  private readonly byInstrument = new Map<string, Set<string>>();

  /** Replaces all links, forgets accounts that are gone, and names those that are new or changed. */
  replace(accounts: ReadonlyMap<string, readonly string[]>): readonly string[] {
    for (const id of this.accounts.keys()) if (!accounts.has(id)) this.dependOn(id, NO_KEYS);
    const changed = [...accounts].filter(([id, now]) => !isSame(this.accounts.get(id), now));
    this.accounts = accounts;
    this.byVenueAccount = new Map(
      [...accounts].flatMap(([id, venueAccountIds]) =>
        venueAccountIds.map((v) => [v, id] as const),
      ),
    );
    return changed.map(([id]) => id);
  }

  /** Null for an account that does not exist. */
  venueAccountIds(accountId: string): readonly string[] | null {
    return this.accounts.get(accountId) ?? null;
  }

  accountIds(): readonly string[] {
    return [...this.accounts.keys()];
  }

  /** Null for a venue account that is linked to none. */
  accountOf(venueAccountId: string): string | null {
    return this.byVenueAccount.get(venueAccountId) ?? null;
  }

  accountsAtVenue(slug: string): ReadonlySet<string> {
    const atVenue = [...this.byVenueAccount].filter(([id]) => venueOf(id) === slug);
    return new Set(atVenue.map(([, accountId]) => accountId));
  }

  /** Says which prices an account's result depends on from now on. */
  dependOn(accountId: string, keys: PriceKeys): void {
    const before = this.keys.get(accountId) ?? NO_KEYS;
    for (const asset of before.assets) this.byAsset.get(asset)?.delete(accountId);
    for (const id of before.instruments) this.byInstrument.get(id)?.delete(accountId);
    for (const asset of keys.assets) entry(this.byAsset, asset).add(accountId);
    for (const id of keys.instruments) entry(this.byInstrument, id).add(accountId);
    this.keys.set(accountId, keys);
  }

  accountsPricedBy({ assets, instruments }: PriceUpdate): ReadonlySet<string> {
    return new Set([
      ...assets.flatMap(([id]) => [...(this.byAsset.get(id) ?? [])]),
      ...instruments.flatMap(([id]) => [...(this.byInstrument.get(id) ?? [])]),
    ]);
  }
}

const NO_KEYS: PriceKeys = { assets: new Set(), instruments: new Set() };

const isSame = (before: readonly string[] | undefined, now: readonly string[]) =>
  before?.length === now.length && now.every((id) => before.includes(id));

function entry(index: Map<string, Set<string>>, key: string): Set<string> {
  const found = index.get(key) ?? new Set();
  index.set(key, found);
  return found;
}
