import { describe, expect, it } from 'vitest';
import { format, sum } from '../../../subgraphs/shared/units.js';
import { okxData } from '../../../subgraphs/venues/adapters/okx/okxData.js';
import { parseExactJson } from '../../../subgraphs/venues/kit/exactJson.js';
import { ResponseNode } from '../../../subgraphs/venues/kit/responseNode.js';
import { fixture, hasFixtures, parsed } from './book.js';
import { account, ok } from './okxAccount.js';

const fixtureRows = (path: string) => {
  const balance = new ResponseNode('okx', 'balance', parseExactJson(fixture(path)));
  return okxData(balance).flatMap((row) => row.field('details').items());
};

describe.skipIf(!hasFixtures)('okxFormat on the shared fixtures', () => {
  it('reads the cross swap', () => {
    const raw = account(fixture('okx/raw/positions_cross_swap.json'));

    expect(parsed('okx', raw, '1').positions).toMatchObject([
      {
        id: '339552508062380036',
        size: '1',
        entryPrice: '34131.1',
        markPrice: '4786.459271773621',
        unrealizedPnl: '0.0108608358957281',
      },
    ]);
  });

  it('reads the isolated coin-margined future', () => {
    const raw = account(fixture('okx/raw/positions_isolated_future.json'));

    expect(parsed('okx', raw, '1').positions).toMatchObject([
      {
        size: '1',
        instrument: {
          contractType: 'INVERSE',
          contractMultiplier: '10',
          priceCurrency: 'USD',
          settlementCurrency: 'ETH',
          expiry: '2021-04-30T08:00:00.000Z',
        },
        unrealizedPnl: '-0.0000009932766034',
      },
    ]);
  });

  it('reads the balance, whose ratio is equity ÷ maintenance as it comes', () => {
    const { asOf, collateral, reportedMargin } = parsed(
      'okx',
      account(ok([]), fixture('okx/raw/balance.json')),
      '1',
    );

    expect(asOf).toBe('2024-01-17T06:49:24.160Z');
    expect(collateral).toEqual([
      {
        asset: 'USDT',
        quantity: '4850.435693622894', // cashBal, not eq
        location: 'VENUE',
        status: 'SETTLED',
        isCollateral: true,
      },
    ]);
    expect(reportedMargin).toMatchObject([
      {
        equity: '55415.624719833286',
        initialMargin: '8.57068529',
        maintenanceMargin: '0.3428274116',
        marginRatio: '143682.59776662575',
      },
    ]);
  });

  it('reads all 13 assets of the multi-collateral account', () => {
    const raw = account(ok([]), fixture('okx/raw/balance_multi_collateral.json'));
    const { collateral, reportedMargin } = parsed('okx', raw, '1');

    expect(
      collateral.map(({ asset, quantity, isCollateral }) => [asset, quantity, isCollateral]),
    ).toEqual([
      ['ADA', '1000', true],
      ['BTC', '1.06126645222', true],
      ['ETH', '5', true],
      ['JFI', '100', false],
      ['LTC', '10.29979', true],
      ['OKB', '100', true],
      ['PAX', '3000', false],
      ['TRX', '10000', true],
      ['TUSD', '3000', false],
      ['UNI', '500', true],
      ['USDC', '2973.521', true],
      ['USDK', '3000', false],
      ['USDT', '0.000258796', true],
    ]);
    expect(reportedMargin).toMatchObject([
      { currency: 'USD', equity: '152550.80919105993', marginRatio: '15986.632239614408' },
    ]);
  });

  it('keeps every digit of the values in USD, which add up to the total that OKX cuts to 8 places', () => {
    const rows = fixtureRows('okx/raw/balance_multi_collateral.json');
    const total = sum(rows.map((row) => row.field('eqUsd').quantity()));

    expect(format(total)).toBe('43749372.5089629940899'); // totalEq: 43749372.50896299
  });
});
