/** Signs calls by tokens that say who asks, what they may see, and what exactly is asked. */

import { GraphQLError } from 'graphql';
import { ANONYMOUS, type Caller } from '../../admission/caller.js';
import {
  ALL_ACCOUNTS,
  SERVICE_PREFIX,
  TOKEN_ACCOUNTS_MAX,
  type CallerClaims,
} from '../../../subgraphs/shared/callerToken/callerClaims.js';
import type { TokenMaker } from '../../../subgraphs/shared/callerToken/tokenMaker.js';
import { LeastRecentlyUsed } from '../leastRecentlyUsed.js';
import type { RequestKind, UpstreamContext } from '../upstream.js';
import type { AccountAccess } from './accountAccess.js';
import type { CallSigner } from './callSigner.js';
import { GATEWAY_CALLER } from './gatewayCaller.js';
import { idsFor, NO_ACCOUNTS, type AudienceKind, type VisibleAccounts } from './visibleAccounts.js';

export interface TokenCallSignerOptions {
  readonly tokens: TokenMaker;
  readonly access: Pick<AccountAccess, 'of'>;
  readonly kindOf: (audience: string) => AudienceKind;
  /** In ms, on any clock that only goes forward. */
  readonly now: () => number;
}

/** What a caller sees: all, or these. */
type Sight = VisibleAccounts | typeof ALL_ACCOUNTS;

interface SignedCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly sight: Sight;
  readonly reusableUntil: number;
}

/** The caller's token allows to see every account, and nobody is asked which there are. */
export const EVERY_ACCOUNT_SCOPE = 'accounts:all';

/** The same question of the same caller goes out under the same signature for so long. */
const REUSE_MS = 10_000;
/** Characters of questions and headers, over all callers. */
const REMEMBERED_LENGTH_MAX = 8_000_000;

export class TokenCallSigner implements CallSigner {
  readonly #options: TokenCallSignerOptions;
  readonly #signed = new LeastRecentlyUsed<SignedCall>(REMEMBERED_LENGTH_MAX);
  /** Subject and scopes as text, once for each caller. */
  readonly #names = new WeakMap<Caller, string>();

  constructor(options: TokenCallSignerOptions) {
    this.#options = options;
  }

  /**
   * GraphQLError with TOO_MANY_ACCOUNTS as CallSigner says, and with UNAUTHENTICATED for a subject
   * that looks like one of our services.
   */
  headers(
    audience: string,
    body: string,
    { caller = ANONYMOUS }: UpstreamContext,
    kind: RequestKind,
  ): Record<string, string> | Promise<Record<string, string>> {
    const sight = this.#sightOf(caller, audience);
    return sight instanceof Promise
      ? sight.then((known) => this.#headers(audience, body, caller, kind, known))
      : this.#headers(audience, body, caller, kind, sight);
  }

  #sightOf(caller: Caller, audience: string): Sight | Promise<Sight> {
    if (caller === GATEWAY_CALLER) return ALL_ACCOUNTS;
    const { subject, scopes } = caller;
    if (subject?.startsWith(SERVICE_PREFIX)) throw reservedSubject();
    if (subject === null || this.#options.kindOf(audience) === 'none') return NO_ACCOUNTS;
    return scopes.has(EVERY_ACCOUNT_SCOPE) ? ALL_ACCOUNTS : this.#options.access.of(subject);
  }

  #headers(
    audience: string,
    body: string,
    caller: Caller,
    kind: RequestKind,
    sight: Sight,
  ): Record<string, string> {
    if (kind === 'mutation') return this.#sign(audience, body, caller, sight);
    const now = this.#options.now();
    const key = `${audience} ${this.#nameOf(caller)} ${body}`;
    const known = this.#signed.get(key);
    if (known && known.sight === sight && now < known.reusableUntil) return { ...known.headers };
    const headers = this.#sign(audience, body, caller, sight);
    const weight = key.length + (headers['authorization']?.length ?? 0);
    this.#signed.set(key, { headers, sight, reusableUntil: now + REUSE_MS }, weight);
    return { ...headers };
  }

  #sign(audience: string, body: string, caller: Caller, sight: Sight): Record<string, string> {
    const { tokens, kindOf } = this.#options;
    const accounts: CallerClaims['accounts'] =
      sight === ALL_ACCOUNTS ? ALL_ACCOUNTS : idsFor(audience, kindOf(audience), sight);
    if (accounts.length > TOKEN_ACCOUNTS_MAX) throw tooManyAccounts();
    const subject = {
      subject: caller.subject,
      scope: [...caller.scopes].sort().join(' '),
      accounts,
    };
    const token =
      body === '' ? tokens.connect(audience, subject) : tokens.call(audience, body, subject);
    return { authorization: `Bearer ${token}` };
  }

  /** As JSON, so that no subject can be taken for another with its scopes. */
  #nameOf(caller: Caller): string {
    const known = this.#names.get(caller);
    if (known !== undefined) return known;
    const name = JSON.stringify([
      caller === GATEWAY_CALLER,
      caller.subject,
      [...caller.scopes].sort(),
    ]);
    this.#names.set(caller, name);
    return name;
  }
}

const tooManyAccounts = () =>
  new GraphQLError(
    `Your token's subject may see more than ${TOKEN_ACCOUNTS_MAX} accounts. Ask with a subject that sees fewer.`,
    { extensions: { code: 'TOO_MANY_ACCOUNTS', accountsMax: TOKEN_ACCOUNTS_MAX } },
  );

const reservedSubject = () =>
  new GraphQLError(`A subject cannot begin with "${SERVICE_PREFIX}".`, {
    extensions: { code: 'UNAUTHENTICATED' },
  });
