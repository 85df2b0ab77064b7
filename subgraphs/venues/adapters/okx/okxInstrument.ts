/** OKX's contracts. Their names never tell the contract value, so each must be listed. */

import { productExact, type Quantity } from '../../../shared/units.js';
import type { Instrument } from '../../contract/venueState.js';
import type { ResponseNode } from '../../kit/responseNode.js';

/** Throws a Refusal when the row leaves open what a contract is worth. */
export function okxInstrument(symbol: string, row: ResponseNode): Instrument {
  const [underlying = '', quote = ''] = row.field('uly').text().split('-');
  if (!underlying || !quote) throw row.field('uly').refusal('not a pair such as "BTC-USD"');
  const isOption = row.field('instType').text() === 'OPTION';
  const shared = {
    id: `okx:${symbol}`,
    symbol,
    underlying,
    settlementCurrency: row.field('settleCcy').text(),
    contractMultiplier: multiplier(row),
    expiry: row.field('expTime').isBlank ? null : row.field('expTime').instantMs(),
  };
  return isOption ? option(row, shared) : future(row, quote, shared);
}

type Shared = Omit<Instrument, 'contractType' | 'priceCurrency' | 'strike' | 'optionType'>;

function future(row: ResponseNode, quote: string, shared: Shared): Instrument {
  const isLinear = row.field('ctType').oneOf(['linear', 'inverse']) === 'linear';
  mustBe(row.field('ctValCcy'), isLinear ? shared.underlying : quote);
  if (!isLinear) mustBe(row.field('settleCcy'), shared.underlying);
  return {
    ...shared,
    contractType: isLinear ? 'LINEAR' : 'INVERSE',
    priceCurrency: quote,
    strike: null,
    optionType: null,
  };
}

/** OKX quotes an option in the coin that it settles in. */
function option(row: ResponseNode, shared: Shared): Instrument {
  mustBe(row.field('ctValCcy'), shared.underlying);
  mustBe(row.field('settleCcy'), shared.underlying);
  if (!shared.expiry) throw row.field('expTime').refusal('missing; an option has an expiry');
  return {
    ...shared,
    contractType: 'OPTION',
    priceCurrency: shared.settlementCurrency,
    strike: row.field('stk').positivePrice(),
    optionType: row.field('optType').oneOf(['C', 'P']) === 'C' ? 'CALL' : 'PUT',
  };
}

function multiplier(row: ResponseNode): Quantity {
  const [value, multiple] = [row.field('ctVal'), row.field('ctMult')];
  multiple.positiveQuantity();
  const product = productExact(value.positiveQuantity(), multiple.ratio());
  if (!product) throw value.refusal('ctVal × ctMult has more than 18 digits after the point');
  return product;
}

function mustBe(node: ResponseNode, expected: string): void {
  if (node.text() !== expected) {
    throw node.refusal(`${node.text()} where a contract of this type has ${expected}`);
  }
}
