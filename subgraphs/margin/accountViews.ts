/** Finds what is known of an account for a caller, or says why nothing is. */

import type { AccountAccess } from '../shared/callerToken/accountAccess.js';
import {
  notFound,
  priceUnavailable,
  subgraphUnavailable,
  venueUnavailable,
} from '../shared/errors.js';
import type { Unknown } from './domain/marginModel.js';
import { MarginReport } from './graph/marginReport.js';
import type { AccountView, LiveMargin } from './live/liveMargin.js';
import type { RequestViews } from './live/requestViews.js';

/** Who asks, and in which operation. */
export interface ViewCaller {
  /** Names the gateway's operation that the call is part of; null without one. */
  readonly requestId: string | null;
  readonly access: AccountAccess;
}

/**
 * The one place where callers are kept to their own accounts: whatever is told of an account begins
 * with its view. One that the caller may not see is one that there is not.
 */
export class AccountViews {
  private readonly reports = new WeakMap<AccountView, MarginReport>();

  constructor(
    private readonly live: Pick<LiveMargin, 'accountOf' | 'isReady'>,
    private readonly pinned: RequestViews,
  ) {}

  /** Throws NOT_FOUND; before it is known which accounts there are, SUBGRAPH_UNAVAILABLE. */
  view({ requestId, access }: ViewCaller, accountId: string): AccountView {
    const view = access.mayAccess(accountId) ? this.pinned.view(requestId, accountId) : null;
    if (view === null) throw this.unknownTo('account', accountId);
    return view;
  }

  /** The view of the account that a venue account is linked to. Throws like `view`. */
  viewOfVenueAccount(caller: ViewCaller, venueAccountId: string): AccountView {
    const accountId = this.live.accountOf(venueAccountId);
    if (accountId === null || !caller.access.mayAccess(accountId)) {
      throw this.unknownTo('venue account', venueAccountId);
    }
    return this.view(caller, accountId);
  }

  /** One for each view. Throws PRICE_UNAVAILABLE or VENUE_UNAVAILABLE when the margin is not known. */
  report(view: AccountView): MarginReport {
    const made = this.reports.get(view);
    if (made !== undefined) return made;
    const { account } = view.evaluation;
    if (account.kind === 'unknown') throw notKnown(account);
    const report = new MarginReport(account, view);
    this.reports.set(view, report);
    return report;
  }

  private unknownTo(what: string, id: string) {
    return this.live.isReady ? notFound(what, id) : subgraphUnavailable('accounts');
  }
}

/** PRICE_UNAVAILABLE or VENUE_UNAVAILABLE. */
export function notKnown({ venues: [silent], unpriced }: Unknown) {
  return silent === undefined
    ? priceUnavailable(unpriced)
    : venueUnavailable(silent.venue, silent.reason);
}

/** The report, or throws why there is none. */
export function known(report: MarginReport | Unknown): MarginReport {
  if (report instanceof MarginReport) return report;
  throw notKnown(report);
}
