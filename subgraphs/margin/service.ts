/** What the margin subgraph can be asked, one use case per method. */

import {
  badUserInput,
  notFound,
  priceUnavailable,
  subgraphUnavailable,
  venueUnavailable,
} from '../shared/errors.js';
import { sequenceOf } from './callCursor.js';
import type { MarginCallTransition } from './domain/calls/marginCall.js';
import type { AccountMargin, Unknown, VenueMargin } from './domain/marginModel.js';
import type { AgeLimits } from './domain/parameterSet.js';
import { snapshotHash } from './domain/account/snapshotHash.js';
import type { MarginStatus } from './domain/calls/statusLadder.js';
import type { CallLog } from './live/callLog.js';
import { CallStream } from './live/callStream.js';
import type { LatestStream } from './live/latestStream.js';
import type { AccountView, LiveMargin } from './live/liveMargin.js';
import type { MarginCallStore } from './live/marginCallStore.js';
import type { RequestViews } from './live/requestViews.js';

/** An account's margin with where it stands. */
export interface ServedMargin extends AccountMargin {
  readonly status: MarginStatus;
  readonly view: AccountView;
}

export interface MarginServiceOptions {
  readonly live: LiveMargin;
  readonly calls: CallLog;
  readonly store: Pick<MarginCallStore, 'read'>;
  readonly views: RequestViews;
  readonly limits: AgeLimits;
  readonly parameterSets: readonly { readonly name: string; readonly hash: string }[];
}

/** `requestId` names the operation that a call belongs to, null when the caller does not say. */
export class MarginService {
  constructor(private readonly options: MarginServiceOptions) {}

  get parameterSets() {
    return this.options.parameterSets;
  }

  /** Throws NOT_FOUND, or what `servedMargin` throws. */
  accountMargin(requestId: string | null, accountId: string): ServedMargin {
    return this.servedMargin(this.view(requestId, accountId));
  }

  /** Throws PRICE_UNAVAILABLE or VENUE_UNAVAILABLE when the margin is not known. */
  servedMargin(view: AccountView): ServedMargin {
    const { account } = view.evaluation;
    if (account.kind === 'unknown') throw notKnown(account);
    return { ...account, status: view.status, view };
  }

  /** Throws NOT_FOUND, PRICE_UNAVAILABLE or VENUE_UNAVAILABLE. */
  venueMargin(requestId: string | null, venueAccountId: string): VenueMargin {
    const accountId = this.options.live.accountOf(venueAccountId);
    if (accountId === null) throw this.unknownTo('venue account', venueAccountId);
    const { venues } = this.view(requestId, accountId).evaluation;
    const found = venues.find((venue) => idOf(venue) === venueAccountId);
    // A pinned view may be older than the link.
    if (found === undefined) throw notFound('venue account', venueAccountId);
    if (found.kind === 'unknown') throw notKnown(found);
    return found;
  }

  snapshotHash({ book, market }: AccountView): string {
    return snapshotHash(book, market, this.options.limits);
  }

  /** Oldest first. Throws NOT_FOUND, or BAD_USER_INPUT for a `first` or `after` out of range. */
  async marginHistory(
    accountId: string,
    first: number,
    after: string | null,
  ): Promise<readonly MarginCallTransition[]> {
    if (first < 1 || first > 100) throw badUserInput('first', 'Ask for 1 to 100 transitions.');
    const sequence = this.sequenceAfter(accountId, after) ?? 0n;
    return this.options.store.read(accountId, sequence, first);
  }

  /** Throws NOT_FOUND, or BAD_USER_INPUT for an `after` that is not a cursor of this account. */
  marginCalls(accountId: string, after: string | null): CallStream {
    const { calls, store } = this.options;
    return new CallStream(calls, store, accountId, this.sequenceAfter(accountId, after));
  }

  /** Throws NOT_FOUND. */
  marginUpdates(accountId: string): LatestStream<AccountView> {
    this.view(null, accountId);
    return this.options.live.watch(accountId);
  }

  private view(requestId: string | null, accountId: string): AccountView {
    const view = this.options.views.view(requestId, accountId);
    if (view === null) throw this.unknownTo('account', accountId);
    return view;
  }

  private sequenceAfter(accountId: string, after: string | null): bigint | null {
    this.view(null, accountId);
    const { sequence } = this.options.calls.storedHead(accountId);
    return after === null ? null : sequenceOf(after, accountId, sequence);
  }

  /** Before the first directory nobody can say which accounts there are. */
  private unknownTo(what: string, id: string) {
    return this.options.live.isReady ? notFound(what, id) : subgraphUnavailable('accounts');
  }
}

const idOf = (venue: VenueMargin | Unknown): string =>
  venue.kind === 'known' ? venue.venueAccountId : venue.id;

function notKnown({ venues: [silent], unpriced }: Unknown) {
  return silent === undefined
    ? priceUnavailable(unpriced)
    : venueUnavailable(silent.venue, silent.reason);
}
