/** Which subgraphs a supergraph is made of, and where they answer. */

import { Kind, type DirectiveNode, type DocumentNode } from 'graphql';

export interface SupergraphSubgraph {
  readonly name: string;
  /** As composed; empty where the composer was given none. */
  readonly url: string;
}

/** From `enum join__Graph { A @join__graph(name: "a", url: "…") … }`; throws where there is none. */
export function supergraphSubgraphs({ definitions }: DocumentNode): readonly SupergraphSubgraph[] {
  const graphs = definitions.find(
    (one) => one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) {
    throw new Error(
      'This is no supergraph: it has no enum join__Graph. Compose the subgraphs first, for example with `rover supergraph compose`.',
    );
  }
  return (graphs.values ?? [])
    .flatMap(({ directives = [] }) => directives)
    .filter(({ name }) => name.value === 'join__graph')
    .map((directive) => ({
      name: textArgument(directive, 'name'),
      url: textArgument(directive, 'url'),
    }));
}

function textArgument({ arguments: given = [] }: DirectiveNode, called: string): string {
  const found = given.find(({ name }) => name.value === called);
  return found?.value.kind === Kind.STRING ? found.value.value : '';
}
