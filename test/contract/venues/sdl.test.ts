import { readFileSync } from 'node:fs';
import { composeServices } from '@theguild/federation-composition';
import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { UpdateLog } from '../../../subgraphs/venues/kit/updateLog.js';
import { venueSubgraph } from '../../../subgraphs/venues/kit/venueSubgraph.js';

const contract = readFileSync(
  new URL('../../../subgraphs/venues/contract/contract.graphql', import.meta.url),
  'utf8',
);
const names = [
  { slug: 'deribit', prefix: 'Deribit', name: 'Deribit' },
  { slug: 'okx', prefix: 'Okx', name: 'OKX' },
  { slug: 'bybit', prefix: 'Bybit', name: 'Bybit' },
];
const sdlOf = (venue: { slug: string; name: string }) =>
  venueSubgraph(venue, new UpdateLog('epoch-1')).typeDefs;

describe("a venue's SDL", () => {
  it.each(names)('is the contract, line by line, with its own name written in: $name', (venue) => {
    const lines = contract.split('\n').map((line) =>
      // The placeholders in pieces, so that this is not the product's own way of filling them.
      line
        .split(/(«Slug»|«slug»|«Name»)/)
        .map((piece) => {
          if (piece === '«Slug»') return venue.prefix;
          if (piece === '«slug»') return venue.slug;
          return piece === '«Name»' ? venue.name : piece;
        })
        .join(''),
    );

    expect(sdlOf(venue).split('\n')).toEqual(lines);
  });

  it('has one account type, one query and one subscription of its own', () => {
    const own = parse(sdlOf({ slug: 'okx', name: 'OKX' }))
      .definitions.flatMap((definition) => {
        if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
        const { name, fields } = definition;
        const isRoot = name.value === 'Query' || name.value === 'Subscription';
        return isRoot ? (fields ?? []).map((field) => field.name.value) : [name.value];
      })
      .filter((name) => /^okx/i.test(name));

    expect(own).toEqual(['OkxAccount', 'OkxAccountUpdate', 'okxAccount', 'okxAccountUpdated']);
  });

  it('composes with the other venues', () => {
    const result = composeServices(
      names.map((venue) => ({ name: venue.slug, typeDefs: parse(sdlOf(venue)) })),
    );

    expect(result.errors).toBeUndefined();
    expect(result.supergraphSdl).toContain('type BybitAccountUpdate');
  });
});
