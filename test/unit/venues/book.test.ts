import { describe, expect, it } from 'vitest';
import { format, subtract, sum, type Quantity } from '../../../subgraphs/shared/units.js';
import { parseExactJson } from '../../../subgraphs/venues/kit/exactJson.js';
import { ResponseNode } from '../../../subgraphs/venues/kit/responseNode.js';
import { accountsOf, parsed, recorded, type Venue } from './book.js';

const response = (venue: Venue, accountId: string, name: string) =>
  new ResponseNode(venue, name, parseExactJson(recorded(venue, accountId).get(name) ?? ''));

const total = (rows: readonly ResponseNode[], field: string) =>
  format(sum(rows.map((row) => row.field(field).quantity())));

describe('the book that the repository carries', () => {
  it('has two accounts at each venue', () => {
    expect((['deribit', 'okx', 'bybit'] as const).map(accountsOf)).toEqual([
      ['48213', '48214'],
      ['7012994', '7012995'],
      ['2288113', '2288114'],
    ]);
  });

  it.each(['deribit', 'okx', 'bybit'] as const)('is understood whole: %s', (venue) => {
    const states = accountsOf(venue).map((id) => parsed(venue, recorded(venue, id), id));

    expect(states.flatMap(({ notices }) => notices)).toEqual([]);
    expect(states.every(({ asOf }) => asOf.startsWith('2026-11-'))).toBe(true);
  });

  it('is hedged: long 3 BTC at OKX against short 204 000 USD of BTC at Deribit', () => {
    const sizes = (venue: Venue, id: string) =>
      parsed(venue, recorded(venue, id), id).positions.map(({ size }) => size);

    expect([sizes('okx', '7012994')[0], sizes('deribit', '48213')[0]]).toEqual(['300', '-20400']);
  });
});

describe("Deribit's figures in the book", () => {
  it.each(accountsOf('deribit'))('add up by its own rules: %s', (id) => {
    const summaries = response('deribit', id, 'account_summaries')
      .field('result')
      .field('summaries');
    const positions = response('deribit', id, 'positions').field('result').items();
    for (const row of summaries.items()) {
      const read = (field: string): Quantity => row.field(field).quantity();
      const own = positions.filter((position) =>
        position.field('instrument_name').text().startsWith(row.field('currency').text()),
      );
      const options = own.filter((position) => position.field('kind').text() === 'option');

      expect({
        equity: format(read('equity')),
        margin_balance: format(read('margin_balance')),
        available_funds: format(read('available_funds')),
        initial_margin: format(read('initial_margin')),
        maintenance_margin: format(read('maintenance_margin')),
        options_pl: format(read('options_pl')),
      }).toEqual({
        equity: format(sum([read('balance'), read('futures_session_upl'), read('options_value')])),
        margin_balance: format(subtract(read('equity'), read('options_value'))),
        available_funds: format(subtract(read('margin_balance'), read('initial_margin'))),
        initial_margin: total(own, 'initial_margin'),
        maintenance_margin: total(own, 'maintenance_margin'),
        options_pl: total(options, 'total_profit_loss'),
      });
    }
  });
});

describe("OKX's figures in the book", () => {
  it.each(accountsOf('okx'))('add up by its own rules: %s', (id) => {
    const [account] = response('okx', id, 'balance').field('data').items();
    const positions = response('okx', id, 'positions').field('data').items();
    const details = account?.field('details').items() ?? [];
    const read = (field: string) => account && format(account.field(field).quantity());

    expect(['totalEq', 'adjEq', 'upl', 'imr', 'mmr', 'notionalUsd'].map(read)).toEqual([
      total(details, 'eqUsd'),
      total(details, 'disEq'),
      total(positions, 'upl'),
      total(positions, 'imr'),
      total(positions, 'mmr'),
      total(positions, 'notionalUsd'),
    ]);
  });
});

describe("Bybit's figures in the book", () => {
  it.each(accountsOf('bybit'))('add up by its own rules: %s', (id) => {
    const [wallet] = response('bybit', id, 'wallet_balance').field('result').field('list').items();
    const coins = wallet?.field('coin').items() ?? [];
    const read = (field: string) => wallet?.field(field).quantity() as Quantity;

    expect(['totalEquity', 'totalMarginBalance'].map((field) => format(read(field)))).toEqual([
      total(coins, 'usdValue'),
      format(sum([read('totalWalletBalance'), read('totalPerpUPL')])),
    ]);
    for (const coin of coins) {
      const { walletBalance, unrealisedPnl } = {
        walletBalance: coin.field('walletBalance').quantity(),
        unrealisedPnl: coin.field('unrealisedPnl').quantity(),
      };
      expect(format(coin.field('equity').quantity())).toBe(
        format(sum([walletBalance, unrealisedPnl])),
      );
    }
  });
});
