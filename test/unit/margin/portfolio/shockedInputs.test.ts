import { describe, expect, it } from 'vitest';
import { price, ratio, toFloat } from '../../../../subgraphs/shared/units.js';
import type { VenueCondition } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import {
  laterInputs,
  shockedInputs,
} from '../../../../subgraphs/margin/domain/portfolio/shockedInputs.js';
import {
  assetQuote,
  book,
  daysAhead,
  instrumentQuote,
  linear,
  market,
  NOW,
  option,
  secondsAgo,
  venue,
} from '../books.js';

describe('shockedInputs', () => {
  const call = option({ size: '1', type: 'CALL', strike: '3300', mark: '0.03' });
  const inputs = {
    book: book(venue({ positions: [linear({ size: '1', entry: '60000' }), call] })),
    market: market(
      { BTC: '60000', ETH: '3000', USDT: '1' },
      { 'deribit:ETH-OPTION': instrumentQuote('0.03', 'ETH') },
    ),
  };
  const down = { price: -0.1, volatility: 0.5 };

  it('leaves the options of other underlyings alone, and their volatilities untold', () => {
    const after = shockedInputs(inputs, 'BTC', down);

    expect(after.market.assets.get('BTC')?.price).toEqual(price('54000'));
    expect(after.book.venues[0]?.state?.positions).toEqual([
      linear({ size: '1', entry: '60000', mark: '54000' }),
      call,
    ]);
    expect(after.market.instruments).toEqual(inputs.market.instruments);
    expect(after.market.volatilities).toEqual(new Map());
  });

  it('moves volatilities by the share it says', () => {
    const volatilities = new Map([
      ['deribit:ETH-OPTION', { volatility: ratio('0.6'), confidence: ratio('1') }],
    ]);
    const given = { ...inputs, market: { ...inputs.market, volatilities } };
    const { market: after } = shockedInputs(given, 'ETH', { price: 0, volatility: 0.5 });
    const moved = after.volatilities.get('deribit:ETH-OPTION')?.volatility ?? ratio('0');

    expect(toFloat(moved)).toBeCloseTo(0.9, 12);
  });

  it('changes nothing for an underlying without a price', () => {
    expect(shockedInputs(inputs, 'DOGE', down)).toEqual(inputs);
  });
});

describe('laterInputs', () => {
  const week = 7 * 86_400_000;

  it('keeps prices as fresh as they are, while the index and futures stay where they are', () => {
    const inputs = {
      book: book(venue({ positions: [linear({ size: '1', entry: '60000' })] })),
      market: market({ BTC: assetQuote('61000', { publishedAt: secondsAgo(5) }) }),
    };
    const { market: later, book: held } = laterInputs(inputs, week);

    expect(later.at).toEqual(daysAhead(7));
    expect(later.assets.get('BTC')).toEqual(
      assetQuote('61000', { publishedAt: new Date(daysAhead(7).getTime() - 5_000) }),
    );
    expect(held).toEqual(inputs.book);
  });

  it.each<[VenueCondition, VenueCondition]>([
    [{ quality: 'LIVE' }, { quality: 'LIVE' }],
    [
      { quality: 'DEGRADED', reason: 'gap' },
      { quality: 'DEGRADED', reason: 'gap' },
    ],
    [
      { quality: 'STALE', reason: 'down', since: NOW },
      { quality: 'STALE', reason: 'down', since: daysAhead(7) },
    ],
  ])(
    'leaves what is known of a venue as it is, as long ago as it is: %#',
    (condition, expected) => {
      const inputs = { book: book(venue({}, { condition })), market: market({}) };

      expect(laterInputs(inputs, week).book.venues[0]?.condition).toEqual(expected);
    },
  );
});
