/** Any book over a few assets, and any market for it, for properties. */

import fc from 'fast-check';
import { price, quantity, ratio } from '../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  Balance,
  Instrument,
  Position,
  VenueBook,
  VenueCondition,
} from '../../../subgraphs/margin/domain/account/accountBook.js';
import {
  noCurves,
  type MarketSnapshot,
} from '../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { daysAhead, NOW, secondsAgo } from './books.js';

const COINS = ['BTC', 'ETH', 'SOL'] as const;
const ASSETS = [...COINS, 'USDT', 'USD'] as const;
export const VENUES = ['deribit', 'okx', 'bybit'] as const;

const decimals = (min: bigint, max: bigint) =>
  fc
    .tuple(fc.bigInt({ min, max }), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }))
    .map(([whole, fraction]) => `${whole}.${fraction.toString().padStart(18, '0')}`);

const prices = decimals(1n, 200_000n).map(price);
const amounts = decimals(-100_000n, 100_000n).map(quantity);
const sizes = fc
  .tuple(fc.boolean(), decimals(1n, 1_000n))
  .map(([isLong, size]) => quantity(isLong ? size : `-${size}`));
const multipliers = fc.constantFrom('0.001', '0.1', '1', '100').map(quantity);

const terms = fc.record({
  underlying: fc.constantFrom(...COINS),
  currency: fc.constantFrom('USD', 'USDT'),
  contractMultiplier: multipliers,
});

const futures = fc
  .tuple(terms, fc.constantFrom('LINEAR' as const, 'INVERSE' as const))
  .map(([{ underlying, currency, contractMultiplier }, contractType]): Instrument => ({
    id: `${contractType}-${underlying}-${currency}`,
    contractType,
    underlying,
    priceCurrency: contractType === 'INVERSE' ? 'USD' : currency,
    settlementCurrency: contractType === 'INVERSE' ? underlying : currency,
    contractMultiplier,
    expiry: null,
  }));

const options = fc
  .tuple(terms, prices, fc.constantFrom('CALL' as const, 'PUT' as const), fc.constantFrom(1, 30))
  .map(([{ underlying, currency, contractMultiplier }, strike, optionType, days]): Instrument => ({
    id: `${optionType}-${underlying}-${currency}`,
    contractType: 'OPTION',
    underlying,
    priceCurrency: currency,
    settlementCurrency: currency,
    contractMultiplier,
    expiry: daysAhead(days),
    strike,
    optionType,
  }));

export const positions: fc.Arbitrary<Position> = fc.record({
  id: fc.uuid(),
  size: sizes,
  entryPrice: prices,
  markPrice: prices,
  instrument: fc.oneof(futures, options),
});

export const balances: fc.Arbitrary<Balance> = fc.record({
  asset: fc.constantFrom(...ASSETS),
  quantity: amounts,
  location: fc.constantFrom('VENUE', 'CUSTODY'),
  isSettled: fc.boolean(),
  isCollateral: fc.boolean(),
});

const conditions: fc.Arbitrary<VenueCondition> = fc.oneof(
  fc.constant({ quality: 'LIVE' as const }),
  fc.constant({ quality: 'DEGRADED' as const, reason: 'a field is missing' }),
  fc.integer({ min: 0, max: 60 }).map((seconds) => ({
    quality: 'STALE' as const,
    reason: 'down',
    since: secondsAgo(seconds),
  })),
);

const venueBook = (slug: string): fc.Arbitrary<VenueBook> =>
  fc
    .record({
      positions: fc.array(positions, { maxLength: 4 }),
      balances: fc.array(balances, { maxLength: 4 }),
      condition: conditions,
      age: fc.integer({ min: 0, max: 100 }),
    })
    .map(({ condition, age, ...held }) => ({
      venueAccountId: `${slug}:1`,
      venue: slug,
      state: { ...held, asOf: secondsAgo(age) },
      condition,
    }));

export const books: fc.Arbitrary<AccountBook> = fc
  .tuple(...VENUES.map(venueBook))
  .map((venues) => ({ accountId: 'any', venues }));

const statuses = fc.constantFrom('OK' as const, 'DEGRADED' as const, 'STALE' as const);

const quotes = fc.record({
  price: prices,
  status: statuses,
  publishedAt: fc.integer({ min: 0, max: 20 }).map(secondsAgo),
});

const INSTRUMENTS = COINS.flatMap((coin) =>
  ['USD', 'USDT'].flatMap((currency) =>
    ['LINEAR', 'INVERSE', 'CALL', 'PUT'].map(
      (kind) => [`${kind}-${coin}-${currency}`, kind, currency] as const,
    ),
  ),
);

/** Every asset has a price and a haircut; every other instrument a price. */
export const markets: fc.Arbitrary<MarketSnapshot> = fc
  .record({
    assets: fc.tuple(...ASSETS.map((asset) => quotes.map((quote) => [asset, quote] as const))),
    instruments: fc.tuple(
      ...INSTRUMENTS.map(([id, kind, currency]) =>
        fc
          .option(quotes, { nil: undefined })
          .map((quote) =>
            quote === undefined
              ? []
              : [[id, { ...quote, currency: kind === 'INVERSE' ? 'USD' : currency }] as const],
          ),
      ),
    ),
    haircuts: fc.tuple(
      ...ASSETS.map((asset) =>
        fc
          .integer({ min: 0, max: 100 })
          .map((percent) => [asset, ratio((percent / 100).toFixed(2))] as const),
      ),
    ),
  })
  .map(({ assets, instruments, haircuts }) => ({
    at: NOW,
    assets: new Map(assets),
    instruments: new Map(instruments.flat()),
    haircuts: new Map(haircuts),
    ...noCurves,
  }));
