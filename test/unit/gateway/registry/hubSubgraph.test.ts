import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { hubSubgraph } from '../../../../gateway/registry/hubSubgraph.js';
import type { Venue } from '../../../../gateway/registry/venue.js';

const okx: Venue = { slug: 'okx', name: 'OKX' };
const bybit: Venue = { slug: 'bybit', name: 'Bybit' };

const QUERY = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Account { venueAccounts { __typename id venue { id name } } }
    ... on OkxAccount { venue { name } }
  }
}`;
const account = { __typename: 'Account', id: 'a', venueAccountIds: ['bybit:2', 'okx:1'] };

const ask = (known: Venue[], members: Venue[], representations: object[] = [account]) =>
  graphql({
    schema: hubSubgraph(known, members).schema,
    source: QUERY,
    variableValues: { representations },
  });

describe('hubSubgraph', () => {
  it('turns the ids of an account into accounts of its venues, each of its own type', async () => {
    const { data } = await ask([okx, bybit], [okx, bybit]);
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      _entities: [
        {
          venueAccounts: [
            { __typename: 'BybitAccount', id: 'bybit:2', venue: { id: 'bybit', name: 'Bybit' } },
            { __typename: 'OkxAccount', id: 'okx:1', venue: { id: 'okx', name: 'OKX' } },
          ],
        },
      ],
    });
  });

  it('does not know the venue accounts of an account that accounts did not answer for', async () => {
    const answer = await ask([okx], [okx], [{ __typename: 'Account', id: 'a' }]);
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      data: { _entities: [{ venueAccounts: null }] },
    });
  });

  it.each([
    ['not in the graph', [okx], [okx]],
    ['known but not a member yet', [okx, bybit], [okx]],
  ])('nulls the entry of a venue that is %s, and says which', async (_, known, members) => {
    const { data, errors } = await ask(known, members);
    expect(JSON.parse(JSON.stringify(data))).toMatchObject({
      _entities: [{ venueAccounts: [null, { id: 'okx:1' }] }],
    });
    expect(errors?.map(({ extensions, path }) => ({ extensions, path }))).toEqual([
      {
        extensions: { code: 'VENUE_UNAVAILABLE', venue: 'bybit' },
        path: ['_entities', 0, 'venueAccounts', 0],
      },
    ]);
  });

  it('knows the venue of an account that another subgraph names', async () => {
    const { data } = await ask([okx], [okx], [{ __typename: 'OkxAccount', id: 'okx:1' }]);
    expect(JSON.parse(JSON.stringify(data))).toEqual({ _entities: [{ venue: { name: 'OKX' } }] });
  });
});
