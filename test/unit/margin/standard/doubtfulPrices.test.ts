import { describe, expect, it } from 'vitest';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import { standardMargin } from '../../../../subgraphs/margin/domain/standard/standardMargin.js';
import { ratio, usd } from '../../../../subgraphs/shared/units.js';
import {
  assetQuote,
  balance,
  book,
  instrumentQuote,
  linear,
  market,
  parameters,
  venue,
} from '../books.js';
import { known, leg, prices, withRules } from './standardAccounts.js';

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
