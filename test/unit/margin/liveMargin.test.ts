import type { Architecture } from '../../../subgraphs/margin/domain/portfolio/architecture.js';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ratio } from '../../../subgraphs/shared/units.js';
import type { Position } from '../../../subgraphs/margin/domain/account/accountBook.js';
import { CallLog } from '../../../subgraphs/margin/live/callLog.js';
import { LiveMargin } from '../../../subgraphs/margin/live/liveMargin.js';
import {
  assetQuote,
  balance,
  evaluate,
  instrumentQuote,
  linear,
  NOW,
  parameters,
} from './books.js';
import { MarginParameters } from '../../../subgraphs/margin/parameters/marginParameters.js';
import type { MarginSet } from '../../../subgraphs/margin/parameters/marginSet.js';
import { MemoryStore } from './memoryStore.js';
import { sequences } from './transitions.js';

const directory = {
  accounts: new Map([
    ['fund-1', ['deribit:1']],
    ['fund-2', ['deribit:2']],
  ]),
  haircuts: new Map([['USD', ratio('0')]]),
};

let at: Date;
let store: MemoryStore;
let calls: CallLog;
let live: LiveMargin;
let architectures: Map<string, Architecture>;
let architectureChanged: (accountId: string) => void;
const evaluated = vi.fn(evaluate);
const model: MarginSet = {
  ...MarginParameters.load().inForce('standard', NOW),
  ladder: parameters.ladder,
  limits: parameters.limits,
  evaluate: evaluated,
};
const portfolio: MarginSet = { ...model, name: 'portfolio-1', evaluate: vi.fn(evaluate) };
let nextChangeMs: number;
const models = {
  under: (architecture: Architecture) => (architecture === 'PORTFOLIO' ? portfolio : model),
  nextChangeMs: () => nextChangeMs,
};
/** The accounts recomputed since it was last asked. */
const recomputed = () => {
  const ids = evaluated.mock.calls.map(([{ accountId }]) => accountId);
  evaluated.mockClear();
  return ids;
};

const priced = (id: string, text: string) => ({
  assets: [[id, assetQuote(text, { publishedAt: at })]] as const,
  instruments: [
    [`deribit:${id}-LINEAR`, instrumentQuote(text, 'USD', { publishedAt: at })],
  ] as const,
});

const holding = (id: string, position: Position) => ({
  venueAccountId: id,
  quality: 'LIVE' as const,
  problem: null,
  state: { asOf: NOW, positions: [position], balances: [balance('USD', '4500')] },
});

/** fund-1 is long BTC and fund-2 long ETH, each from and at 60 000: a ratio of 1.5. */
beforeEach(() => {
  at = NOW;
  store = new MemoryStore();
  const log = pino({ level: 'silent' });
  calls = new CallLog({ store, log, random: () => 0, onConflict: vi.fn() });
  architectures = new Map();
  nextChangeMs = Infinity;
  live = new LiveMargin({
    models,
    architectures: {
      of: (accountId) => architectures.get(accountId) ?? 'CROSS',
      observe: (observer) => (architectureChanged = observer),
    },
    calls,
    venues: ['deribit'],
    now: () => at,
    newId: () => 'call',
  });
  live.setDirectory(directory);
  live.venueConnected('deribit');
  live.updatePrices(priced('BTC', '60000'));
  live.updatePrices(priced('ETH', '60000'));
  const long = { size: '1', entry: '60000', currency: 'USD' };
  live.updateVenue(holding('deribit:1', linear({ ...long, underlying: 'BTC' })));
  live.updateVenue(holding('deribit:2', linear({ ...long, underlying: 'ETH' })));
  evaluated.mockClear();
});

describe('the live margin', () => {
  it('is recomputed for the accounts that a price touches, and no others', () => {
    live.updatePrices(priced('BTC', '60001'));
    expect(recomputed()).toEqual(['fund-1']);

    live.updatePrices(priced('SOL', '140'));
    expect(recomputed()).toEqual([]);
  });

  it('follows a position to another price', () => {
    const long = linear({ size: '1', entry: '60000', currency: 'USD', underlying: 'ETH' });
    live.updateVenue(holding('deribit:1', long));
    recomputed();

    live.updatePrices(priced('BTC', '60001'));
    live.updatePrices(priced('ETH', '60001'));

    expect(recomputed().sort()).toEqual(['fund-1', 'fund-2']);
  });

  it('is left alone by a directory that says nothing new', () => {
    live.setDirectory({ ...directory, haircuts: new Map([['USD', ratio('0.0')]]) });
    expect(recomputed()).toEqual([]);

    live.setDirectory({ ...directory, haircuts: new Map([['USD', ratio('0.1')]]) });
    expect(recomputed()).toEqual(['fund-1', 'fund-2']);
  });

  it('is recomputed by time alone only when an input grows too old', () => {
    at = new Date(NOW.getTime() + 9_000);
    live.updatePrices(priced('ETH', '60000'));
    recomputed();
    at = new Date(NOW.getTime() + 10_001);

    live.tick();
    live.tick();

    expect(recomputed()).toEqual(['fund-1']);
    expect(live.view('fund-1')?.evaluation.account).toMatchObject({ quality: 'STALE' });
    expect(live.view('fund-2')?.evaluation.account).toMatchObject({ quality: 'LIVE' });
  });

  it('sees a breach however brief, and stores all its steps', async () => {
    live.updatePrices(priced('BTC', '58700'));
    live.updatePrices(priced('BTC', '60000'));
    await calls.close();

    expect(store.stored.map(({ status }) => status)).toEqual([
      'WARNING',
      'CALL',
      'WARNING',
      'HEALTHY',
    ]);
    expect(sequences(store.stored)).toEqual([1, 2, 3, 4]);
  });

  it('is not known before the first prices, even of what would only be worth nothing', async () => {
    const fresh = new LiveMargin({
      models,
      architectures: { of: () => 'CROSS', observe: () => undefined },
      calls,
      venues: ['deribit'],
      now: () => at,
      newId: () => 'call',
    });
    fresh.setDirectory(directory);
    fresh.venueConnected('deribit');
    const update = holding('deribit:1', linear({ size: '100', entry: '60000', currency: 'USD' }));
    fresh.updateVenue(update);
    const wallet = { asOf: NOW, positions: [], balances: [balance('ETH', '1')] };
    fresh.updateVenue({ ...update, venueAccountId: 'deribit:2', state: wallet });
    await calls.close();

    const unpriced = ['fund-1', 'fund-2'].map((id) => fresh.view(id)?.evaluation.account);
    expect(unpriced).toMatchObject([
      { kind: 'unknown', unpriced: ['BTC'] },
      { kind: 'unknown', unpriced: ['ETH'] },
    ]);
    expect(store.stored).toEqual([]);
  });

  it('is recomputed by another model as soon as the account has another architecture', () => {
    expect(live.view('fund-1')).toMatchObject({ architecture: 'CROSS', model });

    architectures.set('fund-1', 'PORTFOLIO');
    architectureChanged('fund-1');
    architectureChanged('nobody');

    expect(live.view('fund-1')).toMatchObject({ architecture: 'PORTFOLIO', model: portfolio });
    expect(live.view('fund-2')).toMatchObject({ architecture: 'CROSS', model });
    expect(live.view('nobody')).toBeNull();
  });

  it('is recomputed when the day of another parameter set comes', () => {
    nextChangeMs = NOW.getTime() + 5_000;
    live.updatePrices(priced('BTC', '60000'));
    live.updatePrices(priced('ETH', '60000'));
    recomputed();
    nextChangeMs = Infinity;

    at = new Date(NOW.getTime() + 4_999);
    live.tick();
    expect(recomputed()).toEqual([]);

    at = new Date(NOW.getTime() + 5_000);
    live.tick();
    expect(recomputed().sort()).toEqual(['fund-1', 'fund-2']);
  });

  it('of one account is not known where its numbers are beyond the model, and goes on', () => {
    evaluated.mockImplementationOnce(() => {
      throw new RangeError('BTC.futures[0].mark must be above zero');
    });
    live.updatePrices(priced('BTC', '60001'));

    expect(live.view('fund-1')?.evaluation.account).toMatchObject({
      kind: 'unknown',
      venues: [
        {
          venue: 'deribit',
          reason:
            'it reports what cannot be computed with (BTC.futures[0].mark must be above zero)',
        },
      ],
    });
    live.updatePrices(priced('BTC', '60002'));
    expect(live.view('fund-1')?.evaluation.account.kind).toBe('known');
  });

  it('forgets an account that is gone, and knows the others by their venue accounts', () => {
    live.setDirectory({ ...directory, accounts: new Map([['fund-2', ['deribit:2']]]) });

    expect(live.view('fund-1')).toBeNull();
    expect([live.accountOf('deribit:1'), live.accountOf('deribit:2')]).toEqual([null, 'fund-2']);
  });
});
