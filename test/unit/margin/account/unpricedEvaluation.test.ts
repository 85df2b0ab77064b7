import { describe, expect, it } from 'vitest';
import { unpricedEvaluation } from '../../../../subgraphs/margin/domain/account/unpricedEvaluation.js';
import { book, venue } from '../books.js';

describe('unpricedEvaluation', () => {
  it('knows nothing of the account and of each venue, and names what has no price', () => {
    const of = book(
      { ...venue({}), venueAccountId: 'okx:b' },
      { ...venue({}), venueAccountId: 'bybit:a' },
    );
    const unpriced = ['BTC', 'USDT'];

    expect(unpricedEvaluation(of, new Set(['USDT', 'BTC']))).toEqual({
      account: { kind: 'unknown', id: 'fund-1', unpriced, venues: [] },
      venues: [
        { kind: 'unknown', id: 'bybit:a', unpriced, venues: [] },
        { kind: 'unknown', id: 'okx:b', unpriced, venues: [] },
      ],
    });
  });
});
