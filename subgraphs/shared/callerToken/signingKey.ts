/** An Ed25519 private key, as a JWK in a process's environment. */

import {
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { bodyHash } from './bodyHash.js';

export interface SigningKey {
  /** RFC 7638 thumbprint of the public key: names it in tokens. */
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** What others need to check signatures: a public JWK with who signs by it. */
export interface PublicSigningKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly iss: string;
}

const MEND = 'make one with `npx margin-graph keys`';

const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
  d: z.string().length(43),
});

/** Reads the variable SIGNING_KEY. Its messages never quote the key. */
export const signingKeyVariable = z.string().transform((text, context): SigningKey => {
  try {
    return signingKey(jwk.parse(JSON.parse(text)));
  } catch {
    context.addIssue({ code: 'custom', message: `is an Ed25519 private JWK as JSON; ${MEND}` });
    return z.NEVER;
  }
});

/** A new private key as the JSON text that `signingKeyVariable` reads. */
export const newSigningKeyText = (): string =>
  JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

/** @param issuer Who holds the private key, such as `gateway`. */
export function publicSigningKey({ id, privateKey }: SigningKey, issuer: string): PublicSigningKey {
  const { x } = privateKey.export({ format: 'jwk' }) as { x: string };
  return { kty: 'OKP', crv: 'Ed25519', x, kid: id, iss: issuer };
}

function signingKey(key: z.infer<typeof jwk>): SigningKey {
  const privateKey = createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
  const { x } = privateKey.export({ format: 'jwk' }) as { x: string };
  return { id: bodyHash(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })), privateKey };
}
