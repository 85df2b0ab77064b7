import { describe, expect, it } from 'vitest';
import { price, quantity, ratio } from '../../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  FutureInstrument,
  OptionInstrument,
  Position,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { ChangeError } from '../../../../subgraphs/margin/domain/portfolio/changeError.js';
import type { Trade } from '../../../../subgraphs/margin/domain/portfolio/hypotheticalChange.js';
import { tradedInputs } from '../../../../subgraphs/margin/domain/portfolio/tradedInputs.js';
import { balance, book, instrumentQuote, linear, market, NOW, option, venue } from '../books.js';

const PLACE = 3;

const swap = linear({ id: 'p-7', size: '2', entry: '60000', mark: '60500' });
const ether = linear({ id: 'p-8', underlying: 'ETH', size: '-5', entry: '3000', mark: '3010' });
const holding = book(venue({ positions: [ether, swap], balances: [balance('USDT', '5000')] }));
const unquoted = market({ BTC: '61000', ETH: '3000', USDT: '1' });
const quoted = market({ BTC: '61000', ETH: '3000', USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' });

const future = (more: Partial<FutureInstrument> = {}) => ({
  ...(swap.instrument as FutureInstrument),
  id: 'deribit:NEW',
  ...more,
});
const call = (more: Partial<OptionInstrument> = {}) => ({
  ...(option({ size: '1', type: 'CALL', strike: '3300', currency: 'USDT' })
    .instrument as OptionInstrument),
  ...more,
});
const trade = (more: Partial<Trade> = {}): Trade => ({
  kind: 'TRADE',
  venueAccountId: 'deribit:1',
  instrument: 'deribit:BTC-LINEAR',
  size: quantity('1'),
  price: null,
  markPrice: null,
  volatility: null,
  ...more,
});

const after = (more: Partial<Trade>, at: MarketSnapshot = quoted, of: AccountBook = holding) =>
  tradedInputs({ book: of, market: at }, of, trade(more), PLACE);
const stateAfter = (...of: Parameters<typeof after>) => after(...of).book.venues.at(-1)?.state;
const positionsAfter = (...of: Parameters<typeof after>) => stateAfter(...of)?.positions ?? [];

/** What a trade is refused with, and the field that is named. */
function refusal(...of: Parameters<typeof after>): [string, string] {
  try {
    after(...of);
  } catch (error) {
    if (!(error instanceof ChangeError)) throw error;
    expect(error.change).toBe(PLACE);
    return [error.field, error.reason];
  }
  throw new Error('not refused');
}

const sized = (of: Position, size: string, entry: string): Position => ({
  ...of,
  size: quantity(size),
  entryPrice: price(entry),
});

describe('an order in what is held', () => {
  it('adds to the position, which keeps its id and the venue’s mark, at an average entry', () => {
    const state = stateAfter({ size: quantity('2') });

    // (2 × 60 000 + 2 × 61 000) ÷ 4; the other position is not touched.
    expect(state?.positions).toEqual([ether, sized(swap, '4', '60500')]);
    expect(state?.balances).toEqual([balance('USDT', '5000')]);
  });

  it('reduces the position, and realizes the profit of what it closes', () => {
    const state = stateAfter({ size: quantity('-1') });

    expect(state?.positions).toEqual([ether, sized(swap, '1', '60000')]);
    expect(state?.balances).toEqual([balance('USDT', '6000')]); // 5 000 + 61 000 − 60 000.
  });

  it('closes the position, and no other', () => {
    const state = stateAfter({ size: quantity('-2') });

    expect(state?.positions).toEqual([ether]);
    expect(state?.balances).toEqual([balance('USDT', '7000')]);
  });

  it('turns the position, which is from then on at the price of the trade', () => {
    const state = stateAfter({ size: quantity('-3'), price: price('62000') });

    expect(state?.positions).toEqual([ether, sized(swap, '-1', '62000')]);
    expect(state?.balances).toEqual([balance('USDT', '9000')]); // 5 000 + 2 × 2 000.
  });
});

describe('an order in what is not held there', () => {
  it('opens a position with the instrument’s id, at the price of the trade and at its mark', () => {
    const opened = positionsAfter({
      instrument: future(),
      price: price('62000'),
      markPrice: price('61500'),
    });

    expect(opened.at(-1)).toEqual({
      id: 'deribit:NEW',
      instrument: future(),
      size: quantity('1'),
      entryPrice: price('62000'),
      markPrice: price('61500'),
    });
  });

  it('gives it an id that no other position there has', () => {
    const taken = (...ids: string[]) =>
      book(venue({ positions: ids.map((id) => ({ ...ether, id })) }));
    const idAmong = (...ids: string[]) =>
      positionsAfter({ instrument: future(), price: price('1') }, quoted, taken(...ids)).at(-1)?.id;

    expect(idAmong('p-8')).toBe('deribit:NEW');
    expect(idAmong('p-8', 'deribit:NEW')).toBe('deribit:NEW+');
    expect(idAmong('deribit:NEW+', 'deribit:NEW')).toBe('deribit:NEW++');
  });

  it('finds the terms at a venue that is known, past one that is not', () => {
    const silent = venue({}, { venueAccountId: 'okx:1', venue: 'okx', state: null });
    const state = stateAfter({}, unquoted, book(silent, ...holding.venues));

    expect(state?.positions.at(-1)?.size).toEqual(quantity('3'));
    expect(() => after({ instrument: 'okx:X' }, quoted, book(silent, ...holding.venues))).toThrow(
      'changes.3.instrument: the account holds no okx:X: give its terms',
    );
  });

  it('is refused at a venue of which nothing is known', () => {
    const silent = book(venue({}, { state: null }));

    expect(refusal({ instrument: future(), price: price('1') }, quoted, silent)).toEqual([
      'venueAccountId',
      'what deribit:1 holds is not known now',
    ]);
  });
});

describe('the price of an order', () => {
  const entryOf = (...of: Parameters<typeof after>) => positionsAfter(...of).at(-1)?.entryPrice;
  const flat = (position: Position) =>
    book(venue({ positions: [ether, position] }), venue({}, { venueAccountId: 'deribit:2' }));
  const elsewhere = { venueAccountId: 'deribit:2' };

  it('is the oracle’s mark where none is given', () => {
    expect(entryOf(elsewhere, quoted, flat(swap))).toEqual(price('61000'));
  });

  it('is the venue’s mark of that instrument where the oracle has none', () => {
    expect(entryOf(elsewhere, unquoted, flat(swap))).toEqual(price('60500'));
  });

  it('is the venue’s mark where the oracle’s is in another currency', () => {
    const inDollars = market(
      { BTC: '61000', USDT: '1' },
      { 'deribit:BTC-LINEAR': instrumentQuote('61000', 'USD') },
    );

    expect(entryOf(elsewhere, inDollars, flat(swap))).toEqual(price('60500'));
  });

  it('is the mark that is given with it where nobody else has one', () => {
    expect(entryOf({ instrument: future(), markPrice: price('61500') })).toEqual(price('61500'));
    expect(refusal({ instrument: future() })).toEqual([
      'price',
      'no price of deribit:NEW is known',
    ]);
  });

  it('is above zero for a future', () => {
    expect(refusal({ price: price('0') })).toEqual(['price', 'must be above zero']);
    expect(refusal({ price: price('-1') })).toEqual(['price', 'must be above zero']);
    expect(refusal({ instrument: future(), price: price('5'), markPrice: price('0') })).toEqual([
      'markPrice',
      'must be above zero',
    ]);
  });

  it('is at least zero for an option', () => {
    expect(entryOf({ instrument: call(), price: price('0') })).toEqual(price('0'));
    expect(refusal({ instrument: call(), price: price('-0.01') })).toEqual([
      'price',
      'must not be negative',
    ]);
    expect(refusal({ instrument: call(), price: price('5'), markPrice: price('-0.01') })).toEqual([
      'markPrice',
      'must not be negative',
    ]);
  });
});

describe('the cash of an order', () => {
  const balancesAfter = (...of: Parameters<typeof after>) => stateAfter(...of)?.balances;
  const inDollars = call({ priceCurrency: 'USD' });
  const empty = book(venue({}));

  it('is in the settlement currency, at what both currencies are worth', () => {
    const dearCoin = market({ ETH: '3000', USDT: '0.5' });
    const bought = { size: quantity('2'), price: price('80') };

    // 2 × 80 dollars, in a currency of half a dollar.
    expect(balancesAfter({ ...bought, instrument: inDollars }, dearCoin, empty)).toEqual([
      balance('USDT', '-320'),
    ]);
    // 2 × 0.01 coins of 3 000 dollars.
    expect(
      balancesAfter(
        {
          size: quantity('2'),
          price: price('0.01'),
          instrument: call({ priceCurrency: 'ETH', settlementCurrency: 'USD' }),
        },
        dearCoin,
        empty,
      ),
    ).toEqual([balance('USD', '-60')]);
  });

  it('needs no price of the currency that the instrument is both priced and settled in', () => {
    const euros = call({ priceCurrency: 'EUR', settlementCurrency: 'EUR' });

    expect(balancesAfter({ instrument: euros, price: price('80') }, unquoted, empty)).toEqual([
      balance('EUR', '-80'),
    ]);
  });

  it.each([
    ['unknown', market({ ETH: '3000' })],
    ['zero', market({ ETH: '3000', USDT: '0' })],
  ])('is refused where the price of either currency is %s', (_, at) => {
    expect(refusal({ instrument: inDollars, price: price('80') }, at, empty)).toEqual([
      'instrument',
      'no price of USDT is known',
    ]);
  });
});

describe('the market after an order', () => {
  const given = { volatility: ratio('0.6'), confidence: ratio('1') };

  it('prices what it did not price, and keeps what it did', () => {
    expect(
      after({ instrument: future(), price: price('5') }).market.instruments.get('deribit:NEW'),
    ).toEqual({ price: price('5'), currency: 'USDT', status: 'OK', publishedAt: NOW });
    expect(after({ price: price('62000') }).market).toEqual(quoted);
  });

  it('takes the volatility that is given for an option', () => {
    const { market: at } = after({ instrument: call(), price: price('80'), volatility: given });

    expect(at.volatilities).toEqual(new Map([['deribit:ETH-OPTION', given]]));
  });

  it('takes none where none is given, and none for a future', () => {
    expect(after({ instrument: call(), price: price('80') }).market.volatilities).toEqual(
      new Map(),
    );
    expect(after({ volatility: given }).market.volatilities).toEqual(new Map());
  });
});

describe('an expiry', () => {
  it('is refused from its instant on', () => {
    const at = (expiry: Date) => ({ instrument: future({ expiry }), price: price('5') });

    expect(refusal(at(NOW))).toEqual(['instrument', 'deribit:NEW has expired']);
    expect(positionsAfter(at(new Date(NOW.getTime() + 1)))).toHaveLength(3);
  });
});
