/**
 * Tells who asks from the token they send: a JWT that a trusted issuer has signed for this service.
 *
 * Nothing that a token says is believed before its signature, but for which issuer and which of its
 * keys to check it with. What cannot be checked is refused.
 */

import assert from 'node:assert/strict';
import { decodeJwt, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { LeastRecentlyUsed } from '../../upstream/leastRecentlyUsed.js';
import { ANONYMOUS, type Caller } from '../caller.js';
import { unauthenticated, type AuthenticationFailure } from './authenticationFailure.js';
import { bearerToken } from './bearerToken.js';
import { fetchKeySet } from './fetchKeySet.js';
import { fixedKeys, type IssuerKeys } from './issuerKeys.js';
import { RemoteKeys } from './remoteKeys.js';
import { tokenCaller } from './tokenCaller.js';
import { tokenHeader, type TokenAlgorithm } from './tokenHeader.js';

export interface TrustedIssuer {
  /** Exactly as its tokens say it in `iss`. */
  readonly issuer: string;
  /** A token must be meant for one of them (`aud`). */
  readonly audiences: readonly [string, ...string[]];
  /** Where the issuer publishes its keys, over https unless on this machine; or the keys themselves. */
  readonly keys: URL | JSONWebKeySet;
}

export interface TokenVerifierOptions {
  readonly issuers: readonly TrustedIssuer[];
  /** In ms since 1970. */
  readonly now: () => number;
  /** EdDSA and ES256 by default. */
  readonly algorithms?: readonly TokenAlgorithm[];
  /** How far an issuer's clock may differ from ours, in seconds: 30 by default. */
  readonly clockToleranceS?: number;
  /** The `typ` that tokens must have: `at+jwt` by default (RFC 9068); null takes any, and none. */
  readonly type?: string | null;
  /** How long keys may take to fetch, in ms: 3,000 by default. */
  readonly keysTimeoutMs?: number;
  /** Told when keys cannot be fetched, at most every five seconds and issuer. */
  readonly onKeysProblem?: (error: Error) => void;
}

interface Remembered {
  readonly caller: Caller;
  /** In ms since 1970. */
  readonly until: number;
}

interface Source {
  readonly trusted: TrustedIssuer;
  readonly keys: IssuerKeys;
}

/** Checking a signature takes 0.4 ms, and most callers ask again soon. */
const REMEMBERED_MS = 60_000;
/** Some 16,000 tokens. */
const REMEMBERED_CHARACTERS = 8_000_000;

export class TokenVerifier {
  readonly #now: () => number;
  readonly #algorithms: readonly TokenAlgorithm[];
  readonly #clockToleranceS: number;
  readonly #type: string | null;
  readonly #sources: ReadonlyMap<unknown, Source>;
  /** By the text of the header. */
  #remembered = new LeastRecentlyUsed<Remembered>(REMEMBERED_CHARACTERS);

  /** Throws AssertionError on options that would let in more than they mean to. */
  constructor(options: TokenVerifierOptions) {
    this.#now = options.now;
    this.#algorithms = options.algorithms ?? ['EdDSA', 'ES256'];
    this.#clockToleranceS = options.clockToleranceS ?? 30;
    this.#type = options.type === undefined ? 'at+jwt' : options.type;
    assertOptions(options.issuers, this.#algorithms, this.#clockToleranceS);
    this.#sources = new Map(
      options.issuers.map((trusted) => [
        trusted.issuer,
        { trusted, keys: this.#keysOf(trusted, options) },
      ]),
    );
  }

  /**
   * Who sends this `authorization` header; ANONYMOUS without one. Rejects with AuthenticationFailure
   * on any header that is not a good token.
   */
  async verify(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) return ANONYMOUS;
    // When keys change meanwhile, what they have verified goes into a memory that nobody reads.
    const remembered = this.#remembered;
    const known = remembered.get(authorization);
    if (known && this.#now() < known.until) return known.caller;

    const verified = await this.#verified(bearerToken(authorization));
    remembered.set(authorization, verified, authorization.length);
    return verified.caller;
  }

  /**
   * Fetches the keys that are not known yet, and says whether those of every issuer are now. May be
   * asked as often as you like: issuers are not.
   */
  async load(): Promise<boolean> {
    const sources = [...this.#sources.values()];
    const loaded = await Promise.all(sources.map(({ keys }) => keys.load()));
    return loaded.every(Boolean);
  }

  async #verified(token: string): Promise<Remembered> {
    const header = tokenHeader(token, this.#algorithms, this.#type);
    const { trusted, keys } = this.#sourceOf(token);
    const key = await keys.keyFor({ ...header, alg: String(header.alg) });
    const now = this.#now();
    const { payload } = await jwtVerify(token, key, {
      algorithms: [...this.#algorithms],
      issuer: trusted.issuer,
      audience: [...trusted.audiences],
      requiredClaims: ['sub', 'exp'],
      clockTolerance: this.#clockToleranceS,
      currentDate: new Date(now),
    }).catch((error: unknown) => {
      throw refusal(error);
    });
    this.#assertNotFromTheFuture(payload, now);
    const caller = tokenCaller(payload);
    const goodUntil = Number(caller.expiresAt) + this.#clockToleranceS * 1_000;
    return { caller, until: Math.min(goodUntil, now + REMEMBERED_MS) };
  }

  #sourceOf(token: string): Source {
    const source = this.#sources.get(unverifiedClaims(token).iss);
    if (!source) throw unauthenticated('The token’s issuer (iss) is not one that is trusted here.');
    return source;
  }

  /** jose looks at `iat` only where a token's age is limited. */
  #assertNotFromTheFuture({ iat = 0 }: JWTPayload, now: number): void {
    if (iat <= Math.floor(now / 1_000) + this.#clockToleranceS) return;
    throw unauthenticated('The token was issued in the future (iat).');
  }

  #keysOf({ keys }: TrustedIssuer, options: TokenVerifierOptions): IssuerKeys {
    if (!(keys instanceof URL)) return fixedKeys(keys);
    const { now, keysTimeoutMs = 3_000, onKeysProblem = () => undefined } = options;
    return new RemoteKeys({
      fetchKeySet: () => fetchKeySet(keys, keysTimeoutMs),
      now,
      onChange: () => {
        this.#remembered = new LeastRecentlyUsed(REMEMBERED_CHARACTERS);
      },
      onProblem: onKeysProblem,
    });
  }
}

function unverifiedClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch (cause) {
    throw unauthenticated('The token’s claims cannot be read.', withoutClaims(cause));
  }
}

function refusal(error: unknown): AuthenticationFailure {
  return unauthenticated(problemOf(error), withoutClaims(error));
}

function problemOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Get a new one.';
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'The token’s signature does not fit what it says.';
  }
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'The token cannot be verified.';
  if (error.reason === 'missing') return `The token must have the claim “${error.claim}”.`;
  if (error.claim === 'aud') return 'The token is not meant for this service (aud).';
  if (error.claim === 'nbf' && error.reason === 'check_failed') {
    return 'The token is not good yet (nbf).';
  }
  return `The token’s claim “${error.claim}” is not what it must be.`;
}

/** jose's errors carry the claims, which are nothing for a log. */
function withoutClaims(error: unknown): Error {
  const { name, message } = error as Error;
  return new Error(`${name}: ${message}`);
}

function assertOptions(
  issuers: readonly TrustedIssuer[],
  algorithms: readonly string[],
  clockToleranceS: number,
): void {
  const names = new Set(issuers.map(({ issuer }) => issuer));
  assert(names.size === issuers.length, 'An issuer is trusted twice: give it all its audiences.');
  assert(!names.has(''), 'A trusted issuer needs a name.');
  for (const { issuer, audiences, keys } of issuers) {
    assert(audiences.length > 0, `The issuer ${issuer} needs an audience.`);
    assert(
      !(keys instanceof URL) || isSafe(keys),
      `The keys of ${issuer} must come over https, for who can change them can make tokens.`,
    );
  }
  const unfit = algorithms.find(
    (algorithm) => !/^(?:EdDSA|Ed25519|(?:ES|PS|RS)\d{3})$/.test(algorithm),
  );
  assert(unfit === undefined, `Tokens cannot be signed with ${String(unfit)}.`);
  assert(algorithms.length > 0, 'Tokens need an algorithm.');
  assert(
    clockToleranceS >= 0 && clockToleranceS <= 300,
    'The clock tolerance must be from 0 to 300 seconds.',
  );
}

const isSafe = ({ protocol, hostname }: URL) =>
  protocol === 'https:' ||
  (protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname));
