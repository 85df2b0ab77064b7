import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  OptionInstrument,
  Position,
  VenueBook,
} from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type {
  AccountMargin,
  MarginExplanation,
  RequirementPart,
} from '../../../../subgraphs/margin/domain/marginModel.js';
import { isolatedMargin } from '../../../../subgraphs/margin/domain/standard/isolatedMargin.js';
import { standardMargin } from '../../../../subgraphs/margin/domain/standard/standardMargin.js';
import type { StandardRules } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import type { ParameterSet } from '../../../../subgraphs/margin/domain/parameterSet.js';
import { standardParametersNamed } from '../../../../subgraphs/margin/parameters/standardParameters.js';
import { isLess, price, ratio, sum, usd } from '../../../../subgraphs/shared/units.js';
import { books, markets } from '../arbitraryBook.js';
import {
  assetQuote,
  balance,
  book,
  daysAhead,
  forward,
  instrumentQuote,
  linear,
  market,
  option,
  parameters,
  secondsAgo,
  venue,
} from '../books.js';

const EXPIRY = daysAhead(30);

/** Quoted in dollars, so that marks read as such. */
const leg = (
  size: string,
  strike: string,
  type: OptionInstrument['optionType'] = 'CALL',
): Position => {
  const made = option({ size, strike, type, currency: 'USD', expiry: EXPIRY });
  const id = `${type}-${strike}`;
  return { ...made, id, instrument: { ...made.instrument, id: `deribit:${id}` } };
};

const okx = { venueAccountId: 'okx:7', venue: 'okx' };
const spread = [leg('-1', '1800'), leg('1', '2000')];

const prices = market(
  { ETH: '2000', BTC: '60000', USDT: '1' },
  {
    'deribit:CALL-1800': instrumentQuote('210', 'USD'),
    'deribit:CALL-2000': instrumentQuote('80', 'USD'),
    'deribit:BTC-LINEAR': '60000',
  },
);

function known(
  venues: readonly VenueBook[],
  at: MarketSnapshot = prices,
  by: ParameterSet<StandardRules> = parameters,
): AccountMargin {
  const { account } = standardMargin.evaluate(book(...venues), at, by);
  if (account.kind === 'unknown') throw new Error('not known');
  return account;
}

const withRules = (change: Partial<StandardRules>): ParameterSet<StandardRules> => ({
  ...parameters,
  rules: { ...parameters.rules, ...change },
});

describe('the standard margin of options', () => {
  it('offsets the legs of a spread, while each shows what it requires alone', () => {
    const account = known([venue({ positions: spread })]);

    // The spread can lose 200. The short call alone: 0.15 × 2 000 + 210, 0.09 × 2 000 + 210.
    expect(account).toMatchObject({ initialMargin: usd('200'), maintenanceMargin: usd('200') });
    expect(account.venues[0]).toMatchObject({
      initialMargin: usd('200'),
      positions: [
        { positionId: 'CALL-1800', initialMargin: usd('510'), maintenanceMargin: usd('390') },
        { positionId: 'CALL-2000', initialMargin: usd('0'), maintenanceMargin: usd('0') },
      ],
    });
  });

  it('offsets legs at two venues, each of which requires what its slice does', () => {
    const [short, long] = spread;
    if (!short || !long) throw new Error('two legs');
    const account = known([venue({ positions: [short] }), venue({ positions: [long] }, okx)]);

    // 200, and 1 % of 2 000 for the unit that another venue hedges.
    expect(account).toMatchObject({
      initialMargin: usd('220'),
      maintenanceMargin: usd('220'),
      freeCollateral: usd('-220'),
      marginRatio: ratio('0'),
    });
    expect(account.venues.map(({ initialMargin }) => initialMargin)).toEqual([
      usd('510'),
      usd('0'),
    ]);
  });

  it('stops counting on a venue that has been silent past the grace', () => {
    const [short, long] = spread;
    if (!short || !long) throw new Error('two legs');
    const silentFor = (seconds: number) =>
      venue(
        { positions: [long] },
        { ...okx, condition: { quality: 'STALE', reason: 'down', since: secondsAgo(seconds) } },
      );
    const live = venue({ positions: [short] });

    expect(known([live, silentFor(30)]).initialMargin).toEqual(usd('220'));
    expect(known([live, silentFor(31)]).initialMargin).toEqual(usd('510'));
  });

  it('charges unpaired calls at the index, also where a forward is known', () => {
    const unpaired = venue({ positions: [leg('-10', '1990'), leg('9', '2000')] });
    const at = market(
      { ETH: '2000' },
      {
        'deribit:CALL-1990': instrumentQuote('210', 'USD'),
        'deribit:CALL-2000': instrumentQuote('200', 'USD'),
      },
    );
    const forwards = new Map([['ETH', [forward(EXPIRY, '2100')]]]);

    // 10 × 10 at 2 000, and 1.2 × 2 000; ten alone: 5 100. A forward that went missing must not help.
    expect(known([unpaired], at).initialMargin).toEqual(usd('2500'));
    expect(known([unpaired], { ...at, forwards }).initialMargin).toEqual(usd('2500'));
  });

  it('has no offset under the first parameter set', () => {
    expect(
      known([venue({ positions: spread })], prices, withRules({ spreads: null })),
    ).toMatchObject({ initialMargin: usd('510'), maintenanceMargin: usd('390') });
  });
});

describe('the standard margin under Regulation T', () => {
  const cboe = standardParametersNamed('standard-cboe-1');
  const initial = (position: Position, at: MarketSnapshot) =>
    known([venue({ positions: [position] })], at, cboe).initialMargin;

  it('counts the premium that was received in dollars', () => {
    const sold = { ...leg('-1', '1800'), entryPrice: price('300') };

    // 300, which is more than the mark of 210, and 0.2 × 2 000.
    expect(initial(sold, prices)).toEqual(usd('700'));
  });

  it('counts the mark where the premium was received in coin', () => {
    const sold = {
      ...option({ size: '-1', type: 'CALL', strike: '1800' }),
      entryPrice: price('300'),
    };
    const inCoin = market(
      { ETH: '2000' },
      { 'deribit:ETH-OPTION': instrumentQuote('0.105', 'ETH') },
    );
    expect(initial(sold, inCoin)).toEqual(usd('610'));
  });
});

describe('the standard margin at doubtful prices', () => {
  const doubting = withRules({ confidence: { threshold: ratio('0.5'), factor: ratio('1') } });
  const perpetual = venue({ positions: [linear({ size: '2', entry: '60000' })] });
  const initial = (at: MarketSnapshot, by = doubting) => known([perpetual], at, by).initialMargin;
  const doubt = (confidence: string, of: 'index' | 'mark') =>
    market(
      { BTC: assetQuote('50000', of === 'index' ? { confidence } : {}), USDT: '1' },
      {
        'deribit:BTC-LINEAR': instrumentQuote('60000', 'USDT', of === 'mark' ? { confidence } : {}),
      },
    );

  it('charges a share of the notional, for the less certain of index and mark', () => {
    // 6.6 % of 120 000, and (1 − 0.2) of them.
    expect(initial(doubt('0.2', 'index'))).toEqual(usd('103920'));
    expect(initial(doubt('0.2', 'mark'))).toEqual(usd('103920'));
    expect(initial(doubt('0.5', 'index'))).toEqual(usd('7920'));
    expect(known([perpetual], doubt('0.2', 'mark'), doubting).venues[0]?.positions).toMatchObject([
      { initialMargin: usd('103920'), maintenanceMargin: usd('6000') },
    ]);
  });

  it('doubts wholly what is missing', () => {
    const certain = doubt('1', 'index');
    const halted = {
      BTC: assetQuote('60000', { status: 'HALTED' }),
      USDT: '1',
    };
    const withoutIndex = { ...certain, assets: market(halted).assets };

    // The venue's mark of 60 000 stands in: 7 920 and all of 120 000.
    expect(initial({ ...certain, instruments: new Map() })).toEqual(usd('127920'));
    expect(initial(withoutIndex)).toEqual(usd('127920'));
  });

  it('charges doubted collateral to its asset', () => {
    const holding = venue({ balances: [balance('BTC', '1')] });
    const account = known([holding], doubt('0.2', 'index'), doubting);

    expect(account.initialMargin).toEqual(usd('40000'));
    expect(standardMargin.explain(book(holding), doubt('0.2', 'index'), doubting)).toMatchObject({
      attribution: [{ id: 'BTC', kind: 'COLLATERAL', initialMargin: usd('40000') }],
    });
  });

  it('charges short options at the index', () => {
    const at = {
      ...prices,
      assets: market({ ETH: assetQuote('2000', { confidence: '0.1' }) }).assets,
    };

    // 510, and 0.9 of 2 000.
    expect(known([venue({ positions: [leg('-1', '1800')] })], at, doubting).initialMargin).toEqual(
      usd('2310'),
    );
  });

  it('never doubts dollars', () => {
    const holding = venue({ balances: [balance('USD', '1000')] });

    expect(known([holding], prices, doubting).initialMargin).toEqual(usd('0'));
  });

  it('charges a stablecoin below its peg, where positions settle in it', () => {
    const broken = market({ BTC: '60000', USDT: '0.9' }, { 'deribit:BTC-LINEAR': '60000' });

    // 6.6 % of 120 000 × 0.9, and (0.99 − 0.9) × 2 of them.
    expect(initial(broken, parameters)).toEqual(usd('26568'));
    expect(initial(broken, withRules({ depeg: null }))).toEqual(usd('7128'));
  });

  it('holds a stablecoin for worthless that has no price', () => {
    const settledInTether = leg('-1', '1800');
    const { instrument } = settledInTether;
    const position = {
      ...settledInTether,
      instrument: { ...instrument, settlementCurrency: 'USDT' },
    };
    const { assets } = market({ ETH: '2000' });

    const halted = market({ ETH: '2000', USDT: assetQuote('1', { status: 'HALTED' }) });

    // 510, and 0.99 × 2 of 2 000.
    for (const at of [assets, halted.assets]) {
      const { initialMargin } = known([venue({ positions: [position] })], {
        ...prices,
        assets: at,
      });
      expect(initialMargin).toEqual(usd('4470'));
    }
  });
});

describe('the explanation of the standard margin', () => {
  const explained = (venues: readonly VenueBook[], at = prices): MarginExplanation => {
    const found = standardMargin.explain(book(...venues), at, parameters);
    if (found === null) throw new Error('not known');
    return found;
  };

  it('says how the parts make the whole, and what each position has in it', () => {
    const positions = [...spread, linear({ size: '1', entry: '60000' })];
    const { initialMargin, attribution, scenarios, worstScenarios } = explained([
      venue({ positions, balances: [balance('USDT', '9000')] }),
    ]);

    expect(initialMargin).toMatchObject({
      code: 'STANDARD',
      operation: 'SUM',
      amount: usd('4160'),
      parts: [
        {
          code: 'UNDERLYING',
          of: 'BTC',
          parts: [{ code: 'FUTURE', of: 'deribit:1/BTC-LINEAR', amount: usd('3960') }],
        },
        {
          code: 'UNDERLYING',
          of: 'ETH',
          parts: [
            {
              code: 'EXPIRY',
              of: EXPIRY.toISOString(),
              parts: [
                {
                  code: 'OFFSET',
                  operation: 'SMALLEST',
                  amount: usd('200'),
                  parts: [
                    {
                      code: 'ISOLATED',
                      parts: [{ code: 'SHORT_OPTION', of: 'deribit:1/CALL-1800' }],
                    },
                    {
                      code: 'MAX_LOSS',
                      amount: usd('200'),
                      detail: 'At settlement at 2000.',
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(attribution.map(({ id, initialMargin: share }) => [id, share])).toEqual([
      ['BTC-LINEAR', usd('3960')],
      ['CALL-1800', usd('200')],
      ['CALL-2000', usd('0')],
      ['USDT', usd('0')],
    ]);
    expect([scenarios, worstScenarios]).toEqual([[], []]);
  });

  it('is not there while the margin is not known', () => {
    expect(standardMargin.explain(book(venue({}, { state: null })), prices, parameters)).toBeNull();
  });

  const amountsFollow = ({ operation, amount, parts }: RequirementPart): boolean => {
    if (!parts.every(amountsFollow)) return false;
    const amounts = parts.map((part) => part.amount);
    if (operation === 'LEAF') return parts.length === 0;
    if (operation === 'SUM') return isSame(amount, sum(amounts));
    const isBound = (other: RequirementPart['amount']) =>
      operation === 'SMALLEST' ? !isLess(other, amount) : !isLess(amount, other);
    return amounts.every(isBound) && amounts.some((one) => isSame(one, amount));
  };
  const isSame = (a: RequirementPart['amount'], b: RequirementPart['amount']) =>
    !isLess(a, b) && !isLess(b, a);

  it('equals the margin of any portfolio, part by part and line by line', () => {
    fc.assert(
      fc.property(books, markets, fc.constantFrom(standardMargin, isolatedMargin), (of, at, by) => {
        const { account } = by.evaluate(of, at, parameters);
        const found = by.explain(of, at, parameters);
        if (account.kind === 'unknown' || found === null) {
          expect([account.kind, found]).toEqual(['unknown', null]);
          return;
        }
        for (const kind of ['initialMargin', 'maintenanceMargin'] as const) {
          expect(found[kind].amount).toEqual(account[kind]);
          expect(amountsFollow(found[kind])).toBe(true);
          expect(sum(found.attribution.map((line) => line[kind]))).toEqual(account[kind]);
        }
        const lines = found.attribution.map(({ venueAccountId, id, kind }) =>
          [venueAccountId, id, kind].join(' '),
        );
        expect(new Set(lines).size).toBe(lines.length);
      }),
    );
  });
});
