import type { VenueTerm } from '../contract/venueState.js';
import type { ResponseNode } from './responseNode.js';

/** The venue's own figures of these names, letter for letter; those left blank are left out. */
export const venueTerms = (row: ResponseNode, names: readonly string[]): VenueTerm[] =>
  names
    .map((name) => ({ name, node: row.field(name) }))
    .filter(({ node }) => !node.isBlank)
    .map(({ name, node }) => ({ name, value: node.source() }));
