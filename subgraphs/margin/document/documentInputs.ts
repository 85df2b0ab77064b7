/** What a portfolio document says, as the models take it. */

import type { Quantity } from '../../shared/units.js';
import type { AccountBook, Position, VenueBook } from '../domain/account/accountBook.js';
import type {
  InstrumentQuote,
  MarketSnapshot,
  VolatilityQuote,
} from '../domain/account/marketSnapshot.js';
import type { Inputs } from '../domain/portfolio/evaluate.js';
import { assetFeed } from '../domain/account/assetFeed.js';
import { sortedUnique } from '../domain/textOrder.js';
import { documentMarket, unpriced } from './documentMarket.js';
import { documentPosition } from './documentPosition.js';
import type { PortfolioDocument } from './documentSchema.js';
import type { Mistake } from './mistake.js';

/** Or every mistake, where parts of the document contradict each other. */
export function documentInputs(
  document: PortfolioDocument,
  now: Date,
): Inputs | { readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const at = document.asOf ?? now;
  const market = documentMarket(document, at, mistakes);
  const positions = document.positions.map((given, place) =>
    documentPosition(given, place, market, mistakes),
  );
  findDoubles(document, positions, mistakes);
  document.collateral.forEach(({ asset }, place) => {
    if (assetFeed(market, asset) !== null) return;
    mistakes.push({ path: `collateral.${place}.asset`, message: unpriced(asset) });
  });
  if (mistakes.length > 0) return { mistakes };
  return {
    book: documentBook(document, positions, at),
    market: pricedMarket(document, positions, market),
  };
}

/** Two positions of one id would count twice or once. */
function findDoubles(
  { positions: given }: PortfolioDocument,
  positions: readonly (Position | null)[],
  mistakes: Mistake[],
): void {
  const seen = new Set<string>();
  positions.forEach((position, place) => {
    if (position === null) return;
    const key = `${given[place]?.venue ?? ''}:${position.id}`;
    if (seen.has(key)) {
      mistakes.push({ path: `positions.${place}.id`, message: `${position.id} is there twice` });
    }
    seen.add(key);
  });
}

function documentBook(
  document: PortfolioDocument,
  positions: readonly (Position | null)[],
  asOf: Date,
): AccountBook {
  const slugs = sortedUnique([...document.positions, ...document.collateral].map((of) => of.venue));
  const held = (slug: string) =>
    positions.filter(
      (of, i): of is Position => of !== null && document.positions[i]?.venue === slug,
    );
  return {
    accountId: 'portfolio',
    venues: slugs.map((slug): VenueBook => ({
      venueAccountId: `${slug}:portfolio`,
      venue: slug,
      state: {
        asOf,
        positions: held(slug),
        balances: document.collateral
          .filter(({ venue }) => venue === slug)
          .map(({ asset, quantity }) => ({
            asset,
            quantity,
            location: 'VENUE',
            isSettled: true,
            isCollateral: true,
          })),
      },
      condition: { quality: 'LIVE' },
    })),
  };
}

/** Marks and volatilities are the market's word, not the venue's. */
function pricedMarket(
  document: PortfolioDocument,
  positions: readonly (Position | null)[],
  market: MarketSnapshot,
): MarketSnapshot {
  const instruments = new Map<string, InstrumentQuote>();
  const volatilities = new Map<string, VolatilityQuote>();
  const openInterests = new Map<string, Quantity>();
  document.positions.forEach((given, place) => {
    const position = positions[place];
    if (position === undefined || position === null) return;
    const { instrument, markPrice } = position;
    instruments.set(instrument.id, {
      price: markPrice,
      currency: instrument.priceCurrency,
      status: 'OK',
      publishedAt: market.at,
      confidence: given.confidence,
    });
    if (given.type !== 'OPTION') {
      if (given.openInterest !== undefined) openInterests.set(instrument.id, given.openInterest);
    } else if (given.volatility !== undefined) {
      const { volatility, confidence } = given;
      volatilities.set(instrument.id, { volatility, confidence });
    }
  });
  return { ...market, instruments, volatilities, openInterests };
}
