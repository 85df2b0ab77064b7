/** Takes calls that a trusted process has signed for this subgraph, and refuses all others. */

import { errors, jwtVerify, type JWTHeaderParameters } from 'jose';
import { z } from 'zod';
import { accessTo, EVERY_ACCOUNT } from './accountAccess.js';
import type { Call } from './call.js';
import { tooManyMutations, unauthenticated } from './callErrors.js';
import {
  ALL_ACCOUNTS,
  CLOCK_TOLERANCE_S,
  TOKEN_ACCOUNTS_MAX,
  TOKEN_LIFETIME_S,
  TOKEN_TYPE,
  type TokenKind,
} from './callerClaims.js';
import { TakenOnce } from './takenOnce.js';
import type { TrustedKeys } from './trustedKeys.js';

export interface TokenVerifierOptions {
  /** This subgraph's own name in the supergraph. */
  readonly audience: string;
  readonly keys: TrustedKeys;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** A call whose signature, issuer, audience and age are right. */
export interface VerifiedToken {
  readonly call: Call;
  readonly id: string;
  /** SHA-256 of the body that it was signed for, base64url. */
  readonly bodyHash: string;
  /** In ms since 1970, the difference of clocks included. */
  readonly expiresAt: number;
}

const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(1).max(128),
  sub: z.string().min(1).optional(),
  scope: z.string(),
  accounts: z.union([z.literal(ALL_ACCOUNTS), z.array(z.string()).max(TOKEN_ACCOUNTS_MAX)]),
  body: z.string(),
});

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
/** The gateway sends the same token with the same question again: what was verified is remembered. */
const REMEMBERED_MAX = 1_000;
const REMEMBERED_LENGTH_MAX = 8_192;
/** Within the half minute that a token can come again. */
const MUTATIONS_MAX = 100_000;

/**
 * Repeats of a mutation are known to this process and no other: a mutation's idempotency key holds
 * where several processes serve one subgraph, or after a restart.
 */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions;
  readonly #remembered = new Map<string, VerifiedToken>();
  readonly #mutations = new TakenOnce(MUTATIONS_MAX);

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
  }

  /**
   * @param authorization Every value that came under the name. Rejects with UNAUTHENTICATED unless it
   * is one token of this kind, in force.
   */
  async verify(kind: TokenKind, authorization: readonly string[]): Promise<VerifiedToken> {
    const [value, ...others] = authorization;
    if (value === undefined) throw unauthenticated('it has no token');
    if (others.length > 0) throw unauthenticated('it has several tokens');
    const token = BEARER.exec(value)?.[1];
    if (token === undefined) throw unauthenticated('its token is no bearer token');
    const key = `${kind} ${token}`;
    const known = this.#remembered.get(key);
    if (known && !this.hasExpired(known)) return known;
    const verified = await this.#verified(kind, token);
    this.#remember(key, verified);
    return verified;
  }

  /** Marks a mutation as done. Throws UNAUTHENTICATED when it was done before. */
  takeMutation({ call, id, expiresAt }: VerifiedToken): void {
    const taking = this.#mutations.take(`${call.issuer} ${id}`, expiresAt, this.#options.now());
    if (taking === 'REPEATED') throw unauthenticated('this mutation came before');
    if (taking === 'FULL') throw tooManyMutations();
  }

  hasExpired({ expiresAt }: VerifiedToken): boolean {
    return this.#options.now() >= expiresAt;
  }

  async #verified(kind: TokenKind, token: string): Promise<VerifiedToken> {
    const { audience, keys, now } = this.#options;
    const keyOf = ({ kid }: JWTHeaderParameters) => {
      const key = kid === undefined ? undefined : keys.get(kid);
      if (!key) throw unauthenticated('nobody trusted has signed its token');
      return key.publicKey;
    };
    const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
      algorithms: ['EdDSA'],
      typ: TOKEN_TYPE[kind],
      audience,
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: TOKEN_LIFETIME_S,
      currentDate: new Date(now()),
    }).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? unauthenticated(problemOf(error)) : error;
    });
    const { data } = claims.safeParse(payload);
    if (!data) throw unauthenticated('its token lacks a claim, or has one of another kind');
    if (data.iss !== keys.get(protectedHeader.kid ?? '')?.issuer) {
      throw unauthenticated('its token is signed in the name of somebody else');
    }
    if (data.exp - data.iat > TOKEN_LIFETIME_S) {
      throw unauthenticated(`its token lives longer than ${TOKEN_LIFETIME_S} seconds`);
    }
    const { iss, sub = null, scope, accounts, jti, body, exp } = data;
    return {
      call: {
        issuer: iss,
        subject: sub,
        scopes: new Set(scope.split(' ').filter((one) => one !== '')),
        access: accounts === ALL_ACCOUNTS ? EVERY_ACCOUNT : accessTo(accounts),
      },
      id: jti,
      bodyHash: body,
      expiresAt: (exp + CLOCK_TOLERANCE_S) * 1_000,
    };
  }

  #remember(key: string, verified: VerifiedToken): void {
    if (key.length > REMEMBERED_LENGTH_MAX) return;
    this.#remembered.set(key, verified);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED_MAX && oldest !== undefined) {
      this.#remembered.delete(oldest);
    }
  }
}

/** In our words: jose's may hold what the token says. */
function problemOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'its token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `the claim ${error.claim} of its token is not what it must be`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  return 'its token cannot be used';
}
