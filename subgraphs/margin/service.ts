/** What the margin subgraph can be asked about margins and margin calls, one use case per method. */

import type { Architecture } from './domain/portfolio/architecture.js';
import { badUserInput, notFound } from '../shared/errors.js';
import { notKnown, type AccountViews, type ViewCaller } from './accountViews.js';
import { sequenceOf } from './callCursor.js';
import type { MarginCallTransition } from './domain/calls/marginCall.js';
import type { Unknown, VenueMargin } from './domain/marginModel.js';
import type { MarginStatus } from './domain/calls/statusLadder.js';
import type { MarginReport } from './graph/marginReport.js';
import type { CallLog } from './live/callLog.js';
import { CallStream } from './live/callStream.js';
import type { LatestStream } from './live/latestStream.js';
import type { AccountView, LiveMargin } from './live/liveMargin.js';
import type { MarginCallStore } from './live/marginCallStore.js';

/** An account's margin with where it stands. */
export interface ServedMargin {
  readonly report: MarginReport;
  readonly architecture: Architecture;
  readonly status: MarginStatus;
  readonly view: AccountView;
}

export interface MarginServiceOptions {
  readonly live: Pick<LiveMargin, 'watch'>;
  readonly calls: CallLog;
  readonly store: Pick<MarginCallStore, 'read'>;
  readonly views: AccountViews;
}

/** What NOT_FOUND says of an account holds too for one that the caller may not see. */
export class MarginService {
  constructor(private readonly options: MarginServiceOptions) {}

  /** Throws PRICE_UNAVAILABLE or VENUE_UNAVAILABLE when the margin is not known. */
  servedMargin(view: AccountView): ServedMargin {
    const { architecture, status } = view;
    return { report: this.options.views.report(view), architecture, status, view };
  }

  /** Throws NOT_FOUND, PRICE_UNAVAILABLE or VENUE_UNAVAILABLE. */
  venueMargin(caller: ViewCaller, venueAccountId: string): VenueMargin {
    const { venues } = this.options.views.viewOfVenueAccount(caller, venueAccountId).evaluation;
    const found = venues.find((venue) => idOf(venue) === venueAccountId);
    // A pinned view may be older than the link.
    if (found === undefined) throw notFound('venue account', venueAccountId);
    if (found.kind === 'unknown') throw notKnown(found);
    return found;
  }

  /** Oldest first. Throws NOT_FOUND, or BAD_USER_INPUT for a `first` or `after` out of range. */
  async marginHistory(
    caller: ViewCaller,
    accountId: string,
    first: number,
    after: string | null,
  ): Promise<readonly MarginCallTransition[]> {
    if (first < 1 || first > 100) throw badUserInput('first', 'Ask for 1 to 100 transitions.');
    const sequence = this.sequenceAfter(caller, accountId, after) ?? 0n;
    return this.options.store.read(accountId, sequence, first);
  }

  /** Throws NOT_FOUND, or BAD_USER_INPUT for an `after` that is not a cursor of this account. */
  marginCalls(caller: ViewCaller, accountId: string, after: string | null): CallStream {
    const { calls, store } = this.options;
    return new CallStream(calls, store, accountId, this.sequenceAfter(caller, accountId, after));
  }

  /** Throws NOT_FOUND. */
  marginUpdates(caller: ViewCaller, accountId: string): LatestStream<AccountView> {
    this.options.views.view(caller, accountId);
    return this.options.live.watch(accountId);
  }

  private sequenceAfter(
    caller: ViewCaller,
    accountId: string,
    after: string | null,
  ): bigint | null {
    this.options.views.view(caller, accountId);
    const { sequence } = this.options.calls.storedHead(accountId);
    return after === null ? null : sequenceOf(after, accountId, sequence);
  }
}

const idOf = (venue: VenueMargin | Unknown): string =>
  venue.kind === 'known' ? venue.venueAccountId : venue.id;
