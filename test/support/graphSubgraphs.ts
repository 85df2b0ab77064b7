/** The SDL of every subgraph of the product, as it stands in the repository. */

import { readFileSync } from 'node:fs';
import type { SubgraphDefinition } from '../../gateway/registry/composeSupergraph.js';
import { HUB, hubSubgraph } from '../../gateway/registry/hubSubgraph.js';
import type { Venue } from '../../gateway/registry/venue.js';

export const VENUES: readonly Venue[] = [
  { slug: 'deribit', name: 'Deribit' },
  { slug: 'okx', name: 'OKX' },
  { slug: 'bybit', name: 'Bybit' },
];

const sdl = (path: string) =>
  readFileSync(new URL(`../../subgraphs/${path}`, import.meta.url), 'utf8');

/** A venue's SDL as the contract prescribes it. */
export const venueSdl = ({ slug, name }: Venue) =>
  sdl('venues/contract/contract.graphql')
    .replaceAll('«Slug»', slug.charAt(0).toUpperCase() + slug.slice(1))
    .replaceAll('«slug»', slug)
    .replaceAll('«Name»', name);

const definition = (name: string, typeDefs: string): SubgraphDefinition => ({
  name,
  url: `http://127.0.0.1:1/${name}`,
  typeDefs,
});

export function graphSubgraphs(venues = VENUES): SubgraphDefinition[] {
  return [
    definition('accounts', sdl('accounts/schema.graphql')),
    definition('oracle', sdl('oracle/schema.graphql') + sdl('oracle/demo.graphql')),
    definition('margin', sdl('margin/schema.graphql')),
    definition(HUB, hubSubgraph(venues, venues).typeDefs),
    ...venues.map((venue) => definition(venue.slug, venueSdl(venue))),
  ];
}
