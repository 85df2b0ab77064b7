/** The market of a portfolio document, before its instruments are priced. */

import { isLess, ratio } from '../../shared/units.js';
import type { AssetQuote, ForwardQuote, MarketSnapshot } from '../domain/account/marketSnapshot.js';
import type { PortfolioDocument } from './documentSchema.js';
import { isUsableForward } from '../domain/portfolio/expiryCurve.js';
import type { Mistake } from './mistake.js';

/** Everything in it is as fresh as the evaluation. */
export function documentMarket(
  { market }: PortfolioDocument,
  at: Date,
  mistakes: Mistake[],
): MarketSnapshot {
  const assets = new Map<string, AssetQuote>();
  market.assets.forEach(({ asset, price, confidence }, i) => {
    const path = `market.assets.${i}.asset`;
    if (asset === 'USD') mistakes.push({ path, message: 'USD is always worth 1: leave it out' });
    if (assets.has(asset)) mistakes.push({ path, message: `${asset} is there twice` });
    assets.set(asset, { price, confidence, status: 'OK', publishedAt: at });
  });
  const returns = new Map(market.returns.map(({ asset, values }) => [asset, values]));
  return {
    at,
    assets,
    instruments: new Map(),
    haircuts: new Map([
      ['USD', ratio('0')],
      ...market.assets.map(({ asset, haircut }) => [asset, haircut] as const),
    ]),
    forwards: documentForwards(market.forwards, assets, at, mistakes),
    volatilities: new Map(),
    returns,
    openInterests: new Map(),
  };
}

function documentForwards(
  listed: PortfolioDocument['market']['forwards'],
  assets: ReadonlyMap<string, AssetQuote>,
  at: Date,
  mistakes: Mistake[],
): ReadonlyMap<string, readonly ForwardQuote[]> {
  const forwards = new Map<string, ForwardQuote[]>();
  listed.forEach(({ underlying, ...quote }, i) => {
    const path = `market.forwards.${i}`;
    const curve = forwards.get(underlying) ?? [];
    if (!assets.has(underlying)) {
      mistakes.push({ path: `${path}.underlying`, message: unpriced(underlying) });
    }
    if (curve.some(({ expiry }) => expiry.getTime() === quote.expiry.getTime())) {
      mistakes.push({ path: `${path}.expiry`, message: `${underlying} has this expiry twice` });
    }
    if (isLess(quote.price, quote.settled)) {
      mistakes.push({ path: `${path}.settled`, message: 'must be at most the price' });
    }
    const seconds = Math.max(0, (quote.expiry.getTime() - at.getTime()) / 1_000);
    if (!isUsableForward(quote, seconds)) {
      mistakes.push({
        path: `${path}.rate`,
        message: 'times the years until then must be at most 50',
      });
    }
    forwards.set(underlying, [...curve, quote]);
  });
  return forwards;
}

export const unpriced = (asset: string) => `${asset} has no price: list it in market.assets`;
