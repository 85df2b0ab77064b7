import { describe, expect, it } from 'vitest';
import {
  price,
  priceFloor,
  ratio,
  toFloat,
  type Price,
} from '../../../../subgraphs/shared/units.js';
import type { Position } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { repricedInputs } from '../../../../subgraphs/margin/domain/portfolio/repricedInputs.js';
import {
  assetQuote,
  book,
  daysAhead,
  instrumentQuote,
  linear,
  market,
  option,
  venue,
} from '../books.js';

type Assets = Parameters<typeof market>[0];
type Instruments = Parameters<typeof market>[1];

/** The marks and volatilities of one position after its index prices have become others. */
function repriced(
  position: Position,
  from: Assets,
  to: Assets,
  more: {
    instruments?: Instruments;
    volatilities?: MarketSnapshot['volatilities'];
    volatility?: number;
    isRepriced?: boolean;
  } = {},
) {
  const { instruments = {}, volatilities = new Map(), volatility = 1, isRepriced = true } = more;
  const at = (assets: Assets) => ({
    book: book(venue({ positions: [position] })),
    market: { ...market(assets, instruments), volatilities },
  });
  const after = repricedInputs(at(from), at(to), { isRepriced: () => isRepriced, volatility });
  return {
    own: after.book.venues[0]?.state?.positions[0]?.markPrice ?? price('0'),
    oracle: after.market.instruments.get(position.instrument.id)?.price,
    volatilities: after.market.volatilities,
  };
}

describe('repricedInputs of a future', () => {
  const future = linear({ size: '1', entry: '60000', mark: '60500' });
  const quoted = { instruments: { 'deribit:BTC-LINEAR': '60600' } };

  it('moves both marks as the index does, and tells no volatility', () => {
    // Each a tenth more.
    expect(repriced(future, { BTC: '60000' }, { BTC: '66000' }, quoted)).toEqual({
      own: price('66550'),
      oracle: price('66660'),
      volatilities: new Map(),
    });
  });

  it('leaves alone what is not to be repriced', () => {
    const still = { ...quoted, isRepriced: false };

    expect(repriced(future, { BTC: '60000' }, { BTC: '66000' }, still)).toMatchObject({
      own: price('60500'),
      oracle: price('60600'),
    });
  });

  it('never makes a future worth nothing', () => {
    expect(repriced(future, { BTC: '60000' }, { BTC: '0' }).own).toEqual(
      price('0.000000000000000001'),
    );
  });

  it.each<[string, Assets, Assets]>([
    ['before', {}, { BTC: '66000' }],
    ['after', { BTC: '60000' }, {}],
    ['before or after', {}, {}],
    ['above zero before', { BTC: '0' }, { BTC: '66000' }],
    ['above zero before, nor known after', { BTC: '0' }, {}],
  ])('leaves marks as they are where the index is not known %s', (_, from, to) => {
    expect(repriced(future, from, to, quoted)).toEqual({
      own: price('60500'),
      oracle: price('60600'),
      volatilities: new Map(),
    });
  });
});

describe('repricedInputs of an option', () => {
  const call = (mark: string, currency = 'USD') =>
    option({ size: '1', type: 'CALL', strike: '3000', mark, currency, expiry: daysAhead(365) });
  const volatilityOf = (id: string, given: string) =>
    new Map([[id, { volatility: ratio(given), confidence: ratio('0.8') }]]);

  it('adds what the model value gains at a volatility that is given, and gives the moved one', () => {
    const { own, volatilities } = repriced(
      call('600'),
      { ETH: '3000' },
      { ETH: '3000' },
      {
        volatilities: volatilityOf('deribit:ETH-OPTION', '0.5'),
        volatility: 2,
      },
    );

    // At the money for a year: 3 000 × (2N(σ/2) − 1), which is 592.239 at 0.5 and 1 148.775 at 1.
    expect(toFloat(own)).toBeCloseTo(600 + 1148.775 - 592.239, 2);
    expect(volatilities).toEqual(volatilityOf('deribit:ETH-OPTION', '1'));
  });

  it('takes the volatility that the oracle’s mark implies, the venue’s own without one', () => {
    const [from, to] = [{ ETH: '3000' }, { ETH: '3300' }];
    const implied = (mark: string, instruments: Instruments) =>
      toFloat(
        repriced(call(mark), from, to, { instruments }).volatilities.get('deribit:ETH-OPTION')
          ?.volatility ?? ratio('0'),
      );
    const oracle = { 'deribit:ETH-OPTION': instrumentQuote('592.239', 'USD') };

    expect(implied('1148.775', oracle)).toBeCloseTo(0.5, 5);
    expect(implied('1148.775', {})).toBeCloseTo(1, 5);
  });

  it('reads and writes a mark in the option’s price currency', () => {
    // 0.2 ETH are 600 dollars; then 0.2 × 3000 + the gain, at 3 300 dollars each.
    const inDollars = repriced(call('600'), { ETH: '3000' }, { ETH: '3300' });
    const inCoins = repriced(call('0.2', 'ETH'), { ETH: '3000' }, { ETH: '3300' });
    const volatility = (of: typeof inCoins) =>
      toFloat(of.volatilities.get('deribit:ETH-OPTION')?.volatility ?? ratio('0'));

    expect(toFloat(inCoins.own) * 3300).toBeCloseTo(toFloat(inDollars.own), 8);
    expect(volatility(inCoins)).toBeCloseTo(0.5067, 3); // A little above 0.5, as 600 above 592.
    expect(volatility(inCoins)).toBeCloseTo(volatility(inDollars), 8);
  });

  it('adds what exercising gains where the mark implies no volatility, and gives none', () => {
    // Exercising pays 300, then 600; the mark of 250 is below that.
    const moved = repriced(call('250'), { ETH: '3300' }, { ETH: '3600' });

    expect(moved.own).toEqual(price('550'));
    expect(moved.volatilities).toEqual(new Map());
  });

  it('makes an option worth nothing rather than less', () => {
    expect(repriced(call('250'), { ETH: '3300' }, { ETH: '2000' }).own).toEqual(price('0'));
  });

  const halted = { ETH: assetQuote('3300', { status: 'HALTED' as const }), DAI: '1' };
  it.each<[string, Assets, Assets]>([
    ['index before', { DAI: '1' }, { ETH: '3600', DAI: '1' }],
    ['index after', { ETH: '3300', DAI: '1' }, { DAI: '1' }],
    ['index before: it is halted', halted, { ETH: '3600', DAI: '1' }],
    ['index before or after', { DAI: '1' }, { DAI: '1' }],
    ['currency before', { ETH: '3300' }, { ETH: '3600', DAI: '1' }],
    ['currency after', { ETH: '3300', DAI: '1' }, { ETH: '3600' }],
  ])('leaves the mark as it is where prices do not tell the %s', (_, from, to) => {
    const moved = repriced(call('250', 'DAI'), from, to, {
      instruments: { 'deribit:ETH-OPTION': instrumentQuote('260', 'DAI') },
    });

    expect(moved).toEqual({ own: price('250'), oracle: price('260'), volatilities: new Map() });
  });

  it('holds a mark that plain notation does not, from 10²⁰ on', () => {
    const tenth = priceFloor([price('10000000000'), price('10000000000')]);
    const movedTo = (index: Price) =>
      repriced(call('250'), { ETH: '3300' }, { ETH: { ...assetQuote('1'), price: index } }).own;

    // Beside that, the strike and the mark are lost in float64's rounding.
    expect(movedTo(tenth)).toEqual(tenth);
    expect(movedTo(priceFloor([tenth, price('100')]))).toEqual(priceFloor([tenth, price('100')]));
  });

  it('throws where float64 cannot follow', () => {
    const dear = price('10000000000000000000'); // 10¹⁹
    const marked = (factors: number) =>
      repriced(
        { ...call('0', 'DAI'), markPrice: priceFloor(Array<Price>(factors).fill(dear)) },
        { ETH: '3300', DAI: { ...assetQuote('1'), price: dear } },
        { ETH: '3300', DAI: '0.000000000000000001' },
        { volatilities: volatilityOf('deribit:ETH-OPTION', '0.5') },
      ).own;

    // Coins of 10¹⁹ dollars become coins of 10⁻¹⁸, so that a mark in them grows by 10³⁷.
    expect(toFloat(marked(7)) / 1e170).toBeCloseTo(1, 9);
    expect(() => marked(15)).toThrow(RangeError);
    expect(() => marked(15)).toThrow('Not a finite price: Infinity');
  });
});
