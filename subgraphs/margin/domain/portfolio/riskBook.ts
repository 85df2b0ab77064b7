/**
 * Puts the exposures of an account's venues together, by underlying and numbered line by line: where
 * decimals end and float64 begins.
 */

import { toFloat } from '../../../shared/units.js';
import { assetFeed } from '../account/assetFeed.js';
import { staleAgeMs } from '../account/freshness.js';
import type { MarketSnapshot } from '../account/marketSnapshot.js';
import type { AgeLimits } from '../parameterSet.js';
import type { ExpiryCurve, Feed, RiskBook, RiskLine, UnderlyingRisk } from '../risk/riskBook.js';
import { sortedUnique } from '../textOrder.js';
import { expiryCurve } from './expiryCurve.js';
import type { Exposure } from './exposure.js';
import type { VenueExposures } from './venueExposures.js';

export interface AccountRisk {
  readonly book: RiskBook;
  /** By line: see `OptionView.unvouchedValue`. */
  readonly unvouchedValues: Float64Array;
}

/** @param venues In the order of their ids. */
export function riskBook(
  venues: readonly VenueExposures[],
  market: MarketSnapshot,
  limits: AgeLimits,
): AccountRisk {
  const lines = venues.flatMap((venue) => venue.lines);
  const places = new Map(lines.map((line, place) => [keyOf(line), place]));
  const exposures = venues
    .flatMap((venue) => venue.exposures)
    .map((exposure) => ({ ...exposure, place: places.get(keyOf(exposure.line)) ?? NaN }));
  const unvouchedValues = new Float64Array(lines.length);
  for (const exposure of exposures) {
    if (exposure.kind === 'OPTION') unvouchedValues[exposure.place] = exposure.unvouchedValue;
  }
  const underlyings = sortedUnique(exposures.map(({ underlying }) => underlying));
  const book: RiskBook = {
    lines,
    underlyings: underlyings.map((underlying) => {
      const its = exposures.filter((exposure) => exposure.underlying === underlying);
      const ageMs = priceAgeMs(venues, underlying, market, limits);
      return underlyingRisk(underlying, its, market, ageMs / 1_000);
    }),
    stable: settlementFeed(venues, market),
  };
  return { book, unvouchedValues };
}

const keyOf = ({ venueAccountId, id, kind }: RiskLine) => `${kind}\n${venueAccountId}\n${id}`;

type Placed = Exposure & { readonly place: number };

function underlyingRisk(
  underlying: string,
  exposures: readonly Placed[],
  market: MarketSnapshot,
  priceAgeSeconds: number,
): UnderlyingRisk {
  const spot = assetFeed(market, underlying) ?? firstPrice(exposures);
  const expiries = curves(underlying, exposures, market, spot);
  const placeOf = (expiry: Date) => {
    const { seconds } = expiryCurve(market, underlying, expiry, spot);
    return expiries.findIndex((curve) => curve.seconds === seconds);
  };
  const futures = exposures.filter((exposure) => exposure.kind === 'FUTURE');
  const perpetuals = futures.filter(({ expiry }) => expiry === null);
  return {
    underlying,
    spot,
    priceAgeSeconds,
    perpetualConfidence: Math.min(1, ...perpetuals.map(({ confidence }) => confidence)),
    returns: (market.returns.get(underlying) ?? []).map(toFloat),
    expiries,
    futures: futures.map(({ place, risk, expiry }) => ({
      ...risk,
      line: place,
      expiry: expiry === null ? null : placeOf(expiry),
    })),
    options: exposures.flatMap((exposure) =>
      exposure.kind === 'OPTION'
        ? [{ ...exposure.risk, line: exposure.place, expiry: placeOf(exposure.expiry) }]
        : [],
    ),
    collateral: exposures.flatMap((exposure) =>
      exposure.kind === 'COLLATERAL' ? [{ ...exposure.risk, line: exposure.place }] : [],
    ),
  };
}

/** Where a held asset stands for an underlying that has no price of its own, it moves as its price. */
function firstPrice(exposures: readonly Placed[]): Feed {
  const held = exposures.find((exposure) => exposure.kind === 'COLLATERAL');
  return held?.kind === 'COLLATERAL' ? held.risk.price : { price: 1, confidence: 0 };
}

/** Rising, and each once: what has expired shares the first place. */
function curves(
  underlying: string,
  exposures: readonly Placed[],
  market: MarketSnapshot,
  spot: Feed,
): readonly ExpiryCurve[] {
  const bySeconds = new Map<number, ExpiryCurve>();
  for (const exposure of exposures) {
    if (exposure.kind === 'COLLATERAL' || exposure.expiry === null) continue;
    const curve = expiryCurve(market, underlying, exposure.expiry, spot);
    bySeconds.set(curve.seconds, curve);
  }
  return [...bySeconds.values()].sort((a, b) => a.seconds - b.seconds);
}

/** The age of the oldest price behind an underlying, of those that are no longer fresh. */
function priceAgeMs(
  venues: readonly VenueExposures[],
  underlying: string,
  market: MarketSnapshot,
  limits: AgeLimits,
): number {
  const instruments = venues.flatMap(({ valuation }) =>
    valuation.positions
      .filter(({ instrument }) => instrument.underlying === underlying)
      .map(({ instrument }) => market.instruments.get(instrument.id)),
  );
  const ages = [market.assets.get(underlying), ...instruments].map((quote) =>
    quote === undefined ? 0 : staleAgeMs(quote, market.at, limits),
  );
  return Math.max(0, ...ages);
}

/** The weakest currency that contracts are settled in, other than dollars and underlyings. */
function settlementFeed(venues: readonly VenueExposures[], market: MarketSnapshot): Feed {
  const instruments = venues
    .flatMap(({ valuation }) => valuation.positions)
    .map(({ instrument }) => instrument);
  const underlyings = new Set(instruments.map(({ underlying }) => underlying));
  const feeds = sortedUnique(instruments.map(({ settlementCurrency }) => settlementCurrency))
    .filter((currency) => !underlyings.has(currency))
    .flatMap((currency) => assetFeed(market, currency) ?? []);
  const least = (values: readonly number[]) => (values.length === 0 ? 1 : Math.min(...values));
  return {
    price: least(feeds.map(({ price }) => price)),
    confidence: least(feeds.map(({ confidence }) => confidence)),
  };
}
