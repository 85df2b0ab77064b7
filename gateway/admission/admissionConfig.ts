/** Whom the gateway lets ask, and how much, by its environment. */

import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DevelopmentKeys } from './authentication/developmentKeys.js';
import { TokenVerifier, type TrustedIssuer } from './authentication/tokenVerifier.js';
import type { NotReadyReason } from '../telemetry/healthEndpoints.js';
import { ANONYMOUS, type Caller } from './caller.js';
import { DEFAULT_LIMITS } from './limits/operationLimits.js';
import type { OperationPolicy } from './operationPolicy.js';
import { operationManifest } from './persisted/operationManifest.js';
import {
  AutomaticPersistedOperations,
  OperationSafelist,
  type PersistedOperations,
} from './persisted/persistedOperations.js';
import { CostRates } from './rates/costRates.js';

const atLeastOne = z.coerce.number().int().positive();
const flag = z.enum(['true', 'false'], { error: 'is true or false' });

const issuers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue(
        'is JSON: [{"issuer":"https://…","audiences":["margin-graph"],"keys":"https://…/jwks.json"}]',
      );
      return z.NEVER;
    }
  })
  .pipe(
    z.array(
      z.object({
        issuer: z.string().min(1),
        audiences: z.tuple([z.string().min(1)], z.string().min(1)),
        /** Where its keys are published. */
        keys: z.url({ protocol: /^https?$/ }),
      }),
    ),
  );

/** For `runService`, beside the gateway's own. */
export const admissionVariables = {
  /** JSON array of `{ issuer, audiences, keys }`: whose tokens count. */
  JWT_ISSUERS: issuers.optional(),
  /** Folder of a development key, which is made there; whoever reads it can be anybody. */
  DEVELOPMENT_KEYS: z.string().min(1).optional(),
  NODE_ENV: z.string().optional(),
  /** Whether clients may ask for the schema; default: not in production. */
  INTROSPECTION: flag.optional(),
  /** A manifest: then its operations run, named by their hashes, and no others. */
  SAFELIST: z.string().min(1).optional(),
  ON_DENIED: z.enum(['filter', 'reject']).default('filter'),
  LIMIT_BODY_BYTES: atLeastOne.default(100_000),
  LIMIT_TOKENS: atLeastOne.default(DEFAULT_LIMITS.tokens),
  LIMIT_DEPTH: atLeastOne.default(DEFAULT_LIMITS.depth),
  LIMIT_ALIASES: atLeastOne.default(DEFAULT_LIMITS.aliases),
  LIMIT_ROOT_FIELDS: atLeastOne.default(DEFAULT_LIMITS.rootFields),
  LIMIT_DIRECTIVES: atLeastOne.default(DEFAULT_LIMITS.directives),
  LIMIT_COST: atLeastOne.default(DEFAULT_LIMITS.cost),
  /** Units of cost a minute. */
  RATE_SUBJECT_COST: atLeastOne.default(6_000_000),
  RATE_ADDRESS_COST: atLeastOne.default(600_000),
  /** An operation that takes longer is answered with what there is by then. */
  OPERATION_TIMEOUT_MS: atLeastOne.default(10_000),
};

export type AdmissionConfig = z.infer<z.ZodObject<typeof admissionVariables>>;

/** Throws Error that names each variable that cannot be used. */
export function admissionIn(
  environment: Readonly<Record<string, string | undefined>>,
): AdmissionConfig {
  const config = z.object(admissionVariables).safeParse(environment);
  if (config.success) return config.data;
  throw new Error(`wrong configuration\n${z.prettifyError(config.error)}`);
}

export interface Admission {
  readonly policy: OperationPolicy;
  readonly persisted: PersistedOperations;
  readonly authenticate: (authorization: string | undefined) => Promise<Caller>;
  /** Whether tokens cannot be checked yet, for want of an issuer's keys. */
  readonly notReady: () => readonly NotReadyReason[];
  readonly bodyBytesMax: number;
  readonly operationMs: number;
  /** Set in development: tokens for whoever asks from this machine. */
  readonly developmentKeys: DevelopmentKeys | undefined;
}

/** Rejects with a message for people where a file that is named cannot be used. */
export async function admissionOf(
  config: AdmissionConfig,
  log: Pick<Logger, 'warn'>,
  now: () => number,
): Promise<Admission> {
  const { DEVELOPMENT_KEYS, JWT_ISSUERS = [], SAFELIST } = config;
  const isProduction = config.NODE_ENV === 'production';
  if (isProduction && DEVELOPMENT_KEYS !== undefined) {
    throw new Error('DEVELOPMENT_KEYS is for development: in production set JWT_ISSUERS.');
  }
  const developmentKeys =
    DEVELOPMENT_KEYS === undefined ? undefined : await DevelopmentKeys.open(DEVELOPMENT_KEYS, now);
  const trusted: TrustedIssuer[] = JWT_ISSUERS.map(({ keys, ...issuer }) => ({
    ...issuer,
    keys: new URL(keys),
  }));
  if (developmentKeys) {
    const { issuer, audience, jwks } = developmentKeys;
    trusted.push({ issuer, audiences: [audience], keys: jwks });
  }
  const rates = new CostRates({
    perSubject: config.RATE_SUBJECT_COST,
    perAddress: config.RATE_ADDRESS_COST,
  });
  return {
    policy: {
      limits: {
        tokens: config.LIMIT_TOKENS,
        depth: config.LIMIT_DEPTH,
        aliases: config.LIMIT_ALIASES,
        rootFields: config.LIMIT_ROOT_FIELDS,
        directives: config.LIMIT_DIRECTIVES,
        cost: config.LIMIT_COST,
      },
      introspection:
        config.INTROSPECTION === undefined ? !isProduction : config.INTROSPECTION === 'true',
      onDenied: config.ON_DENIED,
      spend: (asker, cost) => rates.spend(asker, cost),
    },
    persisted: SAFELIST === undefined ? new AutomaticPersistedOperations() : safelist(SAFELIST),
    ...authentication(trusted, log, now),
    bodyBytesMax: config.LIMIT_BODY_BYTES,
    operationMs: config.OPERATION_TIMEOUT_MS,
    developmentKeys,
  };
}

/** Without a trusted issuer no token is checked, and none counts. */
function authentication(
  issuers: readonly TrustedIssuer[],
  log: Pick<Logger, 'warn'>,
  now: () => number,
): Pick<Admission, 'authenticate' | 'notReady'> {
  if (issuers.length === 0) {
    log.warn('JWT_ISSUERS is not set: every caller counts as one without a token');
    return { authenticate: () => Promise.resolve(ANONYMOUS), notReady: () => [] };
  }
  const verifier = new TokenVerifier({
    issuers,
    now,
    onKeysProblem: (err) => log.warn({ err }, 'the keys of an issuer cannot be fetched'),
  });
  let haveKeys = false;
  const look = async () => {
    haveKeys = await verifier.load();
  };
  void look();
  return {
    authenticate: (authorization) => verifier.verify(authorization),
    notReady: () => {
      if (!haveKeys) void look();
      return haveKeys ? [] : ['KEYS_NOT_LOADED'];
    },
  };
}

function safelist(path: string): OperationSafelist {
  try {
    return new OperationSafelist(operationManifest(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`SAFELIST ${path} cannot be used: ${(error as Error).message}`);
  }
}
