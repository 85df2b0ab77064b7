/** Lets through to GraphQL what was signed for this subgraph, over HTTP and over WebSocket. */

import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { GraphQLError } from 'graphql';
import { bodyHash } from './bodyHash.js';
import { unauthenticated } from './callErrors.js';
import type { TokenVerifier, VerifiedToken } from './tokenVerifier.js';

/**
 * Before the body is read, so that strangers cannot make us read one. The address is part of what is
 * signed: there is one, and one method.
 */
export const verifiedSender =
  (verifier: TokenVerifier): RequestHandler =>
  async (request, response, next) => {
    try {
      if (request.method !== 'POST' || request.originalUrl !== '/graphql') {
        throw unauthenticated('they are a POST to /graphql');
      }
      const token = await verifier.verify('call', authorizationOf(request));
      response.locals['token'] = token;
      next();
    } catch (error) {
      refuse(response, error);
    }
  };

/** After the body was read as bytes. */
export const verifiedBody: RequestHandler = (request, response, next) => {
  const body: unknown = request.body;
  const bytes = Buffer.isBuffer(body) ? body : '';
  if (tokenOf(response)?.bodyHash === bodyHash(bytes)) next();
  else refuse(response, unauthenticated('its body is not the one that was signed'));
};

/** Undefined where calls are not signed. */
export const tokenOf = (response: Response): VerifiedToken | undefined =>
  response.locals['token'] as VerifiedToken | undefined;

/** Node would keep the first of several; whoever sends several has something to hide. */
const authorizationOf = (request: IncomingMessage) =>
  request.headersDistinct['authorization'] ?? [];

function refuse(response: Response, error: unknown): void {
  if (!(error instanceof GraphQLError)) throw error;
  const { message, extensions } = error;
  response.status(401).json({ errors: [{ message, extensions: { code: extensions['code'] } }] });
}
