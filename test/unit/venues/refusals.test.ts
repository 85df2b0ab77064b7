import { describe, expect, it } from 'vitest';
import { parseAccount } from '../../../subgraphs/venues/kit/parseAccount.js';
import { formats, recorded, type Venue } from './book.js';

describe('a response that is not there', () => {
  it.each(
    Object.entries(formats).flatMap(([venue, { responses }]) =>
      responses.map((name) => [venue as Venue, name] as const),
    ),
  )('is refused: %s %s', (venue, name) => {
    const accountId = { deribit: '48213', okx: '7012994', bybit: '2288113' }[venue];
    const raw = recorded(venue, accountId);
    raw.delete(name);

    expect(() => parseAccount(formats[venue], raw, accountId)).toThrow(
      `${venue} ${name}: missing; the venue gave no such response`,
    );
  });
});

describe('a full page of Bybit positions with a cursor', () => {
  it('is refused, for the rest may be on the next page', () => {
    const raw = recorded('bybit', '2288113');
    const rows = Array.from({ length: 200 }, (_, i) => ({ symbol: `A${i}`, side: '', size: '0' }));
    const result = { category: 'inverse', list: rows, nextPageCursor: 'more' };
    raw.set('positions_inverse', JSON.stringify({ retCode: 0, result, time: 1795183200963 }));

    expect(() => parseAccount(formats.bybit, raw, '2288113')).toThrow(
      'bybit positions_inverse.result.nextPageCursor: a full page of 200 positions; more may be on the next one',
    );
  });
});

describe('totals of crossed Deribit currencies that disagree', () => {
  it('are refused', () => {
    const raw = recorded('deribit', '48213');
    let total = 0;
    const crossed = (raw.get('account_summaries') ?? '').replaceAll(
      '"cross_collateral_enabled": false',
      () =>
        `"cross_collateral_enabled": true, "total_margin_balance_usd": ${(total += 1)},
         "total_initial_margin_usd": 0, "total_maintenance_margin_usd": 0`,
    );
    raw.set('account_summaries', crossed);

    expect(() => parseAccount(formats.deribit, raw, '48213')).toThrow(
      'deribit account_summaries.result.summaries[1].total_margin_balance_usd: 2 contradicts 1 at account_summaries.result.summaries[0].total_margin_balance_usd',
    );
  });
});
