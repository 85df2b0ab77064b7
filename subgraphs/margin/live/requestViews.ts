/**
 * One view per account for all calls of one operation.
 *
 * The gateway resolves `Account.margin` and each `VenueAccount.margin` in separate calls some
 * milliseconds apart, while prices move; without this their sums would not agree.
 */

import type { AccountView } from './liveMargin.js';

interface PinnedViews {
  readonly expiresAtMs: number;
  readonly views: Map<string, AccountView>;
}

const LIFETIME_MS = 10_000;
/** The oldest give way beyond so many; an operation lasts much less than that takes. */
const REQUESTS_MAX = 10_000;

export class RequestViews {
  /** Oldest first, as a Map keeps the order of insertion. */
  private readonly requests = new Map<string, PinnedViews>();

  constructor(
    private readonly latest: (accountId: string) => AccountView | null,
    private readonly now: () => Date,
  ) {}

  /**
   * The view that the request saw first, or the latest without a request id. Null for an unknown
   * account.
   */
  view(requestId: string | null, accountId: string): AccountView | null {
    if (requestId === null) return this.latest(accountId);
    const { views } = this.pinned(requestId);
    const view = views.get(accountId) ?? this.latest(accountId);
    if (view !== null) views.set(accountId, view);
    return view;
  }

  private pinned(requestId: string): PinnedViews {
    const nowMs = this.now().getTime();
    const found = this.requests.get(requestId);
    if (found !== undefined && found.expiresAtMs > nowMs) return found;
    this.evict(nowMs);
    const pinned = { expiresAtMs: nowMs + LIFETIME_MS, views: new Map<string, AccountView>() };
    this.requests.set(requestId, pinned);
    return pinned;
  }

  /** Lets go of what has expired, and makes room for one more. */
  private evict(nowMs: number): void {
    for (const [requestId, { expiresAtMs }] of this.requests) {
      if (expiresAtMs > nowMs && this.requests.size < REQUESTS_MAX) return;
      this.requests.delete(requestId);
    }
  }
}
