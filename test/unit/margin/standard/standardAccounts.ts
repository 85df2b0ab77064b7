/** Accounts with options on ETH under the standard model, and what it requires of them. */

import type {
  OptionInstrument,
  Position,
  VenueBook,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type { AccountMargin } from '../../../../subgraphs/margin/domain/marginModel.js';
import { standardMargin } from '../../../../subgraphs/margin/domain/standard/standardMargin.js';
import type { StandardRules } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import type { ParameterSet } from '../../../../subgraphs/margin/domain/parameterSet.js';
import { book, daysAhead, instrumentQuote, market, option, parameters } from '../books.js';

export const EXPIRY = daysAhead(30);

/** Quoted in dollars, so that marks read as such. */
export const leg = (
  size: string,
  strike: string,
  type: OptionInstrument['optionType'] = 'CALL',
): Position => {
  const made = option({ size, strike, type, currency: 'USD', expiry: EXPIRY });
  const id = `${type}-${strike}`;
  return { ...made, id, instrument: { ...made.instrument, id: `deribit:${id}` } };
};

export const okx = { venueAccountId: 'okx:7', venue: 'okx' };

/** A call sold, and one bought at a higher strike. */
export const spread: readonly [short: Position, long: Position] = [
  leg('-1', '1800'),
  leg('1', '2000'),
];

export const prices = market(
  { ETH: '2000', BTC: '60000', USDT: '1' },
  {
    'deribit:CALL-1800': instrumentQuote('210', 'USD'),
    'deribit:CALL-2000': instrumentQuote('80', 'USD'),
    'deribit:BTC-LINEAR': '60000',
  },
);

export function known(
  venues: readonly VenueBook[],
  at: MarketSnapshot = prices,
  by: ParameterSet<StandardRules> = parameters,
): AccountMargin {
  const { account } = standardMargin.evaluate(book(...venues), at, by);
  if (account.kind === 'unknown') throw new Error('not known');
  return account;
}

export const withRules = (change: Partial<StandardRules>): ParameterSet<StandardRules> => ({
  ...parameters,
  rules: { ...parameters.rules, ...change },
});
