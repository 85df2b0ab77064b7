/** Deribit's contracts: what one is worth, and what its prices and profits are in. */

import { quantity } from '../../../shared/units.js';
import type { Instrument } from '../../contract/venueState.js';
import { InstrumentListing } from '../../kit/instrumentListing.js';
import type { Notices } from '../../kit/notices.js';
import { optionName } from '../../kit/optionName.js';
import type { ResponseNode } from '../../kit/responseNode.js';

/** Gives the instrument of a position; throws a Refusal when it cannot be told. */
export type DeribitInstruments = (name: ResponseNode) => Instrument;

/** `spot` and the combos are listed too, but nobody holds a position in them. */
const KINDS = ['future', 'option', 'spot', 'future_combo', 'option_combo'];

export function deribitInstruments(
  rows: readonly ResponseNode[],
  notices: Notices,
): DeribitInstruments {
  const listing = new InstrumentListing(rows, 'instrument_name');
  for (const row of rows) notices.addUnknown(row.field('kind'), KINDS);
  return (name) => {
    const row = listing.find(name.text());
    if (row) return listed(name.text(), row);
    const instrument = coinOptionByName(name.text());
    if (!instrument) {
      throw name.refusal(
        `${name.text()} is not in the instrument listing, and its name does not say its contract size`,
      );
    }
    notices.add(name, `${name.text()} is not in the instrument listing; read from its name`);
    return instrument;
  };
}

function listed(symbol: string, row: ResponseNode): Instrument {
  const kind = row.field('kind').oneOf(['future', 'option']);
  const [base, quote, settlement] = ['base_currency', 'quote_currency', 'settlement_currency'].map(
    (name) => row.field(name).text(),
  ) as [string, string, string];
  const money = {
    id: `deribit:${symbol}`,
    symbol,
    underlying: base,
    priceCurrency: quote,
    settlementCurrency: settlement,
    contractMultiplier: row.field('contract_size').positiveQuantity(),
  };
  if (kind === 'option') {
    return {
      ...money,
      contractType: 'OPTION',
      expiry: row.field('expiration_timestamp').instantMs(),
      strike: row.field('strike').positivePrice(),
      optionType: row.field('option_type').oneOf(['call', 'put']) === 'call' ? 'CALL' : 'PUT',
    };
  }
  return {
    ...money,
    contractType: futureType(row, base, quote, settlement),
    expiry: isPerpetual(row) ? null : row.field('expiration_timestamp').instantMs(),
    strike: null,
    optionType: null,
  };
}

/** A future that pays in what it is on is inverse ("reversed"), one that pays in its quote linear. */
function futureType(row: ResponseNode, base: string, quote: string, settlement: string) {
  const type = row.field('instrument_type').oneOf(['reversed', 'linear']);
  if (settlement !== (type === 'linear' ? quote : base)) {
    throw row
      .field('settlement_currency')
      .refusal(`${settlement} contradicts a ${type} future on ${base} quoted in ${quote}`);
  }
  return type === 'linear' ? 'LINEAR' : 'INVERSE';
}

const isPerpetual = (row: ResponseNode) => row.field('settlement_period').text() === 'perpetual';

/**
 * Options on BTC and ETH without a currency in their name are quoted and settled in the coin, one coin
 * to a contract. No other name tells its contract size.
 */
function coinOptionByName(symbol: string): Instrument | null {
  const option = /^(?:BTC|ETH)-/.test(symbol) ? optionName(symbol) : null;
  if (!option || option.suffix !== '') return null;
  const { underlying, expiry, strike, optionType } = option;
  return {
    id: `deribit:${symbol}`,
    symbol,
    contractType: 'OPTION',
    underlying,
    priceCurrency: underlying,
    settlementCurrency: underlying,
    contractMultiplier: quantity('1'),
    expiry,
    strike,
    optionType,
  };
}
