/** Why a call is refused before anything is answered. */

import { GraphQLError } from 'graphql';

/** The call is not signed as it must be. HTTP status 401. */
export const unauthenticated = (problem: string) =>
  refusal('UNAUTHENTICATED', `This subgraph answers signed calls only: ${problem}.`, 401);

/** It is signed, and its signer may not ask for this. HTTP status 403 where nothing else is asked. */
export const forbidden = (message: string) => refusal('FORBIDDEN', message, 403);

/** More mutations came at once than can be told from repeats. HTTP status 503. */
export const tooManyMutations = () =>
  refusal('OVERLOADED', 'Too many mutations at once: ask again in some seconds.', 503);

const refusal = (code: string, message: string, status: number) =>
  new GraphQLError(message, { extensions: { code, http: { status } } });
