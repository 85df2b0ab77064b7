/** The accounts subgraph, wired over its store. */

import { readFileSync } from 'node:fs';
import type { Call } from '../shared/callerToken/call.js';
import { GATEWAY } from '../shared/callerToken/callerClaims.js';
import { forbidden } from '../shared/callerToken/callErrors.js';
import { serviceSubject } from '../shared/callerToken/serviceCaller.js';
import type { TokenVerifier } from '../shared/callerToken/tokenVerifier.js';
import { startSubgraph, type RunningSubgraph } from '../shared/subgraphServer.js';
import { resolvers, type AccountsContext } from './resolvers.js';
import { AccountRegister, callerAccess, type AccountStore } from './service.js';

export interface AccountsSubgraphOptions {
  readonly store: AccountStore;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** Absent: anybody may ask. */
  readonly verifier?: TokenVerifier | undefined;
  readonly onInternalError: (error: unknown) => void;
}

const { subject: GATEWAY_ITSELF } = serviceSubject(GATEWAY);

/** Rejects when the port is taken. */
export function startAccountsSubgraph({
  store,
  ...options
}: AccountsSubgraphOptions): Promise<RunningSubgraph> {
  return startSubgraph<AccountsContext>({
    ...options,
    typeDefs: readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    context: (_headers, call) => ({
      register: new AccountRegister(store, call.access),
      accessOf: (subject) => {
        if (!isGateway(call)) throw forbidden('Only the gateway may ask what callers may see.');
        return callerAccess(store, subject);
      },
    }),
  });
}

/** Not one of its callers: the gateway signs no subject of theirs that looks like a service. */
const isGateway = ({ issuer, subject }: Call) => issuer === GATEWAY && subject === GATEWAY_ITSELF;
