/** Finds what is known of an account for a caller, or says why nothing is. */

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

/** `requestId` names the operation that a call belongs to, null when the caller does not say. */
export class AccountViews {
  private readonly reports = new WeakMap<AccountView, MarginReport>();

  constructor(
    private readonly live: Pick<LiveMargin, 'accountOf' | 'isReady'>,
    private readonly pinned: RequestViews,
  ) {}

  /** Throws NOT_FOUND; before it is known which accounts there are, SUBGRAPH_UNAVAILABLE. */
  view(requestId: string | null, accountId: string): AccountView {
    const view = this.pinned.view(requestId, accountId);
    if (view === null) throw this.unknownTo('account', accountId);
    return view;
  }

  /** The view of the account that a venue account is linked to. Throws like `view`. */
  viewOfVenueAccount(requestId: string | null, venueAccountId: string): AccountView {
    const accountId = this.live.accountOf(venueAccountId);
    if (accountId === null) throw this.unknownTo('venue account', venueAccountId);
    return this.view(requestId, accountId);
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
