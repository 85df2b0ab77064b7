/** Positions of the standard room for tests; what a test does not say is harmless. */

import type {
  StandardBalance,
  StandardFuture,
  StandardOption,
} from '../../../../subgraphs/margin/domain/standard/standardPosition.js';
import type { StandardRules } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import { standardParametersNamed } from '../../../../subgraphs/margin/parameters/standardParameters.js';
import { abs, price, quantity, ratio, usd, usdCeil } from '../../../../subgraphs/shared/units.js';

/** Those of standard-2, without a charge for options hedged at another venue. */
export const rules: StandardRules = (() => {
  const { rules: given } = standardParametersNamed('standard-2');
  if (given.spreads === null) throw new Error('no spreads');
  return { ...given, spreads: { ...given.spreads, venueBasis: ratio('0') } };
})();

export const EXPIRY = new Date('2026-12-25T08:00:00.000Z');

interface OptionTerms {
  readonly units: string;
  readonly strike: string;
  readonly mark?: string;
  readonly index?: string;
  readonly forward?: string;
  readonly entry?: string;
  readonly venue?: string;
  readonly underlying?: string;
  readonly expiry?: Date;
  readonly id?: string;
  readonly confidence?: string;
  readonly settlementPrice?: string;
  readonly isTrusted?: boolean;
}

const option =
  (optionType: 'CALL' | 'PUT') =>
  (terms: OptionTerms): StandardOption => {
    const { units, strike, venue = 'deribit:1', index = '2000' } = terms;
    const id = terms.id ?? `${optionType} ${strike}`;
    return {
      kind: 'OPTION',
      line: { venueAccountId: venue, id, kind: 'POSITION' },
      underlying: terms.underlying ?? 'ETH',
      markPrice: price(terms.mark ?? '0'),
      exposure: usdCeil([abs(quantity(units)), price(index)]),
      confidence: ratio(terms.confidence ?? '1'),
      settlementPrice: price(terms.settlementPrice ?? '1'),
      expiry: terms.expiry ?? EXPIRY,
      strike: price(strike),
      optionType,
      units: quantity(units),
      indexPrice: price(index),
      forward: price(terms.forward ?? index),
      entryPrice: terms.entry === undefined ? null : price(terms.entry),
      isTrusted: terms.isTrusted ?? true,
    };
  };

/** On ETH at an index and forward of 2000, with a mark of nothing. */
export const call = option('CALL');
export const put = option('PUT');

interface FutureTerms {
  readonly size: string;
  readonly mark: string;
  readonly underlying?: string;
  readonly pnl?: string;
  readonly confidence?: string;
  readonly settlementPrice?: string;
  readonly openNotional?: string;
}

export const future = (terms: FutureTerms): StandardFuture => ({
  kind: 'FUTURE',
  line: { venueAccountId: 'deribit:1', id: 'PERPETUAL', kind: 'POSITION' },
  underlying: terms.underlying ?? 'BTC',
  markPrice: price(terms.mark),
  notional: usdCeil([abs(quantity(terms.size)), price(terms.mark)]),
  exposure: usdCeil([abs(quantity(terms.size)), price(terms.mark)]),
  unrealizedPnl: usd(terms.pnl ?? '0'),
  openNotional: terms.openNotional === undefined ? null : usd(terms.openNotional),
  confidence: ratio(terms.confidence ?? '1'),
  settlementPrice: price(terms.settlementPrice ?? '1'),
});

export const cash = (amount: string, confidence = '1'): StandardBalance => ({
  line: { venueAccountId: 'deribit:1', id: 'USD', kind: 'COLLATERAL' },
  marketValue: usd(amount),
  creditedValue: usd(amount),
  confidence: ratio(confidence),
});
