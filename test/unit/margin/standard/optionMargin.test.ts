import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { standardParametersNamed } from '../../../../subgraphs/margin/parameters/standardParameters.js';
import { price, ratio, usd } from '../../../../subgraphs/shared/units.js';
import { forward, instrumentQuote, market, option, secondsAgo, venue } from '../books.js';
import { EXPIRY, known, leg, okx, prices, spread, withRules } from './standardAccounts.js';

describe('the standard margin of options', () => {
  it('offsets the legs of a spread, while each shows what it requires alone', () => {
    const account = known([venue({ positions: spread })]);

    // The spread can lose 200. The short call alone: 0.15 × 2 000 + 210, 0.09 × 2 000 + 210.
    expect(account).toMatchObject({ initialMargin: usd('200'), maintenanceMargin: usd('200') });
    expect(account.venues[0]).toMatchObject({
      initialMargin: usd('200'),
      positions: [
        { positionId: 'CALL-1800', initialMargin: usd('510'), maintenanceMargin: usd('390') },
        { positionId: 'CALL-2000', initialMargin: usd('0'), maintenanceMargin: usd('0') },
      ],
    });
  });

  it('offsets legs at two venues, each of which requires what its slice does', () => {
    const [short, long] = spread;
    const account = known([venue({ positions: [short] }), venue({ positions: [long] }, okx)]);

    // 200, and 1 % of 2 000 for the unit that another venue hedges.
    expect(account).toMatchObject({
      initialMargin: usd('220'),
      maintenanceMargin: usd('220'),
      freeCollateral: usd('-220'),
      marginRatio: ratio('0'),
    });
    expect(account.venues.map(({ initialMargin }) => initialMargin)).toEqual([
      usd('510'),
      usd('0'),
    ]);
  });

  it('stops counting on a venue that has been silent past the grace', () => {
    const [short, long] = spread;
    const silentFor = (seconds: number) =>
      venue(
        { positions: [long] },
        { ...okx, condition: { quality: 'STALE', reason: 'down', since: secondsAgo(seconds) } },
      );
    const live = venue({ positions: [short] });

    expect(known([live, silentFor(30)]).initialMargin).toEqual(usd('220'));
    expect(known([live, silentFor(31)]).initialMargin).toEqual(usd('510'));
  });

  it('charges unpaired calls at the index, also where a forward is known', () => {
    const unpaired = venue({ positions: [leg('-10', '1990'), leg('9', '2000')] });
    const at = market(
      { ETH: '2000' },
      {
        'deribit:CALL-1990': instrumentQuote('210', 'USD'),
        'deribit:CALL-2000': instrumentQuote('200', 'USD'),
      },
    );
    const forwards = new Map([['ETH', [forward(EXPIRY, '2100')]]]);

    // 10 × 10 at 2 000, and 1.2 × 2 000; ten alone: 5 100. A forward that went missing must not help.
    expect(known([unpaired], at).initialMargin).toEqual(usd('2500'));
    expect(known([unpaired], { ...at, forwards }).initialMargin).toEqual(usd('2500'));
  });

  it('has no offset under the first parameter set', () => {
    expect(
      known([venue({ positions: spread })], prices, withRules({ spreads: null })),
    ).toMatchObject({ initialMargin: usd('510'), maintenanceMargin: usd('390') });
  });
});

describe('the standard margin under Regulation T', () => {
  const cboe = standardParametersNamed('standard-cboe-1');
  const initial = (position: Position, at: MarketSnapshot) =>
    known([venue({ positions: [position] })], at, cboe).initialMargin;

  it('counts the premium that was received in dollars', () => {
    const sold = { ...leg('-1', '1800'), entryPrice: price('300') };

    // 300, which is more than the mark of 210, and 0.2 × 2 000.
    expect(initial(sold, prices)).toEqual(usd('700'));
  });

  it('counts the mark where the premium was received in coin', () => {
    const sold = {
      ...option({ size: '-1', type: 'CALL', strike: '1800' }),
      entryPrice: price('300'),
    };
    const inCoin = market(
      { ETH: '2000' },
      { 'deribit:ETH-OPTION': instrumentQuote('0.105', 'ETH') },
    );
    expect(initial(sold, inCoin)).toEqual(usd('610'));
  });
});
