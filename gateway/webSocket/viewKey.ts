/** Which callers see the same in every subgraph, as far as the gateway can know. */

import type { Caller } from '../admission/caller.js';

/**
 * The same subject with the same scopes. Where nobody is authenticated here, subgraphs may still look
 * at the header that goes on to them.
 */
export const viewKeyOf = (caller: Caller, authorization: string | undefined): string =>
  JSON.stringify(
    caller.subject === null
      ? [null, authorization ?? null]
      : [caller.subject, ...[...caller.scopes].sort()],
  );
