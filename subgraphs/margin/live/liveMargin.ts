/**
 * The margin of every account, kept up to date: each change of an input recomputes the accounts that
 * it touches before the next change is looked at, so that no breach, however brief, goes unseen.
 */

import type { Architecture } from '../domain/portfolio/architecture.js';
import type { AccountBook } from '../domain/account/accountBook.js';
import { nextAgeing } from '../domain/account/freshness.js';
import { marginCallTransitions } from '../domain/calls/marginCall.js';
import type { AccountEvaluation } from '../domain/marginModel.js';
import {
  priceKeys,
  relevantMarket,
  type MarketSnapshot,
} from '../domain/account/marketSnapshot.js';
import { snapshotHash } from '../domain/account/snapshotHash.js';
import type { MarginStatus } from '../domain/calls/statusLadder.js';
import { unpricedEvaluation } from '../domain/account/unpricedEvaluation.js';
import type { AccountArchitectures } from './accountArchitectures.js';
import { AccountLinks } from './accountLinks.js';
import type { ArchitectureModels } from './architectureModels.js';
import type { MarginSet } from '../parameters/marginSet.js';
import type { CallLog } from './callLog.js';
import { cautiousEvaluation } from './cautiousEvaluation.js';
import { LatestStream } from './latestStream.js';
import { MarketPrices } from './marketPrices.js';
import { VenueStates } from './venueStates.js';
import type { Directory } from './wire/directory.js';
import type { PriceUpdate } from './wire/priceUpdate.js';
import type { VenueUpdate } from './wire/venueUpdate.js';

/** What is known of one account at one moment; never changed, only replaced. */
export interface AccountView {
  readonly accountId: string;
  /** In force for the account, and the model that this means. */
  readonly architecture: Architecture;
  readonly model: MarginSet;
  readonly evaluation: AccountEvaluation;
  /** The status stored. */
  readonly status: MarginStatus;
  /** What the evaluation was made from. */
  readonly book: AccountBook;
  readonly market: MarketSnapshot;
}

export interface LiveMarginOptions {
  readonly models: Pick<ArchitectureModels, 'under' | 'nextChangeMs'>;
  readonly architectures: Pick<AccountArchitectures, 'of' | 'observe'>;
  readonly calls: CallLog;
  readonly venues: readonly string[];
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
}

export class LiveMargin {
  private readonly links = new AccountLinks();
  private readonly prices = new MarketPrices();
  private readonly states: VenueStates;
  private readonly views = new Map<string, AccountView>();
  /** When time alone will change an account's result, in epoch milliseconds. */
  private readonly ageingAtMs = new Map<string, number>();
  private readonly watchers = new Map<string, Set<LatestStream<AccountView>>>();

  private hasDirectory = false;

  constructor(private readonly options: LiveMarginOptions) {
    this.states = new VenueStates(options.venues, options.now());
    options.calls.observe(({ accountId }) => this.refreshStatus(accountId));
    options.architectures.observe((accountId) => this.recomputeKnown(accountId));
  }

  /** False until it is known which accounts there are. */
  get isReady(): boolean {
    return this.hasDirectory;
  }

  /** Null for an account that the directory does not know. */
  view(accountId: string): AccountView | null {
    return this.views.get(accountId) ?? null;
  }

  /** The market of a view, and the latest prices of all that its account does not depend on. */
  marketAround({ market }: AccountView): MarketSnapshot {
    const latest = this.prices.at(market.at);
    return {
      ...market,
      assets: new Map([...latest.assets, ...market.assets]),
      instruments: new Map([...latest.instruments, ...market.instruments]),
      haircuts: new Map([...latest.haircuts, ...market.haircuts]),
    };
  }

  /** The account that a venue account is linked to; null for none. */
  accountOf(venueAccountId: string): string | null {
    return this.links.accountOf(venueAccountId);
  }

  /** The view now, if there is one, and each that replaces it; only the newest for a slow reader. */
  watch(accountId: string): LatestStream<AccountView> {
    const watchers = this.watchers.get(accountId) ?? new Set();
    const stream = new LatestStream<AccountView>(() => {
      watchers.delete(stream);
      if (watchers.size === 0) this.watchers.delete(accountId);
    });
    this.watchers.set(accountId, watchers.add(stream));
    const view = this.views.get(accountId);
    if (view !== undefined) stream.push(view);
    return stream;
  }

  /** The heads of its accounts must be loaded into the call log. */
  setDirectory({ accounts, haircuts }: Directory): void {
    const changed = this.links.replace(accounts);
    const haveHaircutsChanged = this.prices.setHaircuts(haircuts);
    for (const id of this.views.keys()) if (!accounts.has(id)) this.forget(id);
    this.hasDirectory = true;
    this.recompute(haveHaircutsChanged ? accounts.keys() : changed);
  }

  updateVenue(update: VenueUpdate): void {
    this.states.update(update, this.options.now());
    this.recomputeLinked(update.venueAccountId);
  }

  /** A message about one venue account could not be used. */
  refuseVenueAccount(venueAccountId: string, reason: string): void {
    this.states.refuse(venueAccountId, reason, this.options.now());
    this.recomputeLinked(venueAccountId);
  }

  /** A message of a venue could not be used, and does not even say whom it is about. */
  refuseVenue(slug: string, reason: string): void {
    this.states.refuseAll(slug, reason, this.options.now());
    this.recompute(this.links.accountsAtVenue(slug));
  }

  venueConnected(slug: string): void {
    this.states.connected(slug, this.options.now());
    this.recompute(this.links.accountsAtVenue(slug));
  }

  venueDisconnected(slug: string): void {
    this.states.disconnected(slug, this.options.now());
    this.recompute(this.links.accountsAtVenue(slug));
  }

  /** The first update holds all prices, and so touches all accounts. */
  updatePrices(update: PriceUpdate): void {
    const isFirst = !this.prices.isComplete;
    this.prices.apply(update);
    this.recompute(isFirst ? this.links.accountIds() : this.links.accountsPricedBy(update));
  }

  /** Recomputes the accounts whose inputs have grown too old since. Call it about once a second. */
  tick(): void {
    const nowMs = this.options.now().getTime();
    const due = [...this.ageingAtMs].filter(([, atMs]) => atMs <= nowMs);
    this.recompute(due.map(([accountId]) => accountId));
  }

  private recomputeLinked(venueAccountId: string): void {
    const accountId = this.links.accountOf(venueAccountId);
    if (accountId !== null) this.recompute([accountId]);
  }

  private recomputeKnown(accountId: string): void {
    if (this.views.has(accountId)) this.recompute([accountId]);
  }

  private recompute(accountIds: Iterable<string>): void {
    const at = this.options.now();
    for (const accountId of accountIds) this.recomputeAccount(accountId, at);
  }

  private recomputeAccount(accountId: string, at: Date): void {
    const { calls, architectures, models } = this.options;
    const architecture = architectures.of(accountId);
    const model = models.under(architecture, at);
    const book = this.book(accountId);
    const keys = priceKeys(book);
    this.links.dependOn(accountId, keys);
    const market = relevantMarket(this.prices.at(at), keys);
    const evaluation =
      this.prices.isComplete || keys.assets.size === 0
        ? cautiousEvaluation(model, book, market)
        : unpricedEvaluation(book, keys.assets);
    this.ageingAtMs.set(
      accountId,
      Math.min(nextAgeing(book, market, model.limits), models.nextChangeMs(at)),
    );
    this.findTransitions(evaluation, book, market, model);
    const { status } = calls.storedHead(accountId);
    this.show({ accountId, architecture, model, evaluation, status, book, market });
  }

  private book(accountId: string): AccountBook {
    const venueAccountIds = this.links.venueAccountIds(accountId) ?? [];
    return { accountId, venues: venueAccountIds.map((id) => this.states.book(id)) };
  }

  /** While the margin is not known the status stays: silence is no recovery, and no breach. */
  private findTransitions(
    { account }: AccountEvaluation,
    book: AccountBook,
    market: MarketSnapshot,
    { ladder, limits }: MarginSet,
  ): void {
    if (account.kind === 'unknown') return;
    const { calls, newId } = this.options;
    const transitions = marginCallTransitions(calls.head(account.accountId), account, ladder, {
      at: market.at,
      snapshotHash: () => snapshotHash(book, market, limits),
      newId,
    });
    calls.append(transitions);
  }

  private refreshStatus(accountId: string): void {
    const view = this.views.get(accountId);
    const { status } = this.options.calls.storedHead(accountId);
    if (view !== undefined && view.status !== status) this.show({ ...view, status });
  }

  private show(view: AccountView): void {
    this.views.set(view.accountId, view);
    for (const watcher of this.watchers.get(view.accountId) ?? []) watcher.push(view);
  }

  private forget(accountId: string): void {
    this.views.delete(accountId);
    this.ageingAtMs.delete(accountId);
  }
}
