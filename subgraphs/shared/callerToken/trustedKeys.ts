/** Whose signatures a subgraph takes: the variable TRUSTED_KEYS. */

import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

export interface TrustedKey {
  /** The only `iss` that this key may sign for. */
  readonly issuer: string;
  readonly publicKey: KeyObject;
}

/** By key id. */
export type TrustedKeys = ReadonlyMap<string, TrustedKey>;

const EXPECTED =
  'is a JWKS as JSON, {"keys":[{"kty":"OKP","crv":"Ed25519","x":"…","kid":"…","iss":"gateway"}]}; make one with `npx margin-graph keys`';

const jwks = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string().length(43),
        /** A private key has no business here. */
        d: z.undefined().optional(),
        kid: z.string().min(1),
        iss: z.string().min(1),
      }),
    )
    .min(1)
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length),
});

export const trustedKeysVariable = z
  .string({ error: EXPECTED })
  .transform((text, context): TrustedKeys => {
    try {
      const { keys } = jwks.parse(JSON.parse(text));
      return new Map(
        keys.map(({ kid, iss, kty, crv, x }) => {
          const key: JsonWebKey = { kty, crv, x };
          return [kid, { issuer: iss, publicKey: createPublicKey({ key, format: 'jwk' }) }];
        }),
      );
    } catch {
      context.addIssue({ code: 'custom', message: EXPECTED });
      return z.NEVER;
    }
  });
