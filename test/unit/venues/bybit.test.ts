import { describe, expect, it } from 'vitest';
import { parsed, recorded } from './book.js';
import { TIME, account, held, list, ok, wallet } from './bybitAccount.js';

describe('bybitFormat', () => {
  it('reads an inverse and a linear perpetual of the flagship account', () => {
    const { asOf, positions } = parsed('bybit', recorded('bybit', '2288113'), '2288113');

    expect(asOf).toBe('2026-11-20T14:00:00.905Z');
    expect(positions).toMatchObject([
      {
        id: 'BTCUSD:0',
        instrument: {
          id: 'bybit:BTCUSD',
          contractType: 'INVERSE',
          priceCurrency: 'USD',
          settlementCurrency: 'BTC',
          contractMultiplier: '1',
        },
        size: '-20000',
        entryPrice: '68640',
        markPrice: '68000',
        unrealizedPnl: '0.00274236', // 20 000 × (1/68 000 − 1/68 640)
      },
      {
        id: 'SOLUSDT:0',
        instrument: { contractType: 'LINEAR', priceCurrency: 'USDT', contractMultiplier: '1' },
        size: '120',
        entryPrice: '158.4',
        unrealizedPnl: '792', // 120 × 6.6
      },
    ]);
  });

  it('inverts the maintenance rate, rounding down', () => {
    const { reportedMargin } = parsed('bybit', recorded('bybit', '2288114'), '2288114');

    expect(reportedMargin).toMatchObject([
      {
        currency: 'USD',
        equity: '11880', // 13 080 − 1 200
        initialMargin: '8253.555',
        maintenanceMargin: '909.555',
        marginRatio: '13.054830287206266318', // 1 ÷ 0.0766 = 13.0548302872062663185…
      },
    ]);
    expect(reportedMargin[0]?.venueTerms).toContainEqual({
      name: 'accountMMRate',
      value: '0.0766',
    });
  });

  it('has no ratio while nothing is required, and no pool in isolated mode', () => {
    const idle = {
      totalMarginBalance: '100',
      totalInitialMargin: '0',
      totalMaintenanceMargin: '0',
      accountIMRate: '0',
      accountMMRate: '0',
    };

    const margins = [{}, idle].map(
      (changes) =>
        parsed('bybit', account({ wallet_balance: wallet(changes) }), '1').reportedMargin,
    );

    expect(margins).toMatchObject([[], [{ equity: '100', marginRatio: null }]]);
  });

  it('takes what is borrowed off the balance, and knows what is no collateral', () => {
    const coin = [
      { coin: 'BTC', walletBalance: '1', spotBorrow: '1.5', collateralSwitch: false },
      { coin: 'ETH', walletBalance: '2', marginCollateral: false, collateralSwitch: true },
      { coin: 'SOL', walletBalance: '3' },
      { coin: 'XRP', walletBalance: '0' },
    ];

    const { collateral } = parsed('bybit', account({ wallet_balance: wallet({ coin }) }), '1');

    expect(
      collateral.map(({ asset, quantity, isCollateral }) => [asset, quantity, isCollateral]),
    ).toEqual([
      ['BTC', '-0.5', false],
      ['ETH', '2', false],
      ['SOL', '3', true],
    ]);
  });

  it.each([
    ['positions_linear_usdt', 'linear', 'SOLUSDT', 'SOL', 'USDT', 'USDT'],
    ['positions_linear_usdc', 'linear', 'BTCPERP', 'BTC', 'USDC', 'USDC'],
    ['positions_inverse', 'inverse', 'ETHUSD', 'ETH', 'USD', 'ETH'],
    ['positions_option', 'option', 'BTC-26JAN24-39000-C', 'BTC', 'USD', 'USDC'],
    ['positions_option', 'option', 'BTC-26JAN24-39000-C-USDT', 'BTC', 'USD', 'USDT'],
  ])(
    'reads %s %s %s by its name when it is not listed',
    (name, category, symbol, base, quote, settle) => {
      const raw = account({ [name]: list(category, [{ ...held, symbol }]) });

      const { positions, notices } = parsed('bybit', raw, '1');

      expect(positions).toMatchObject([
        {
          size: '-2',
          instrument: { underlying: base, priceCurrency: quote, settlementCurrency: settle },
        },
      ]);
      expect(notices).toEqual([
        `${name}.result.list[0].symbol: ${symbol} is not in the instrument listing; read from its name`,
      ]);
    },
  );

  it('reads a dated future from the listing', () => {
    const raw = account({
      positions_inverse: list('inverse', [{ ...held, symbol: 'BTCUSDH27' }]),
      instruments_inverse: list('inverse', [
        {
          symbol: 'BTCUSDH27',
          contractType: 'InverseFutures',
          baseCoin: 'BTC',
          quoteCoin: 'USD',
          settleCoin: 'BTC',
          deliveryTime: '1806048000000', // 2027-03-26T08:00Z
        },
      ]),
    });

    expect(parsed('bybit', raw, '1').positions).toMatchObject([
      { instrument: { contractType: 'INVERSE', expiry: '2027-03-26T08:00:00.000Z' } },
    ]);
  });

  it('keeps the two sides of hedge mode apart', () => {
    const rows = [
      { ...held, symbol: 'ETHUSDT', side: 'Buy', positionIdx: 1 },
      { ...held, symbol: 'ETHUSDT', side: 'Sell', positionIdx: 2 },
      { symbol: 'SOLUSDT', side: 'None', size: '0', positionIdx: 0 },
    ];

    const { positions } = parsed(
      'bybit',
      account({ positions_linear_usdt: list('linear', rows) }),
      '1',
    );

    expect(positions.map(({ id, size }) => [id, size])).toEqual([
      ['ETHUSDT:1', '2'],
      ['ETHUSDT:2', '-2'],
    ]);
  });

  it('counts USDC contracts from the entry of their session', () => {
    const row = { ...held, symbol: 'BTCPERP', sessionAvgPrice: '10.5' };

    const raw = account({ positions_linear_usdc: list('linear', [row]) });

    expect(parsed('bybit', raw, '1').positions).toMatchObject([{ entryPrice: '10.5' }]);
  });

  it('reports a status and an account type that it does not know', () => {
    const raw = account({
      wallet_balance: wallet({ accountType: 'QUANTUM' }),
      positions_inverse: list('inverse', [
        { symbol: 'ETHUSD', side: '', size: '0', positionStatus: 'Frozen' },
      ]),
    });

    expect(parsed('bybit', raw, '1').notices).toEqual([
      'wallet_balance.result.list[0].accountType: "QUANTUM" is not known; known are UNIFIED',
      'positions_inverse.result.list[0].positionStatus: "Frozen" is not known; known are Normal, Liq, Adl',
    ]);
  });

  it('is as old as the oldest of its answers', () => {
    const raw = account({ positions_option: ok({ category: 'option', list: [] }, TIME - 1_000) });

    expect(parsed('bybit', raw, '1').asOf).toBe('2026-11-20T13:59:59.905Z');
  });
});
