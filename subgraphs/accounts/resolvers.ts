/** GraphQL in, GraphQL out, for the accounts subgraph. */

import { scalarResolvers } from '../shared/scalars.js';
import type { Account } from './domain/account.js';
import type { AccountRegister, CallerAccess } from './service.js';

/** Made for each operation, so that its loaders batch and cache for that operation only. */
export interface AccountsContext {
  readonly register: AccountRegister;
  /** Throws FORBIDDEN unless the gateway itself asks. */
  readonly accessOf: (subject: string) => Promise<CallerAccess>;
}

interface Reference {
  readonly id: string;
}

interface SubjectArgument {
  readonly subject: string;
}

interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
}

export const resolvers = {
  Ratio: scalarResolvers.Ratio,
  Query: {
    account: (_: unknown, { id }: Reference, { register }: AccountsContext) => register.account(id),
    accounts: (_: unknown, { first, after }: PageArguments, { register }: AccountsContext) =>
      register.accountPage(first, after ?? null),
    assets: (_: unknown, _arguments: object, { register }: AccountsContext) => register.assets(),
    callerAccess: (_: unknown, { subject }: SubjectArgument, { accessOf }: AccountsContext) =>
      accessOf(subject),
  },
  Account: {
    __resolveReference: ({ id }: Reference, { register }: AccountsContext) => register.account(id),
    owner: (account: Account, _arguments: object, { register }: AccountsContext) =>
      register.owner(account),
    venueAccountIds: (account: Account, _arguments: object, { register }: AccountsContext) =>
      register.venueAccountIds(account),
  },
  Asset: {
    __resolveReference: ({ id }: Reference, { register }: AccountsContext) => register.asset(id),
  },
};
