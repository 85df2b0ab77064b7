/** Knows what each caller may see, by asking the accounts subgraph now and then. */

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { LeastRecentlyUsed } from '../leastRecentlyUsed.js';
import type { Upstream } from '../upstream.js';
import { GATEWAY_CALLER } from './gatewayCaller.js';
import { NO_ACCOUNTS, type VisibleAccounts } from './visibleAccounts.js';

export interface AccountAccessOptions {
  /** The accounts subgraph; calls to it are signed. */
  readonly accounts: Pick<Upstream, 'request'>;
  /** In ms, on any clock that only goes forward. */
  readonly now: () => number;
  /** Told when it cannot be known what somebody may see; not who that is. */
  readonly onFailure: (error: unknown) => void;
}

interface Known {
  readonly visible: VisibleAccounts;
  /** When accounts said so; null when it never has. */
  readonly saidAt: number | null;
  /** Until when nobody is asked again. */
  readonly freshUntil: number;
}

/** So long after somebody was let in or shut out, all calls know. */
const FRESH_MS = 5_000;
/** What was last said holds for so long while accounts does not answer; after that, nothing. */
const LAST_SAID_MS = 60_000;
const RETRY_MS = 1_000;
/** Ids, over all subjects. */
const REMEMBERED_IDS_MAX = 1_000_000;

const QUERY =
  'query CallerAccess($subject: ID!) { callerAccess(subject: $subject) { accountIds venueAccountIds } }';

const answer = z.object({
  callerAccess: z.object({
    accountIds: z.array(z.string()),
    venueAccountIds: z.array(z.string()),
  }),
});

export class AccountAccess {
  readonly #options: AccountAccessOptions;
  readonly #known = new LeastRecentlyUsed<Known>(REMEMBERED_IDS_MAX);
  readonly #asking = new Map<string, Promise<VisibleAccounts>>();

  constructor(options: AccountAccessOptions) {
    this.#options = options;
  }

  /**
   * The same object for as long as the answer is the same. Never rejects: where nothing is known, the
   * subject sees nothing. One caller's deadline or leaving does not end what others wait for too.
   */
  of(subject: string): VisibleAccounts | Promise<VisibleAccounts> {
    const known = this.#known.get(subject);
    if (known && this.#options.now() < known.freshUntil) return known.visible;
    const asked = this.#asking.get(subject) ?? this.#ask(subject, known);
    this.#asking.set(subject, asked);
    return asked;
  }

  async #ask(subject: string, before: Known | undefined): Promise<VisibleAccounts> {
    const { now } = this.#options;
    let known: Known;
    try {
      const said = await this.#said(subject);
      const visible = before && isDeepStrictEqual(before.visible, said) ? before.visible : said;
      known = { visible, saidAt: now(), freshUntil: now() + FRESH_MS };
    } catch (error) {
      this.#options.onFailure(error);
      const saidAt = before?.saidAt ?? null;
      const holds = saidAt !== null && now() < saidAt + LAST_SAID_MS;
      const visible = before && holds ? before.visible : NO_ACCOUNTS;
      known = { visible, saidAt, freshUntil: now() + RETRY_MS };
    }
    this.#asking.delete(subject);
    const { accountIds, venueAccountIds } = known.visible;
    this.#known.set(subject, known, 1 + accountIds.length + venueAccountIds.length);
    return known.visible;
  }

  async #said(subject: string): Promise<VisibleAccounts> {
    const body = JSON.stringify({ query: QUERY, variables: { subject } });
    const context = { headers: {}, caller: GATEWAY_CALLER };
    const { data, errors } = await this.#options.accounts.request(body, context);
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return answer.parse(data).callerAccess;
  }
}
