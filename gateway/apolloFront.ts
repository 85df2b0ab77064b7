/** GraphQL over HTTP: Apollo Server in front of our engine, through its `gateway` interface. */

import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { Engine } from './engine.js';

export interface GatewayContext {
  /** What goes on to the subgraphs. */
  readonly headers: Record<string, string>;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** Errors leave without stacks, and with stable codes in `extensions.code`. */
export function apolloFront(engine: Engine, http: Server): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway: engineAsGateway(engine),
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

function engineAsGateway(
  engine: Engine,
): ApolloServerOptionsWithGateway<GatewayContext>['gateway'] {
  const executor = ({ source, request, operationName, context }: GraphQLRequestContextLike) =>
    engine.execute(
      { query: source, operationName, variables: request.variables ?? {} },
      context as GatewayContext,
    );
  return {
    load: () => Promise.resolve({ executor }),
    onSchemaLoadOrUpdate: (callback) =>
      engine.onSwap(({ schema, supergraphSdl }) => {
        callback({ apiSchema: schema, coreSupergraphSdl: supergraphSdl });
      }),
    stop: () => Promise.resolve(),
  };
}

/** What Apollo Server hands to a gateway's executor, as far as ours reads it. */
interface GraphQLRequestContextLike {
  readonly source: string;
  readonly operationName: string | null;
  readonly request: { readonly variables?: Record<string, unknown> };
  readonly context: object;
}
