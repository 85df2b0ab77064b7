/** A service that asks subgraphs on its own behalf, and may see every account. */

import { ALL_ACCOUNTS, SERVICE_PREFIX } from './callerClaims.js';
import type { TokenMaker, TokenSubject } from './tokenMaker.js';

export interface ServiceCaller {
  /** What to send beside the body of one request. */
  callHeaders(audience: string, body: string): Record<string, string>;
  /** What to send in `connection_init` of one WebSocket. */
  connectionParams(audience: string): Record<string, string>;
}

/** Whose token says that a service asks, and which. */
export const serviceSubject = (service: string): TokenSubject => ({
  subject: SERVICE_PREFIX + service,
  scope: '',
  accounts: ALL_ACCOUNTS,
});

export function serviceCaller(tokens: TokenMaker, service: string): ServiceCaller {
  const subject = serviceSubject(service);
  return {
    callHeaders: (audience, body) => ({
      authorization: `Bearer ${tokens.call(audience, body, subject)}`,
    }),
    connectionParams: (audience) => ({
      authorization: `Bearer ${tokens.connect(audience, subject)}`,
    }),
  };
}

/** For subgraphs that anybody may ask. */
export const UNSIGNED_CALLER: ServiceCaller = {
  callHeaders: () => ({}),
  connectionParams: () => ({}),
};
