import { describe, expect, it } from 'vitest';
import { parsed, recorded } from './book.js';
import { account, btcOption, empty, ok, priced, swap } from './okxAccount.js';

describe('okxFormat', () => {
  it('reads the swap of the flagship account', () => {
    const { positions } = parsed('okx', recorded('okx', '7012994'), '7012994');

    expect(positions).toEqual([
      {
        id: '2184477310912946176',
        instrument: {
          id: 'okx:BTC-USDT-SWAP',
          symbol: 'BTC-USDT-SWAP',
          contractType: 'LINEAR',
          underlying: 'BTC',
          priceCurrency: 'USDT',
          settlementCurrency: 'USDT',
          contractMultiplier: '0.01',
          expiry: null,
          strike: null,
          optionType: null,
        },
        size: '300', // × 0.01 = 3 BTC
        entryPrice: '67420',
        markPrice: '68000',
        unrealizedPnl: '1740', // 3 × 580
      },
    ]);
  });

  it('reads the 13 assets of the flagship account, and its margin in USD', () => {
    const { collateral, reportedMargin } = parsed('okx', recorded('okx', '7012994'), '7012994');

    expect(collateral.map(({ asset, quantity }) => `${quantity} ${asset}`)).toEqual([
      '2600 ADA',
      '0.22 BTC',
      '8000 DOGE',
      '2.5 ETH',
      '90 LINK',
      '32 LTC',
      '18 OKB',
      '30 SOL',
      '7000 TRX',
      '160 UNI',
      '4200 USDC',
      '8400 USDT',
      '1250 XRP',
    ]);
    expect(reportedMargin).toMatchObject([
      {
        currency: 'USD',
        equity: '57387.3',
        initialMargin: '20400', // 204 000 ÷ 10
        maintenanceMargin: '816', // 0.4 %
        marginRatio: '62.51339869281', // 57 387.3 ÷ (816 + 102 of fees)
      },
    ]);
  });

  it.each([
    ['long', '3', '3'],
    ['short', '3', '-3'],
    ['net', '-3', '-3'],
  ])('reads posSide %s with pos %s as size %s', (posSide, pos, size) => {
    const { positions } = parsed('okx', account(ok([{ ...priced, posSide, pos }])), '1');

    expect(positions).toMatchObject([{ size }]);
  });

  it('reads options, which are quoted in coin, with ctVal × ctMult as the contract', () => {
    const option = {
      ...priced,
      instType: 'OPTION',
      instId: btcOption.instId,
      avgPx: '0.11',
      markPx: '0',
    };

    const { positions } = parsed('okx', account(ok([option])), '1');

    expect(positions).toMatchObject([
      {
        markPrice: '0',
        instrument: {
          contractType: 'OPTION',
          priceCurrency: 'BTC',
          contractMultiplier: '0.01',
          strike: '70000',
          optionType: 'PUT',
          expiry: '2027-12-31T08:00:00.000Z',
        },
      },
    ]);
  });

  it('leaves closed positions out', () => {
    const closed = { instType: 'MARGIN', instId: 'BTC-USDT', posId: '1', posSide: 'net', pos: '0' };

    expect(parsed('okx', account(ok([closed])), '1').positions).toEqual([]);
  });

  it('reports an instrument type that it does not know when the listing still explains it', () => {
    const raw = account(ok([{ ...priced, instType: 'XPERP' }]));
    raw.set('instruments_swap', ok([{ ...swap, instType: 'XPERP' }]));

    const { positions, notices } = parsed('okx', raw, '1');

    expect(positions).toMatchObject([{ size: '3', instrument: { contractType: 'LINEAR' } }]);
    expect(notices).toEqual([
      'positions.data[0].instType: "XPERP" is not known; known are MARGIN, SWAP, FUTURES, OPTION',
    ]);
  });

  it('reports a pool per currency in single-currency mode, where the account has no figures', () => {
    const usdt = { ccy: 'USDT', cashBal: '10', eq: '12', imr: '4', mmr: '2', mgnRatio: '6' };
    const eth = { ccy: 'ETH', cashBal: '1', eq: '1', imr: '', mmr: '', mgnRatio: '' };

    const raw = account(ok([]), ok([{ ...empty, details: [usdt, eth] }]));

    expect(parsed('okx', raw, '1').reportedMargin).toMatchObject([
      {
        currency: 'USDT',
        equity: '12',
        initialMargin: '4',
        maintenanceMargin: '2',
        marginRatio: '6',
      },
    ]);
  });

  it('counts an asset as collateral unless the flag says no', () => {
    const details = [
      { ccy: 'BTC', cashBal: '1' },
      { ccy: 'ETH', cashBal: '1', collateralEnabled: true },
      { ccy: 'JFI', cashBal: '1', collateralEnabled: false },
    ].map((row) => ({ ...row, imr: '', mmr: '', mgnRatio: '' }));

    const { collateral } = parsed('okx', account(ok([]), ok([{ ...empty, details }])), '1');

    expect(collateral.map(({ isCollateral }) => isCollateral)).toEqual([true, true, false]);
  });
});
