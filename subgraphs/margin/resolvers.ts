/** GraphQL in, GraphQL out: the margin subgraph's fields over its service. */

import { scalarResolvers } from '../shared/scalars.js';
import { callCursor } from './callCursor.js';
import type { MarginCallTransition } from './domain/calls/marginCall.js';
import type { MarginCallUpdate } from './live/callStream.js';
import type { AccountView } from './live/liveMargin.js';
import type { MarginService, ServedMargin } from './service.js';

export interface MarginContext {
  /** Names the gateway's operation that this call is part of; null without one. */
  readonly requestId: string | null;
}

/** An account, and the view that it was reached through, if any. */
interface AccountParent {
  readonly id: string;
  readonly view?: AccountView;
}

interface AccountArguments {
  readonly accountId: string;
}

interface AfterArgument {
  readonly after?: string | null;
}

export function marginResolvers(service: MarginService) {
  return {
    ...scalarResolvers,
    Query: { parameterSets: () => service.parameterSets },
    Subscription: {
      marginCalls: {
        subscribe: (_: unknown, { accountId, after }: AccountArguments & AfterArgument) =>
          service.marginCalls(accountId, after ?? null),
        resolve: (update: MarginCallUpdate) => update,
      },
      margin: {
        subscribe: (_: unknown, { accountId }: AccountArguments) =>
          service.marginUpdates(accountId),
        // Not known now is an error of this event, and the stream goes on.
        resolve: (view: AccountView) => service.servedMargin(view),
      },
    },
    Account: {
      __resolveReference: ({ id }: AccountParent): AccountParent => ({ id }),
      margin: ({ id, view }: AccountParent, _: unknown, { requestId }: MarginContext) =>
        view === undefined ? service.accountMargin(requestId, id) : service.servedMargin(view),
      marginHistory: ({ id }: AccountParent, { first, after }: { first: number } & AfterArgument) =>
        service.marginHistory(id, first, after ?? null),
    },
    VenueAccount: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      margin: ({ id }: { id: string }, _: unknown, { requestId }: MarginContext) =>
        service.venueMargin(requestId, id),
    },
    AccountMargin: {
      account: ({ accountId, view }: ServedMargin): AccountParent => ({ id: accountId, view }),
      snapshotHash: ({ view }: ServedMargin) => service.snapshotHash(view),
    },
    MarginCallUpdate: {
      __resolveType: (update: MarginCallUpdate) =>
        'previousStatus' in update ? 'MarginCallTransition' : 'MarginCallState',
    },
    MarginCallState: updateFields,
    MarginCallTransition: updateFields,
  };
}

type UpdateParent = Pick<MarginCallTransition, 'accountId' | 'sequence'>;

const updateFields = {
  cursor: ({ accountId, sequence }: UpdateParent) => callCursor(accountId, sequence),
  sequence: ({ sequence }: UpdateParent) => String(sequence),
  account: ({ accountId }: UpdateParent): AccountParent => ({ id: accountId }),
};
