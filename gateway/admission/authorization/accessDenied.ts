/** What is said where a caller may not read a field or type. */

import { GraphQLError } from 'graphql';
import type { PathKey } from '../../upstream/subgraphResponse.js';
import type { AccessView, Requirement } from './accessRules.js';

/** UNAUTHENTICATED where a token is missing altogether, else FORBIDDEN. */
export function accessDenied(
  coordinates: string,
  requirement: Requirement,
  { isAnonymous }: AccessView,
  path?: readonly PathKey[],
): GraphQLError {
  const code = isAnonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  const message = `${coordinates} needs ${neededFor(requirement)}.`;
  return new GraphQLError(message, { path: path ?? null, extensions: { code, coordinates } });
}

function neededFor({ scopes, policies }: Requirement): string {
  const needs = ['a token'];
  if (scopes.length > 0) needs.push(`with the scope ${alternatives(scopes)}`);
  if (policies.length > 0) needs.push(`by the policy ${alternatives(policies)}`);
  return needs.join(' ');
}

const alternatives = (lists: readonly (readonly string[])[]) =>
  lists.map((all) => all.map((one) => `"${one}"`).join(' and ')).join(', or ');
