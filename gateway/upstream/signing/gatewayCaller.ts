import type { Caller } from '../../admission/caller.js';
import { GATEWAY, SERVICE_PREFIX } from '../../../subgraphs/shared/callerToken/callerClaims.js';

/**
 * The gateway on its own behalf, as when it asks what a caller may see. This object and no equal one:
 * nobody becomes it by what a token says.
 */
export const GATEWAY_CALLER: Caller = {
  subject: SERVICE_PREFIX + GATEWAY,
  scopes: new Set(),
  expiresAt: null,
};
