/** Who a verified token speaks for. */

import type { JWTPayload } from 'jose';
import { SERVICE_PREFIX } from '../../../subgraphs/shared/callerToken/callerClaims.js';
import type { Caller } from '../caller.js';
import { unauthenticated } from './authenticationFailure.js';

/** OpenID Connect Core §2. */
const SUBJECT_CHARACTERS_MAX = 255;
/** RFC 6749 §3.3: printable ASCII but the space, the quotation mark and the backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Throws AuthenticationFailure where a claim that we use is not what it must be. */
export const tokenCaller = (claims: JWTPayload): Caller => ({
  subject: subjectOf(claims),
  scopes: scopesOf(claims),
  expiresAt: expiryOf(claims),
});

/** What is wrong with a subject, to go on after its name; undefined where nothing is. */
export function subjectProblem(subject: unknown): string | undefined {
  if (
    typeof subject !== 'string' ||
    subject.trim() === '' ||
    subject.length > SUBJECT_CHARACTERS_MAX
  ) {
    return `must be text of 1 to ${SUBJECT_CHARACTERS_MAX} characters`;
  }
  if (subject.startsWith(SERVICE_PREFIX)) return `must not begin with “${SERVICE_PREFIX}”`;
  return undefined;
}

export const isScope = (scope: unknown): scope is string =>
  typeof scope === 'string' && SCOPE.test(scope);

function subjectOf({ sub }: JWTPayload): string {
  const problem = subjectProblem(sub);
  if (problem !== undefined) throw unauthenticated(`The token’s subject (sub) ${problem}.`);
  return String(sub);
}

/** `scope` is text by RFC 9068; `scp` is a list with some issuers, and text with others. */
function scopesOf(claims: JWTPayload): ReadonlySet<string> {
  const claim = claims['scope'] ?? claims['scp'] ?? [];
  const scopes: unknown = typeof claim === 'string' ? claim.split(' ').filter(Boolean) : claim;
  if (!Array.isArray(scopes) || !scopes.every(isScope)) {
    throw unauthenticated(
      'The token’s scopes must be text with spaces between (scope), or a list of text (scp).',
    );
  }
  return new Set(scopes);
}

function expiryOf({ exp }: JWTPayload): number {
  // JSON can say 1e999, which would be never.
  if (!Number.isFinite(exp)) {
    throw unauthenticated('The token’s expiry (exp) must be a number of seconds.');
  }
  return Number(exp) * 1_000;
}
