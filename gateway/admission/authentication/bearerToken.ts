/** The token in an `authorization` header. */

import { unauthenticated } from './authenticationFailure.js';

/** Of the whole header. Real tokens have a few hundred. */
const CHARACTERS_MAX = 8_192;
/** RFC 6750 §2.1, for a token of three parts: RFC 7515 §7.1. The scheme's case does not count. */
const BEARER = /^bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i;

/** Throws AuthenticationFailure unless the header is one signed token and nothing else. */
export function bearerToken(authorization: string): string {
  if (authorization.length > CHARACTERS_MAX) {
    throw unauthenticated(
      `The authorization header is longer than ${CHARACTERS_MAX} characters. Ask for a token with fewer claims.`,
    );
  }
  const [, ...parts] = BEARER.exec(authorization) ?? [];
  if (parts.length === 0 || !parts.every(isCanonical)) {
    throw unauthenticated(
      'The authorization header must be “Bearer”, a space, and one signed JWT, with nothing after it.',
    );
  }
  return parts.join('.');
}

/**
 * The value of a request's `authorization` headers, from Node's `rawHeaders`. Several are joined, and
 * so refused: Node's `headers` would hide all but the first, and another server may take the last.
 */
export function authorizationOf(rawHeaders: readonly string[]): string | undefined {
  let found: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'authorization') continue;
    const value = rawHeaders[index + 1] ?? '';
    found = found === undefined ? value : `${found}, ${value}`;
  }
  return found;
}

/** Otherwise one token could be written in several ways, for its last character has unused bits. */
const isCanonical = (part: string) => Buffer.from(part, 'base64url').toString('base64url') === part;
