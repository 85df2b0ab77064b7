/** Composes subgraphs into one supergraph, or says why they do not fit together. */

import { composeServices } from '@theguild/federation-composition';
import { Kind, parse, type DefinitionNode, type DocumentNode } from 'graphql';
import { withExternalRequirements } from './externalRequirements.js';
import { assertPlannable } from '../planning/assertPlannable.js';

export interface SubgraphDefinition {
  readonly name: string;
  readonly url: string;
  /** Federation SDL. */
  readonly typeDefs: string;
}

/** Thrown when subgraphs do not compose; `problems` holds one composer message each. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';

  constructor(readonly problems: readonly string[]) {
    super(
      `The subgraphs do not compose:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}

/** The supergraph SDL; throws CompositionError, also for one that the planner would die on. */
export function composeSupergraph(subgraphs: readonly SubgraphDefinition[]): string {
  const result = attempt(subgraphs);
  if (result.supergraphSdl === undefined) {
    throw new CompositionError(result.errors.map(({ message }) => message));
  }
  return withExternalRequirements(result.supergraphSdl);
}

/** The composer reports most misfits and throws on some; both are the subgraphs' fault. */
function attempt(subgraphs: readonly SubgraphDefinition[]) {
  try {
    const result = composeServices(
      subgraphs.map(({ name, url, typeDefs }) => ({
        name,
        url,
        typeDefs: interfaceObjectsFirst(parse(typeDefs)),
      })),
    );
    if (result.supergraphSdl !== undefined) assertPlannable(parse(result.supergraphSdl));
    return result;
  } catch (error) {
    throw new CompositionError([(error as Error).message]);
  }
}

/** The composer throws when a field names an @interfaceObject type before its definition. */
function interfaceObjectsFirst(document: DocumentNode): DocumentNode {
  const isInterfaceObject = (definition: DefinitionNode) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    (definition.directives ?? []).some(({ name }) => name.value === 'interfaceObject');
  const first = document.definitions.filter(isInterfaceObject);
  const rest = document.definitions.filter((definition) => !isInterfaceObject(definition));
  return { ...document, definitions: [...first, ...rest] };
}
