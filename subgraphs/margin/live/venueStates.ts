/** The last state of each venue account, and how far it can be trusted now. */

import type { VenueBook, VenueCondition, VenueState } from '../domain/account/accountBook.js';
import type { VenueUpdate } from './wire/venueUpdate.js';

interface HeldState {
  readonly state: VenueState | null;
  readonly condition: VenueCondition;
}

interface Connection {
  /** Null while it is down. */
  readonly upSince: Date | null;
  /** Why and since when it is down, or was before it came up. */
  readonly outage: { readonly reason: string; readonly since: Date };
}

const NEVER_SEEN: HeldState = { state: null, condition: { quality: 'LIVE' } };

const NOT_CONFIGURED: Connection = {
  upSince: null,
  outage: { reason: 'it is not configured', since: new Date(0) },
};

/** A connection that ends sooner was none: the outage before it goes on from when it began. */
const STEADY_MS = 1_000;

export class VenueStates {
  private readonly accounts = new Map<string, HeldState>();
  private readonly connections = new Map<string, Connection>();

  constructor(slugs: readonly string[], startedAt: Date) {
    const outage = { reason: 'it has not been reached yet', since: startedAt };
    for (const slug of slugs) this.connections.set(slug, { upSince: null, outage });
  }

  /** Takes a message over; one without a state leaves the last one standing in. */
  update({ venueAccountId, quality, problem, state }: VenueUpdate, at: Date): void {
    if (state === null) {
      this.refuse(venueAccountId, problem ?? 'it does not know its own state', at);
    } else if (quality === 'LIVE') {
      this.accounts.set(venueAccountId, { state, condition: { quality } });
    } else {
      const reason = problem ?? 'it gave no reason';
      const condition: VenueCondition =
        quality === 'DEGRADED'
          ? { quality, reason }
          : { quality, reason, since: this.staleSince(venueAccountId) ?? at };
      this.accounts.set(venueAccountId, { state, condition });
    }
  }

  /** Marks one account STALE, because what came for it could not be used. */
  refuse(venueAccountId: string, reason: string, at: Date): void {
    const since = this.staleSince(venueAccountId) ?? at;
    const state = this.accounts.get(venueAccountId)?.state ?? null;
    this.accounts.set(venueAccountId, { state, condition: { quality: 'STALE', reason, since } });
  }

  /** Marks every account STALE that is known of a venue. */
  refuseAll(slug: string, reason: string, at: Date): void {
    for (const id of this.accounts.keys()) if (venueOf(id) === slug) this.refuse(id, reason, at);
  }

  connected(slug: string, at: Date): void {
    const { outage } = this.connection(slug);
    this.connections.set(slug, { upSince: at, outage });
  }

  /** Another failure to connect while it is down changes nothing. */
  disconnected(slug: string, at: Date): void {
    const { upSince, outage } = this.connection(slug);
    if (upSince === null) return;
    const wasSteady = at.getTime() - upSince.getTime() >= STEADY_MS;
    const since = wasSteady ? at : outage.since;
    this.connections.set(slug, {
      upSince: null,
      outage: { reason: 'the connection is down', since },
    });
  }

  /** What the model is told of a linked venue account, whether or not it was ever seen. */
  book(venueAccountId: string): VenueBook {
    const venue = venueOf(venueAccountId);
    const { state, condition } = this.accounts.get(venueAccountId) ?? NEVER_SEEN;
    const connection = this.connection(venue);
    return {
      venueAccountId,
      venue,
      state,
      condition: connection.upSince === null ? duringOutage(condition, connection) : condition,
    };
  }

  private connection(slug: string): Connection {
    return this.connections.get(slug) ?? NOT_CONFIGURED;
  }

  private staleSince(venueAccountId: string): Date | null {
    const condition = this.accounts.get(venueAccountId)?.condition;
    return condition?.quality === 'STALE' ? condition.since : null;
  }
}

/** The slug that a venue account's id begins with. */
export const venueOf = (venueAccountId: string): string => venueAccountId.split(':', 1)[0] ?? '';

function duringOutage(own: VenueCondition, { outage }: Connection): VenueCondition {
  const isOlder = own.quality === 'STALE' && own.since.getTime() < outage.since.getTime();
  return { quality: 'STALE', reason: outage.reason, since: isOlder ? own.since : outage.since };
}
