import { describe, expect, it } from 'vitest';
import { fixture, hasFixtures, parsed } from './book.js';
import { account } from './bybitAccount.js';

describe.skipIf(!hasFixtures)('bybitFormat on the shared fixtures', () => {
  it('reads the linear position, in the older field names', () => {
    const raw = account({ positions_linear_usdt: fixture('bybit/raw/positions.json') });

    expect(parsed('bybit', raw, '1').positions).toMatchObject([
      {
        id: 'ETHUSDT:0',
        size: '0.5',
        entryPrice: '1073.85',
        markPrice: '1080.65',
        unrealizedPnl: null, // left blank by the venue
      },
    ]);
  });

  it('reads the inverse position', () => {
    const raw = account({ positions_inverse: fixture('bybit/raw/positions_inverse.json') });

    expect(parsed('bybit', raw, '1').positions).toMatchObject([
      {
        id: 'BTCUSD:0',
        size: '-300',
        entryPrice: '27464.50441675',
        markPrice: '28224.5',
        unrealizedPnl: '-0.00029413',
        instrument: { contractType: 'INVERSE', settlementCurrency: 'BTC' },
      },
    ]);
  });

  it('reads the wallet, whose maintenance rate the venue has rounded to zero', () => {
    const raw = account({ wallet_balance: fixture('bybit/raw/wallet_balance_unified.json') });
    const { collateral, reportedMargin } = parsed('bybit', raw, '1');

    expect(collateral).toMatchObject([{ asset: 'BTC', quantity: '0.805994', isCollateral: true }]);
    expect(reportedMargin).toMatchObject([
      {
        equity: '18070.32797922',
        initialMargin: '182.60183684',
        maintenanceMargin: '0.38106773',
        marginRatio: '47420.252507920311174079', // 18 070.32797922 ÷ 0.38106773, cut
      },
    ]);
  });
});
