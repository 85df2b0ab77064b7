/** A gateway on a real port over one subgraph inside this process, for what is asked of its front. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { UNMETERED, type OperationPolicy } from '../../gateway/admission/operationPolicy.js';
import { Engine } from '../../gateway/engine.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { startServer, type RunningServer, type ServerOptions } from '../../gateway/server.js';

const typeDefs = `
  type Query { echo(text: String): String  thing(id: ID): Thing  failing: String }
  type Mutation { change(text: String): String }
  type Thing { id: ID!  name: String  thing: Thing }
`;

/** In what a resolver throws, in the subgraph's address, and nowhere that a client may see it. */
export const SECRET = 'canary-7f3a';

export interface EchoGateway {
  readonly server: RunningServer;
  /** What mutations have written. */
  readonly changes: string[];
  /** Failures that clients saw as INTERNAL_SERVER_ERROR. */
  readonly internalErrors: unknown[];
  close(): Promise<void>;
}

export async function startEchoGateway(
  policy: Partial<OperationPolicy> = {},
  options: Partial<ServerOptions> = {},
): Promise<EchoGateway> {
  const changes: string[] = [];
  const internalErrors: unknown[] = [];
  const url = `local:${SECRET}`;
  const thing = (id: string) => ({ id, name: `thing ${id}`, thing: () => thing(id) });
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(typeDefs),
      resolvers: {
        Query: {
          echo: (_root: unknown, { text }: { text?: string }) => text ?? null,
          thing: (_root: unknown, { id }: { id?: string }) => thing(id ?? '1'),
          failing: () => {
            throw new Error(`a mistake that says ${SECRET}`);
          },
        },
        Mutation: {
          change: (_root: unknown, { text }: { text?: string }) => {
            changes.push(text ?? '');
            return text ?? null;
          },
        },
      },
    },
  ]);
  const engine = new Engine({
    timeoutMs: 2_000,
    local: new Map([[url, () => schema]]),
    policy: { ...UNMETERED, ...policy },
  });
  await engine.swap(composeSupergraph([{ name: 'echo', url, typeDefs }]));
  const server = await startServer({
    engine,
    port: 0,
    host: '127.0.0.1',
    page: null,
    onInternalError: (error) => internalErrors.push(error),
    ...options,
  });
  return {
    server,
    changes,
    internalErrors,
    close: async () => {
      await server.close();
      await engine.close();
    },
  };
}
