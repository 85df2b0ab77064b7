/** One call of a subgraph: who asks, and what they may see. */

import { EVERY_ACCOUNT, type AccountAccess } from './accountAccess.js';

export interface Call {
  /** Who signed it, such as `gateway`; null where anybody may ask. */
  readonly issuer: string | null;
  /** For whom; null for nobody. `service:…` is the signer itself. */
  readonly subject: string | null;
  readonly scopes: ReadonlySet<string>;
  readonly access: AccountAccess;
}

/** What a subgraph that anybody may ask knows of each call. */
export const UNSIGNED_CALL: Call = {
  issuer: null,
  subject: null,
  scopes: new Set(),
  access: EVERY_ACCOUNT,
};
