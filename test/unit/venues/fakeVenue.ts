/** A venue under the hand of a test, and a clock that stands still until it is told. */

import { quantity } from '../../../subgraphs/shared/units.js';
import type { VenueState } from '../../../subgraphs/venues/contract/venueState.js';
import { AccountFeed } from '../../../subgraphs/venues/kit/accountFeed.js';
import type { Clock } from '../../../subgraphs/venues/kit/clock.js';
import { UpdateLog, type UpdateLogLimits } from '../../../subgraphs/venues/kit/updateLog.js';
import type { VenueAdapter } from '../../../subgraphs/venues/kit/venueAdapter.js';

/** A state that holds so many BTC and nothing else. */
export const holding = (btc: string, second = 0): VenueState => ({
  asOf: new Date(Date.UTC(2026, 10, 20, 14, 0, second)),
  positions: [],
  collateral: [
    {
      asset: 'BTC',
      quantity: quantity(btc),
      location: 'VENUE',
      status: 'SETTLED',
      isCollateral: true,
    },
  ],
  reportedMargin: [],
  notices: [],
});

export class ManualClock implements Clock {
  private at = Date.UTC(2026, 10, 22, 12);
  private timers: { readonly due: number; readonly action: () => void }[] = [];

  now = () => new Date(this.at);

  schedule(afterMs: number, action: () => void): () => void {
    const timer = { due: this.at + afterMs, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Runs what is due by then; what that work schedules waits for the next call. */
  advance(ms: number): void {
    this.at += ms;
    const due = this.timers.filter((timer) => timer.due <= this.at);
    this.timers = this.timers.filter((timer) => timer.due > this.at);
    for (const { action } of due) action();
  }
}

export type Answer = VenueState | Error | 'never';

export interface FakeVenue {
  readonly feed: AccountFeed;
  readonly log: UpdateLog;
  readonly clock: ManualClock;
  /** What the venue answers from now on, by account; an error instead refuses the list of accounts. */
  answers: ReadonlyMap<string, Answer> | Error;
  /** How often the list of accounts was asked for. */
  rounds: number;
}

export function fakeVenue(
  answers: Readonly<Record<string, Answer>>,
  limits?: UpdateLogLimits,
): FakeVenue {
  const clock = new ManualClock();
  const log = new UpdateLog('epoch-1', limits);
  const adapter: VenueAdapter = {
    slug: 'deribit',
    name: 'Deribit',
    accounts: () => {
      venue.rounds += 1;
      if (venue.answers instanceof Error) return Promise.reject(venue.answers);
      return Promise.resolve([...venue.answers.keys()]);
    },
    fetchAccount: (accountId) => {
      const answer = venue.answers instanceof Error ? undefined : venue.answers.get(accountId);
      if (answer instanceof Error) return Promise.reject(answer);
      if (answer === 'never' || answer === undefined) return new Promise(() => undefined);
      return Promise.resolve(answer);
    },
  };
  const feed = new AccountFeed(adapter, log, { intervalMs: 500, answerMsMax: 5_000, clock });
  const venue: FakeVenue = {
    feed,
    log,
    clock,
    answers: new Map(Object.entries(answers)),
    rounds: 0,
  };
  return venue;
}
