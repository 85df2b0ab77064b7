import { describe, expect, it } from 'vitest';
import { format, price, quantity, subtract } from '../../../../subgraphs/shared/units.js';
import type { AccountBook } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { Evaluate } from '../../../../subgraphs/margin/domain/portfolio/evaluate.js';
import type { Trade } from '../../../../subgraphs/margin/domain/portfolio/hypotheticalChange.js';
import { incrementalMargin } from '../../../../subgraphs/margin/domain/portfolio/incrementalMargin.js';
import { balance, book, evaluate, linear, market, marginOf, venue } from '../books.js';

const prices = market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' });
const holding = (size: string): AccountBook =>
  book(
    venue({
      positions: [linear({ size, entry: '60000' })],
      balances: [balance('USD', '50000'), balance('USDT', '0')],
    }),
  );
const trade = (size: string): Trade => ({
  kind: 'TRADE',
  venueAccountId: 'deribit:1',
  instrument: 'deribit:BTC-LINEAR',
  size: quantity(size),
  price: price('60000'),
  markPrice: null,
  volatility: null,
});

/** Knows nothing of an account that holds so much. */
const unknownAt =
  (size: string): Evaluate =>
  (of, at) => {
    const held = of.venues.flatMap(({ state }) => state?.positions ?? []);
    if (!held.some((position) => format(position.size) === size)) return evaluate(of, at);
    return {
      account: { kind: 'unknown', id: of.accountId, unpriced: ['BTC'], venues: [] },
      venues: [],
    };
  };

const inputs = { book: holding('1'), market: prices };

describe('incrementalMargin', () => {
  it('is what two contracts require less what one does, for one bought at the mark', () => {
    const [one, two] = [marginOf(holding('1'), prices), marginOf(holding('2'), prices)];

    expect(incrementalMargin(evaluate, inputs, [trade('1')])).toEqual({
      initialMargin: subtract(two.initialMargin, one.initialMargin),
      maintenanceMargin: subtract(two.maintenanceMargin, one.maintenanceMargin),
    });
  });

  it('is null while the margin is unknown before the trades, or after them', () => {
    expect(incrementalMargin(unknownAt('1'), inputs, [trade('1')])).toBe(null);
    expect(incrementalMargin(unknownAt('2'), inputs, [trade('1')])).toBe(null);
    expect(incrementalMargin(unknownAt('3'), inputs, [trade('1')])).not.toBe(null);
  });
});
