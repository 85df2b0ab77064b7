/** An issuer of tokens, every part of which a test may change. */

import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';

export const NOW = Date.parse('2026-11-22T12:00:00.000Z');
export const NOW_S = NOW / 1_000;
export const ISSUER = 'https://issuer.test';
export const AUDIENCE = 'margin-graph';

export interface TokenChanges {
  /** Undefined takes a parameter away. */
  readonly header?: object;
  readonly claims?: object;
  /** The last word on the claims, as JSON. */
  readonly rewrite?: (claims: string) => string;
  /** What is signed with, in place of the issuer's own. */
  readonly key?: KeyObject;
}

export class TestIssuer {
  readonly #pair = generateKeyPairSync('ed25519');
  readonly #kid: string;

  constructor(kid = 'first') {
    this.#kid = kid;
  }

  get jwk(): JWK {
    return { ...this.#pair.publicKey.export({ format: 'jwk' }), kid: this.#kid };
  }

  get publicKey(): KeyObject {
    return this.#pair.publicKey;
  }

  get privateKey(): KeyObject {
    return this.#pair.privateKey;
  }

  /** Good for ten minutes, but for the changes. */
  token({
    header,
    claims,
    rewrite = (text) => text,
    key = this.#pair.privateKey,
  }: TokenChanges = {}): string {
    const said = {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'demo',
      iat: NOW_S,
      exp: NOW_S + 600,
      ...claims,
    };
    const claimsPart = Buffer.from(rewrite(JSON.stringify(said))).toString('base64url');
    const signed = `${encoded({ alg: 'EdDSA', kid: this.#kid, typ: 'at+jwt', ...header })}.${claimsPart}`;
    const isElliptic = key.asymmetricKeyType === 'ec';
    const signature = isElliptic
      ? sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
      : sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', Buffer.from(signed), key);
    return `${signed}.${signature.toString('base64url')}`;
  }

  authorization(changes?: TokenChanges): string {
    return `Bearer ${this.token(changes)}`;
  }
}

export const encoded = (part: object): string =>
  Buffer.from(JSON.stringify(part)).toString('base64url');
