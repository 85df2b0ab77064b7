/** The signer of a gateway in service, with what it needs to know who may see what. */

import { GATEWAY } from '../../../subgraphs/shared/callerToken/callerClaims.js';
import type { SigningKey } from '../../../subgraphs/shared/callerToken/signingKey.js';
import { TokenMaker } from '../../../subgraphs/shared/callerToken/tokenMaker.js';
import { httpUpstream } from '../httpUpstream.js';
import type { Upstream } from '../upstream.js';
import { AccountAccess } from './accountAccess.js';
import type { CallSigner } from './callSigner.js';
import { TokenCallSigner } from './tokenCallSigner.js';
import { audienceKindOf } from './visibleAccounts.js';

export interface CallSigningOptions {
  readonly key: SigningKey;
  /** Where the accounts subgraph answers. */
  readonly accountsUrl: string;
  readonly timeoutMs: number;
  readonly isVenue: (subgraph: string) => boolean;
  /** In ms since 1970. */
  readonly now: () => number;
  /** In ms, on a clock that only goes forward. */
  readonly monotonicNow: () => number;
  /** Never the same twice. */
  readonly newId: () => string;
  /** Told when it cannot be known what somebody may see; not who that is. */
  readonly onAccessFailure: (error: unknown) => void;
}

export interface CallSigning {
  readonly signer: CallSigner;
  /** Frees the connections on which accounts was asked. */
  close(): Promise<void>;
}

export function callSigning(options: CallSigningOptions): CallSigning {
  const { key, now, monotonicNow, newId } = options;
  const access: AccountAccess = new AccountAccess({
    // What a caller may see is asked under a signature, and that needs no asking.
    accounts: { request: (body, context) => accounts.request(body, context) },
    now: monotonicNow,
    onFailure: options.onAccessFailure,
  });
  const signer = new TokenCallSigner({
    tokens: new TokenMaker({ key, issuer: GATEWAY, now, newId }),
    access,
    kindOf: audienceKindOf(options.isVenue),
    now: monotonicNow,
  });
  const accounts: Upstream = httpUpstream({
    name: 'accounts',
    url: options.accountsUrl,
    timeoutMs: options.timeoutMs,
    signer,
  });
  return { signer, close: () => accounts.close() };
}
