/** Keys that an issuer publishes: fetched when they are first needed, and again from time to time. */

import {
  createLocalJWKSet,
  type CryptoKey,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import { authenticationUnavailable } from './authenticationFailure.js';
import { keyIn, noSuchKey, type IssuerKeys } from './issuerKeys.js';

/** Keys are not fetched again sooner, whatever tokens come. */
const REFETCH_MS = 60_000;
/** As long as no keys are known, the issuer is asked more often. */
const RETRY_MS = 5_000;
/** After so long without a look, tokens wait for the next: a key may have been withdrawn. */
const UNSEEN_MS = 600_000;

export interface RemoteKeysOptions {
  readonly fetchKeySet: () => Promise<JSONWebKeySet>;
  /** In ms since 1970. */
  readonly now: () => number;
  /** Called when the issuer has other keys than before. */
  readonly onChange: () => void;
  /** Called with why the keys could not be fetched. */
  readonly onProblem: (error: Error) => void;
}

/**
 * The last good keys stay in use, without end, while the issuer cannot be asked. jose's own
 * `createRemoteJWKSet` drops them when they are ten minutes old.
 */
export class RemoteKeys implements IssuerKeys {
  readonly #options: RemoteKeysOptions;
  #keys: LocalJWKSet | undefined;
  /** The known key set as text, to see whether it has changed. */
  #text: string | undefined;
  #askedAt = -Infinity;
  #fetching: Promise<void> | undefined;
  /** Why the last fetch failed; undefined when it did not. */
  #problem: Error | undefined;

  constructor(options: RemoteKeysOptions) {
    this.#options = options;
  }

  async keyFor(header: JWSHeaderParameters): Promise<CryptoKey> {
    const isUnseen = this.#sinceAskedMs() >= UNSEEN_MS;
    const fetched = this.#fetchWhenDue();
    if (!this.#keys || isUnseen) await fetched;
    const known = await this.#known(header);
    if (known) return known;

    await fetched;
    const added = await this.#known(header);
    if (added) return added;
    // Its issuer may have published the key meanwhile, and then the token is good.
    throw this.#problem ? authenticationUnavailable(this.#problem) : noSuchKey();
  }

  async load(): Promise<boolean> {
    if (!this.#keys) await this.#fetchWhenDue();
    return this.#keys !== undefined;
  }

  async #known(header: JWSHeaderParameters): Promise<CryptoKey | undefined> {
    return this.#keys && keyIn(this.#keys, header);
  }

  /** A fetch that is under way serves everybody. Never rejects. */
  #fetchWhenDue(): Promise<void> {
    if (this.#fetching) return this.#fetching;
    if (this.#sinceAskedMs() < (this.#keys ? REFETCH_MS : RETRY_MS)) return Promise.resolve();
    this.#askedAt = this.#options.now();
    this.#fetching = this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    const { fetchKeySet, onChange, onProblem } = this.#options;
    try {
      const jwks = await fetchKeySet();
      const text = JSON.stringify(jwks);
      this.#problem = undefined;
      if (text === this.#text) return;
      this.#keys = createLocalJWKSet(jwks);
      this.#text = text;
      onChange();
    } catch (error) {
      this.#problem = error as Error;
      onProblem(this.#problem);
    }
  }

  /** Without a sign, so that a clock that is set back does not keep the keys from being fetched. */
  #sinceAskedMs(): number {
    return Math.abs(this.#options.now() - this.#askedAt);
  }
}
