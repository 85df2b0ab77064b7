/** Reads valued positions and balances of venues as the standard rules take them. */

import {
  abs,
  isZero,
  price,
  quantityFloor,
  ratio,
  smaller,
  usdCeil,
  type Price,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import type { Instrument } from '../account/accountBook.js';
import type { AssetQuote, MarketSnapshot } from '../account/marketSnapshot.js';
import type { ValuedFuture, ValuedOption } from '../account/valuedPosition.js';
import type { VenueValuation } from '../account/venueValuation.js';
import type { RiskLine } from '../risk/riskBook.js';
import type {
  StandardBalance,
  StandardBook,
  StandardFuture,
  StandardOption,
} from './standardPosition.js';
import type { StandardRules } from './standardRules.js';

const SURE = ratio('1');
const DOUBTED = ratio('0');
const DOLLAR = price('1');
const WORTHLESS = price('0');

/** Positions in the order of the valuation; balances of one asset share a line. */
export function standardBook(
  valuation: VenueValuation,
  market: MarketSnapshot,
  rules: StandardRules,
): StandardBook {
  const { venueAccountId, isTrusted } = valuation;
  const context = { market, rules, isTrusted };
  return {
    positions: valuation.positions.map((valued) => {
      const line: RiskLine = { venueAccountId, id: valued.position.id, kind: 'POSITION' };
      return valued.kind === 'OPTION'
        ? standardOption(valued, line, context)
        : standardFuture(valued, line, context);
    }),
    balances: standardBalances(valuation, market),
  };
}

interface Context {
  readonly market: MarketSnapshot;
  readonly rules: StandardRules;
  readonly isTrusted: boolean;
}

function standardFuture(
  valued: ValuedFuture,
  line: RiskLine,
  { market, rules }: Context,
): StandardFuture {
  const { instrument, markPrice, notional, unrealizedPnl } = valued;
  return {
    kind: 'FUTURE',
    line,
    underlying: instrument.underlying,
    markPrice,
    notional,
    unrealizedPnl,
    // The index would do as well, but a position must not cost less because it has gone.
    exposure: notional,
    openNotional: openNotional(valued, market),
    confidence: priceConfidence(instrument, market),
    settlementPrice: settlementPrice(instrument, market, rules),
  };
}

/** As many times the position's notional as there are contracts of its size. */
function openNotional(
  { instrument, position: { size }, notional }: ValuedFuture,
  { openInterests }: MarketSnapshot,
): Usd | null {
  const openInterest = openInterests.get(instrument.id);
  return openInterest === undefined || isZero(size)
    ? null
    : usdCeil([notional, openInterest], [abs(size)]);
}

function standardOption(
  valued: ValuedOption,
  line: RiskLine,
  { market, rules, isTrusted }: Context,
): StandardOption {
  const { instrument, position, markPrice, indexPrice, notional } = valued;
  const { underlying, expiry, strike, optionType, priceCurrency } = instrument;
  return {
    kind: 'OPTION',
    line,
    underlying,
    markPrice,
    exposure: notional,
    confidence: priceConfidence(instrument, market),
    settlementPrice: settlementPrice(instrument, market, rules),
    expiry,
    strike,
    optionType,
    units: quantityFloor([position.size, instrument.contractMultiplier]),
    indexPrice,
    // A forward may be above the index, and may go missing: that would make the position cost less.
    forward: indexPrice,
    entryPrice: priceCurrency === 'USD' ? position.entryPrice : null,
    isTrusted,
  };
}

function standardBalances(
  { venueAccountId, collateral }: VenueValuation,
  market: MarketSnapshot,
): readonly StandardBalance[] {
  const lines = new Map<string, RiskLine>(
    collateral.map(({ assetId }) => [
      assetId,
      { venueAccountId, id: assetId, kind: 'COLLATERAL' as const },
    ]),
  );
  return collateral.flatMap(({ assetId, marketValue, creditedValue }) => {
    const line = lines.get(assetId);
    const confidence = assetConfidence(market, assetId);
    return line === undefined ? [] : [{ line, marketValue, creditedValue, confidence }];
  });
}

/** A stablecoin's price, nothing where it has none; a dollar where the contract settles in other. */
function settlementPrice(
  { settlementCurrency }: Instrument,
  { assets }: MarketSnapshot,
  { depeg }: StandardRules,
): Price {
  if (depeg === null || !depeg.currencies.has(settlementCurrency)) return DOLLAR;
  const quote = assets.get(settlementCurrency);
  return quote === undefined || quote.status === 'HALTED' ? WORTHLESS : quote.price;
}

const assetConfidence = ({ assets }: MarketSnapshot, asset: string): Ratio =>
  asset === 'USD' ? SURE : confidenceOf(assets.get(asset));

/** The lesser of the index's and the mark's. */
const priceConfidence = ({ id, underlying }: Instrument, market: MarketSnapshot): Ratio =>
  smaller(assetConfidence(market, underlying), confidenceOf(market.instruments.get(id)));

/** What is not there is not vouched for. */
function confidenceOf(quote: AssetQuote | undefined): Ratio {
  return quote === undefined || quote.status === 'HALTED' ? DOUBTED : (quote.confidence ?? SURE);
}
