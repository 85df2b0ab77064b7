/** The contract's SDL with one venue's name written in. */

import { readFileSync } from 'node:fs';

const CONTRACT = readFileSync(new URL('../contract/contract.graphql', import.meta.url), 'utf8');

export interface VenueName {
  /** Lower case, such as `deribit`. */
  readonly slug: string;
  /** For people, such as `Deribit`. */
  readonly name: string;
}

/** What a venue's own types begin with: `deribit` gives `Deribit`. */
export const typePrefix = (slug: string) => slug.charAt(0).toUpperCase() + slug.slice(1);

export function venueTypeDefs({ slug, name }: VenueName): string {
  return CONTRACT.replaceAll('«Slug»', typePrefix(slug))
    .replaceAll('«slug»', slug)
    .replaceAll('«Name»', name);
}
