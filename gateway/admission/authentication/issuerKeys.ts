/** The public keys that one issuer signs its tokens with. */

import {
  createLocalJWKSet,
  errors,
  type CryptoKey,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import { authenticationUnavailable, unauthenticated } from './authenticationFailure.js';

export interface IssuerKeys {
  /**
   * The key that a token's header asks for. Rejects with AuthenticationFailure: UNAUTHENTICATED where
   * the issuer has no such key, AUTHENTICATION_UNAVAILABLE where it is not known what keys it has.
   */
  keyFor(header: JWSHeaderParameters): Promise<CryptoKey>;
  /** Sees to it that keys are known, if that can be, and says whether they are. */
  load(): Promise<boolean>;
}

/** Keys that are known from the start and never change. Throws where they are not a key set. */
export function fixedKeys(jwks: JSONWebKeySet): IssuerKeys {
  const keys = createLocalJWKSet(jwks);
  return {
    keyFor: async (header) => {
      const key = await keyIn(keys, header);
      if (!key) throw noSuchKey();
      return key;
    },
    load: () => Promise.resolve(true),
  };
}

/** Undefined where the set has none; rejects with AuthenticationFailure where it cannot be used. */
export async function keyIn(
  keys: LocalJWKSet,
  header: JWSHeaderParameters,
): Promise<CryptoKey | undefined> {
  try {
    return await keys(header);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return undefined;
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      throw unauthenticated(
        'The token’s header must say which of its issuer’s keys it means (kid).',
      );
    }
    throw authenticationUnavailable(error);
  }
}

export const noSuchKey = () =>
  unauthenticated('The token is signed with a key that its issuer does not publish.');
