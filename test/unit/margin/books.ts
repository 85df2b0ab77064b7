/** Small books and markets to value in tests; what a test does not say is harmless. */

import { price, quantity, ratio } from '../../../subgraphs/shared/units.js';
import type {
  AccountBook,
  Balance,
  OptionInstrument,
  Position,
  VenueBook,
} from '../../../subgraphs/margin/domain/account/accountBook.js';
import type {
  AccountEvaluation,
  AccountMargin,
  PositionMargin,
  VenueMargin,
} from '../../../subgraphs/margin/domain/marginModel.js';
import {
  noCurves,
  type ForwardQuote,
  type InstrumentQuote,
  type MarketSnapshot,
  type PriceStatus,
} from '../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { standardMargin } from '../../../subgraphs/margin/domain/standard/standardMargin.js';
import { standardParametersInForce } from '../../../subgraphs/margin/parameters/standardParameters.js';

export const NOW = new Date('2026-11-22T12:00:00.000Z');
export const parameters = standardParametersInForce();

export const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

export const daysAhead = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

interface FutureTerms {
  readonly size: string;
  readonly entry: string;
  /** The venue's own mark. */
  readonly mark?: string;
  readonly multiplier?: string;
  readonly underlying?: string;
  readonly id?: string;
  /** A perpetual unless given. */
  readonly expiry?: Date;
}

/** `deribit:BTC-LINEAR` in USDT, unless said otherwise. */
export const linear = (terms: FutureTerms & { readonly currency?: string }): Position => {
  const { underlying = 'BTC', currency = 'USDT' } = terms;
  return {
    id: terms.id ?? `${underlying}-LINEAR`,
    size: quantity(terms.size),
    entryPrice: price(terms.entry),
    markPrice: price(terms.mark ?? terms.entry),
    instrument: {
      id: `deribit:${underlying}-LINEAR`,
      contractType: 'LINEAR',
      underlying,
      priceCurrency: currency,
      settlementCurrency: currency,
      contractMultiplier: quantity(terms.multiplier ?? '1'),
      expiry: terms.expiry ?? null,
    },
  };
};

/** `deribit:BTC-INVERSE`, unless said otherwise; a contract is worth `multiplier` dollars. */
export const inverse = (terms: FutureTerms): Position => {
  const { underlying = 'BTC' } = terms;
  return {
    id: terms.id ?? `${underlying}-INVERSE`,
    size: quantity(terms.size),
    entryPrice: price(terms.entry),
    markPrice: price(terms.mark ?? terms.entry),
    instrument: {
      id: `deribit:${underlying}-INVERSE`,
      contractType: 'INVERSE',
      underlying,
      priceCurrency: 'USD',
      settlementCurrency: underlying,
      contractMultiplier: quantity(terms.multiplier ?? '1'),
      expiry: terms.expiry ?? null,
    },
  };
};

/** `deribit:ETH-OPTION`, quoted in ETH and 30 days from expiry unless said otherwise. */
export const option = (terms: {
  readonly size: string;
  readonly type: OptionInstrument['optionType'];
  readonly strike: string;
  readonly mark?: string;
  readonly multiplier?: string;
  readonly currency?: string;
  readonly expiry?: Date;
}): Position => ({
  id: 'ETH-OPTION',
  size: quantity(terms.size),
  entryPrice: price('0.01'),
  markPrice: price(terms.mark ?? '0.01'),
  instrument: {
    id: 'deribit:ETH-OPTION',
    contractType: 'OPTION',
    underlying: 'ETH',
    priceCurrency: terms.currency ?? 'ETH',
    settlementCurrency: terms.currency ?? 'ETH',
    contractMultiplier: quantity(terms.multiplier ?? '1'),
    expiry: terms.expiry ?? daysAhead(30),
    strike: price(terms.strike),
    optionType: terms.type,
  },
});

export const balance = (asset: string, amount: string, more: Partial<Balance> = {}): Balance => ({
  asset,
  quantity: quantity(amount),
  location: 'VENUE',
  isSettled: true,
  isCollateral: true,
  ...more,
});

export const venue = (
  holds: { readonly positions?: readonly Position[]; readonly balances?: readonly Balance[] },
  more: Partial<VenueBook> = {},
): VenueBook => ({
  venueAccountId: 'deribit:1',
  venue: 'deribit',
  state: { asOf: NOW, positions: holds.positions ?? [], balances: holds.balances ?? [] },
  condition: { quality: 'LIVE' },
  ...more,
});

export const book = (...venues: VenueBook[]): AccountBook => ({ accountId: 'fund-1', venues });

interface Quote {
  readonly status?: PriceStatus;
  readonly publishedAt?: Date;
  readonly confidence?: string;
}

export const assetQuote = (text: string, more: Quote = {}) => ({
  price: price(text),
  status: more.status ?? ('OK' as const),
  publishedAt: more.publishedAt ?? NOW,
  ...(more.confidence !== undefined && { confidence: ratio(more.confidence) }),
});

/** Without interest, and fully vouched for. */
export const forward = (expiry: Date, text: string): ForwardQuote => ({
  expiry,
  price: price(text),
  settled: price('0'),
  rate: ratio('0'),
  confidence: ratio('1'),
  rateConfidence: ratio('1'),
});

export const instrumentQuote = (
  text: string,
  currency: string,
  more: Quote = {},
): InstrumentQuote => ({ ...assetQuote(text, more), currency });

type Quoted<Of> = Readonly<Record<string, string | Of>>;

/** Plain texts are fresh prices; those of instruments are in USDT. Haircuts: BTC 5 %, else none. */
export const market = (
  assets: Quoted<ReturnType<typeof assetQuote>>,
  instruments: Quoted<InstrumentQuote> = {},
): MarketSnapshot => ({
  at: NOW,
  assets: quotes(assets, (text) => assetQuote(text)),
  instruments: quotes(instruments, (text) => instrumentQuote(text, 'USDT')),
  haircuts: new Map([
    ['BTC', ratio('0.05')],
    ['ETH', ratio('0')],
    ['USD', ratio('0')],
    ['USDT', ratio('0')],
  ]),
  ...noCurves,
});

const quotes = <Of>(given: Quoted<Of>, fresh: (text: string) => Of) =>
  new Map(
    Object.entries(given).map(([id, of]) => [id, typeof of === 'string' ? fresh(of) : of] as const),
  );

export const evaluate = (of: AccountBook, at: MarketSnapshot): AccountEvaluation =>
  standardMargin.evaluate(of, at, parameters);

/** The account's margin, which must be known. */
export function marginOf(of: AccountBook, at: MarketSnapshot): AccountMargin {
  const { account } = evaluate(of, at);
  if (account.kind === 'unknown') throw new Error(`not known: ${JSON.stringify(account)}`);
  return account;
}

/** The margin of the only venue. */
export function venueMarginOf(of: VenueBook, at: MarketSnapshot): VenueMargin {
  const [only] = marginOf(book(of), at).venues;
  if (only === undefined) throw new Error('no venue');
  return only;
}

/** The margin of the only position. */
export function positionMarginOf(position: Position, at: MarketSnapshot): PositionMargin {
  const [only] = venueMarginOf(venue({ positions: [position] }), at).positions;
  if (only === undefined) throw new Error('no position');
  return only;
}
