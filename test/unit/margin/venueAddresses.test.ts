import { describe, expect, it } from 'vitest';
import { venueAddresses } from '../../../subgraphs/margin/venueAddresses.js';

describe('venueAddresses', () => {
  it('reads pairs of slug and URL', () => {
    expect(
      venueAddresses.parse('deribit=http://127.0.0.1:4002/graphql, okx=https://okx/graphql?a=b'),
    ).toEqual([
      { slug: 'deribit', url: 'http://127.0.0.1:4002/graphql' },
      { slug: 'okx', url: 'https://okx/graphql?a=b' },
    ]);
  });

  it.each([
    [undefined, 'must be slug=url pairs'],
    ['', 'must be slug=url pairs'],
    ['deribit', 'must be slug=url pairs'],
    ['Deribit=http://a', 'must be slug=url pairs'],
    ['a-b=http://a', 'must be slug=url pairs'],
    ['okx=ftp://a', 'must be slug=url pairs'],
    ['okx=http://a,okx=http://b', 'must name each venue once'],
  ])('refuses %j', (text, problem) => {
    expect(() => venueAddresses.parse(text)).toThrow(problem);
  });
});
