/** A venue as a subgraph: the contract's schema over what the feed holds. */

import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import DataLoader from 'dataloader';
import type { AccountAccess } from '../../shared/callerToken/accountAccess.js';
import type { Call } from '../../shared/callerToken/call.js';
import { scalarResolvers } from '../../shared/scalars.js';
import type { CollateralBalance, Instrument } from '../contract/venueState.js';
import type { AccountRecord } from './accountRecord.js';
import type { AccountUpdate, UpdateLog } from './updateLog.js';
import { typePrefix, venueTypeDefs, type VenueName } from './venueTypeDefs.js';

export interface VenueContext {
  /** One per operation; null for an id that this venue does not know, or the caller may not see. */
  readonly accounts: DataLoader<string, AccountRecord | null>;
  readonly access: AccountAccess;
}

export interface VenueSubgraph {
  readonly typeDefs: string;
  readonly resolvers: GraphQLResolverMap<VenueContext>;
  readonly context: (headers: IncomingHttpHeaders, call: Call) => VenueContext;
}

export function venueSubgraph(venue: VenueName, log: UpdateLog): VenueSubgraph {
  const { slug } = venue;
  const accountType = `${typePrefix(slug)}Account`;
  return {
    typeDefs: venueTypeDefs(venue),
    context: (_headers, { access }) => ({
      access,
      accounts: new DataLoader((ids) =>
        Promise.resolve(ids.map((id) => (access.mayAccess(id) ? log.get(id) : null) ?? null)),
      ),
    }),
    resolvers: {
      ...venueScalars,
      VenueAccount: { __resolveType: () => accountType },
      [accountType]: accountResolvers,
      Instrument: { underlying: ({ underlying }: Instrument) => ({ id: underlying }) },
      CollateralBalance: { asset: ({ asset }: CollateralBalance) => ({ id: asset }) },
      Query: { [`${slug}Account`]: loadAccount },
      Subscription: {
        [`${slug}AccountUpdated`]: {
          subscribe: (_root: unknown, { after }: { after?: unknown }, { access }: VenueContext) =>
            log.subscribe(after, (id) => access.mayAccess(id)),
          resolve: (update: AccountUpdate) => update,
        },
      },
    },
  };
}

const { Price, Quantity, Ratio, DateTime } = scalarResolvers;
const venueScalars = { Price, Quantity, Ratio, DateTime };

const loadAccount = (_root: unknown, { id }: { id: string }, { accounts }: VenueContext) =>
  accounts.load(id);

const accountResolvers = {
  __resolveReference: ({ id }: { id: string }, { accounts }: VenueContext) => accounts.load(id),
  positions: ({ state }: AccountRecord) => state?.positions ?? null,
  collateral: ({ state }: AccountRecord) => state?.collateral ?? null,
  reportedMargin: ({ state }: AccountRecord) => state?.reportedMargin ?? null,
  snapshot: ({ state, receivedAt, problem }: AccountRecord) =>
    state && {
      quality: problem === null ? 'LIVE' : 'STALE',
      asOf: state.asOf,
      receivedAt,
      problem,
      notices: state.notices,
    },
};
