/** The header of a token: what it may say, before any of it is used. */

import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { unauthenticated } from './authenticationFailure.js';

/** Asymmetric ones only: with a shared secret, who can check a token can make one. */
export type TokenAlgorithm =
  'EdDSA' | 'ES256' | 'ES384' | 'ES512' | 'PS256' | 'PS384' | 'PS512' | 'RS256' | 'RS384' | 'RS512';

/** The first four bring or name a key of the token's own choosing; nothing is critical that we know. */
const REFUSED = ['jwk', 'jku', 'x5u', 'x5c', 'crit'] as const;

/** Throws AuthenticationFailure. `type` is the `typ` that it must have; null takes any, and none. */
export function tokenHeader(
  token: string,
  algorithms: readonly TokenAlgorithm[],
  type: string | null,
): ProtectedHeaderParameters {
  const header = decoded(token);
  const refused = REFUSED.find((name) => Object.hasOwn(header, name));
  if (refused !== undefined) {
    throw unauthenticated(`A token with “${refused}” in its header is not taken.`);
  }
  if (!algorithms.some((algorithm) => algorithm === header.alg)) {
    throw unauthenticated(`The token must be signed with ${algorithms.join(' or ')}.`);
  }
  if (type !== null && mediaType(header.typ) !== mediaType(type)) {
    throw unauthenticated(
      `The token’s type (typ) must be ${type}: send an access token, not an identity token.`,
    );
  }
  return header;
}

function decoded(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw unauthenticated('The token’s header cannot be read.', cause);
  }
}

/** RFC 7515 §4.1.9: `application/` may be left out, and case does not count. */
const mediaType = (type: unknown) =>
  typeof type === 'string' ? type.toLowerCase().replace(/^application\//, '') : undefined;
