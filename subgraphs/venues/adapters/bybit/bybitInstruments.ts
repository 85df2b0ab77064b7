/** Bybit's contracts. A linear one and an option stand for one unit, an inverse one for one USD. */

import { quantity } from '../../../shared/units.js';
import type { Instrument } from '../../contract/venueState.js';
import type { InstrumentListing } from '../../kit/instrumentListing.js';
import type { Notices } from '../../kit/notices.js';
import { optionName } from '../../kit/optionName.js';
import type { ResponseNode } from '../../kit/responseNode.js';
import type { BybitCategory } from './bybitCategory.js';

/** Gives the instrument of a position; throws a Refusal when it cannot be told. */
export type BybitInstruments = (symbol: ResponseNode, category: BybitCategory) => Instrument;

interface Currencies {
  readonly base: string;
  readonly quote: string;
  readonly settle: string;
}

const CONTRACT_TYPES = {
  linear: ['LinearPerpetual', 'LinearFutures'],
  inverse: ['InversePerpetual', 'InverseFutures'],
} as const;

export function bybitInstruments(
  listings: ReadonlyMap<BybitCategory, InstrumentListing>,
  notices: Notices,
): BybitInstruments {
  return (symbol, category) => {
    const row = listings.get(category)?.find(symbol.text());
    if (row) return listed(symbol, category, row);
    const currencies = currenciesByName(symbol.text(), category);
    if (!currencies) {
      throw symbol.refusal(
        `${symbol.text()} is not in the instrument listing, and its name does not say what it is`,
      );
    }
    notices.add(symbol, `${symbol.text()} is not in the instrument listing; read from its name`);
    return instrument(symbol, category, currencies, null);
  };
}

function listed(symbol: ResponseNode, category: BybitCategory, row: ResponseNode): Instrument {
  const currencies = {
    base: row.field('baseCoin').text(),
    quote: row.field('quoteCoin').text(),
    settle: row.field('settleCoin').text(),
  };
  const delivery = row.field('deliveryTime');
  const neverDelivers = delivery.isBlank || delivery.source() === '0';
  if (category !== 'option') {
    const type = row.field('contractType').oneOf(CONTRACT_TYPES[category]);
    if (type.endsWith('Futures') && neverDelivers) {
      throw delivery.refusal(`missing; ${type} have a delivery time`);
    }
    const expected = category === 'inverse' ? currencies.base : currencies.quote;
    if (currencies.settle !== expected) {
      throw row.field('settleCoin').refusal(`${currencies.settle} contradicts ${type}`);
    }
  }
  return instrument(symbol, category, currencies, neverDelivers ? null : delivery.instantMs());
}

function instrument(
  symbol: ResponseNode,
  category: BybitCategory,
  { base, quote, settle }: Currencies,
  delivery: Date | null,
): Instrument {
  const shared = {
    id: `bybit:${symbol.text()}`,
    symbol: symbol.text(),
    underlying: base,
    priceCurrency: quote,
    settlementCurrency: settle,
    contractMultiplier: quantity('1'),
  };
  if (category !== 'option') {
    const contractType = category === 'inverse' ? 'INVERSE' : 'LINEAR';
    return { ...shared, contractType, expiry: delivery, strike: null, optionType: null };
  }
  const name = optionName(symbol.text());
  if (name?.underlying !== base) {
    throw symbol.refusal(`not an option on ${base} such as "${base}-31DEC27-60000-C"`);
  }
  const { expiry, strike, optionType } = name;
  return { ...shared, contractType: 'OPTION', expiry: delivery ?? expiry, strike, optionType };
}

/**
 * What the name alone says. Dated futures and contracts on a thousand of something, such as
 * 1000PEPEUSDT, are left to the listing.
 */
function currenciesByName(symbol: string, category: BybitCategory): Currencies | null {
  if (category === 'option') {
    const name = optionName(symbol);
    if (!name) return null;
    return {
      base: name.underlying,
      quote: 'USD',
      settle: name.suffix === '' ? 'USDC' : name.suffix,
    };
  }
  if (category === 'inverse') {
    const [, base] = /^([A-Z]+)USD$/.exec(symbol) ?? [];
    return base ? { base, quote: 'USD', settle: base } : null;
  }
  const [, base, ending] = /^([A-Z]+)(USDT|PERP)$/.exec(symbol) ?? [];
  if (!base) return null;
  const quote = ending === 'PERP' ? 'USDC' : 'USDT';
  return { base, quote, settle: quote };
}
