/** An accounts subgraph over a plain list, a page at a time. */

import { readFileSync } from 'node:fs';
import { scalarResolvers } from '../../../subgraphs/shared/scalars.js';
import type { TokenVerifier } from '../../../subgraphs/shared/callerToken/tokenVerifier.js';
import { startSubgraph, type RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';

const typeDefs = readFileSync(
  new URL('../../../subgraphs/accounts/schema.graphql', import.meta.url),
  'utf8',
);

/**
 * @param accounts Venue account ids by account id; pages hold one account each.
 * @param verifier Whose calls it takes; absent: anybody's.
 */
export function startAccounts(
  accounts: Readonly<Record<string, readonly string[]>>,
  verifier?: TokenVerifier,
): Promise<RunningSubgraph> {
  const all = Object.entries(accounts).map(([id, venueAccountIds]) => ({ id, venueAccountIds }));
  return startSubgraph({
    typeDefs,
    resolvers: {
      Ratio: scalarResolvers.Ratio,
      Query: {
        accounts: (_: unknown, { after }: { after?: string | null }) => {
          const start = all.findIndex(({ id }) => id === after) + 1;
          return {
            nodes: all.slice(start, start + 1),
            pageInfo: { hasNextPage: start + 1 < all.length, endCursor: all[start]?.id ?? null },
          };
        },
        assets: () => [
          { id: 'USD', name: 'US dollar', haircut: '0' },
          { id: 'BTC', name: 'Bitcoin', haircut: '0.05' },
        ],
      },
    },
    port: 0,
    verifier,
    context: () => ({}),
  });
}
