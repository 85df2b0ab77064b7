/** Reads prices for one valuation, and keeps what was found wrong with those that it gave. */

import { isNegative, isPositive, price, type Price } from '../../../shared/units.js';
import type { Instrument } from './accountBook.js';
import { isAged } from './freshness.js';
import type { AssetQuote, MarketSnapshot } from './marketSnapshot.js';
import type { AgeLimits } from '../parameterSet.js';
import type { Finding, Quality } from './quality.js';

const ONE = price('1');

export class PriceReader {
  readonly findings: Finding[] = [];
  /** When the prices that were given were published. */
  readonly times: Date[] = [];
  /** Tickers without which nothing can be valued. */
  readonly unpriced: string[] = [];

  constructor(
    readonly market: MarketSnapshot,
    private readonly limits: AgeLimits,
  ) {}

  /** USD per unit; null without a usable price, which the caller must then handle. */
  assetPrice(asset: string): Price | null {
    if (asset === 'USD') return ONE;
    const quote = this.market.assets.get(asset);
    return quote !== undefined && isPositive(quote.price) ? this.given(asset, quote) : null;
  }

  /** Like `assetPrice`, where without a price the result is not known. */
  requiredAssetPrice(asset: string): Price | null {
    const found = this.assetPrice(asset);
    if (found === null) this.unpriced.push(asset);
    return found;
  }

  /** The oracle's mark in the instrument's price currency; null without a usable one. */
  instrumentPrice({ id, priceCurrency, contractType }: Instrument): Price | null {
    const quote = this.market.instruments.get(id);
    if (quote?.currency !== priceCurrency) return null;
    // An option may be worth nothing; a future that costs nothing is a mistake of the source.
    const isSane = contractType === 'OPTION' ? !isNegative(quote.price) : isPositive(quote.price);
    return isSane ? this.given(id, quote) : null;
  }

  note(quality: Finding['quality'], reason: string): void {
    this.findings.push({ quality, reason });
  }

  private given(what: string, quote: AssetQuote): Price | null {
    if (quote.status === 'HALTED') return null;
    const quality: Quality =
      quote.status === 'STALE' || isAged(quote, this.market.at, this.limits)
        ? 'STALE'
        : quote.status === 'DEGRADED'
          ? 'DEGRADED'
          : 'LIVE';
    if (quality !== 'LIVE') this.note(quality, `The price of ${what} is ${quality.toLowerCase()}.`);
    this.times.push(quote.publishedAt);
    return quote.price;
  }
}
