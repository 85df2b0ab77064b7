/** Whom a subgraph answers, by its environment. */

import type { Logger } from 'pino';
import { z } from 'zod';
import { TokenVerifier } from './tokenVerifier.js';
import { trustedKeysVariable, type TrustedKeys } from './trustedKeys.js';

const REQUIRED =
  'must name whose calls this subgraph takes. Make keys with `npx margin-graph keys`, or set ALLOW_UNSIGNED=true where nobody else can reach it';

/**
 * The variables TRUSTED_KEYS and ALLOW_UNSIGNED. Without keys anybody may ask, which in production
 * has to be wished for.
 */
export function trustVariables(environment: Readonly<Record<string, string | undefined>>) {
  const isOpen =
    environment['NODE_ENV'] !== 'production' || environment['ALLOW_UNSIGNED'] === 'true';
  return {
    TRUSTED_KEYS: isOpen
      ? trustedKeysVariable.optional()
      : z.string({ error: REQUIRED }).pipe(trustedKeysVariable),
    ALLOW_UNSIGNED: z.enum(['true', 'false'], { error: 'is true or false' }).optional(),
  };
}

/** Undefined where anybody may ask, which the log then says. `name` is the subgraph's own. */
export function verifierOf(
  keys: TrustedKeys | undefined,
  name: string,
  log: Pick<Logger, 'warn'>,
  now: () => number,
): TokenVerifier | undefined {
  if (keys) return new TokenVerifier({ audience: name, keys, now });
  log.warn('TRUSTED_KEYS is not set: whoever reaches this subgraph sees every account');
  return undefined;
}
