import { describe, expect, it } from 'vitest';
import { fixture, hasFixtures, parsed, recorded } from './book.js';

/** Envelope of a JSON-RPC answer; `usOut` is 2026-11-20T14:00:00.413907Z. */
const rpc = (result: unknown) =>
  JSON.stringify({ jsonrpc: '2.0', result, usOut: 1795183200413907 });

const perpetual = {
  instrument_name: 'BTC-PERPETUAL',
  kind: 'future',
  instrument_type: 'reversed',
  base_currency: 'BTC',
  quote_currency: 'USD',
  settlement_currency: 'BTC',
  settlement_period: 'perpetual',
  contract_size: 10,
};
const btcSummary = {
  currency: 'BTC',
  balance: 0.5,
  margin_balance: 0.5,
  initial_margin: 0,
  maintenance_margin: 0,
};
const account = (summaries: unknown[], positions = '{"result": []}') =>
  new Map([
    ['account_summaries', rpc({ id: 1, summaries })],
    ['positions', positions],
    ['instruments', rpc([perpetual])],
  ]);

describe('deribitFormat', () => {
  it('reads the flagship account of the book', () => {
    const state = parsed('deribit', recorded('deribit', '48213'), '48213');

    expect(state.asOf).toBe('2026-11-20T14:00:00.413Z');
    // −204 000 USD in contracts of 10 USD.
    expect(state.positions[0]).toEqual({
      id: 'BTC-PERPETUAL',
      instrument: {
        id: 'deribit:BTC-PERPETUAL',
        symbol: 'BTC-PERPETUAL',
        contractType: 'INVERSE',
        underlying: 'BTC',
        priceCurrency: 'USD',
        settlementCurrency: 'BTC',
        contractMultiplier: '10',
        expiry: null,
        strike: null,
        optionType: null,
      },
      size: '-20400',
      entryPrice: '68425',
      markPrice: '68000',
      unrealizedPnl: '0.01863354', // 204 000 × (1/68 000 − 1/68 425)
    });
    expect(state.positions[1]).toEqual({
      id: 'ETH-31DEC27-2800-P',
      instrument: {
        id: 'deribit:ETH-31DEC27-2800-P',
        symbol: 'ETH-31DEC27-2800-P',
        contractType: 'OPTION',
        underlying: 'ETH',
        priceCurrency: 'ETH',
        settlementCurrency: 'ETH',
        contractMultiplier: '1',
        expiry: '2027-12-31T08:00:00.000Z',
        strike: '2800',
        optionType: 'PUT',
      },
      size: '-20',
      entryPrice: '0.1205',
      markPrice: '0.1309',
      unrealizedPnl: '-0.208', // −20 × (0.1309 − 0.1205)
    });
    expect(state.positions.map(({ id, size }) => [id, size]).slice(2)).toEqual([
      ['ETH-31DEC27-4000-C', '30'],
      ['ETH-31DEC27-5000-C', '-30'],
    ]);
    expect(state.collateral.map(({ asset, quantity }) => [asset, quantity])).toEqual([
      ['BTC', '0.9'],
      ['ETH', '22'],
      ['USDC', '18000'],
    ]);
    expect(state.notices).toEqual([]);
  });

  it('reports a margin pool per coin, with the ratio that Deribit leaves to its users', () => {
    const { reportedMargin } = parsed('deribit', recorded('deribit', '48213'), '48213');
    expect(reportedMargin).toMatchObject([
      {
        currency: 'BTC',
        equity: '0.91863354',
        initialMargin: '0.06045',
        maintenanceMargin: '0.03045',
        marginRatio: '30.168589162561576354', // 0.91863354 ÷ 0.03045, cut
      },
      {
        currency: 'ETH',
        equity: '22',
        initialMargin: '12.235',
        maintenanceMargin: '10.985',
        marginRatio: '2.00273099681383705', // 22 ÷ 10.985, cut
      },
      {
        currency: 'USDC',
        equity: '18000',
        initialMargin: '0',
        maintenanceMargin: '0',
        marginRatio: null,
      },
    ]);
    expect(reportedMargin[0]?.venueTerms).toContainEqual({
      name: 'session_upl',
      value: '0.01863354',
    });
  });

  it('takes the totals of crossed currencies once, in USD', () => {
    const crossed = {
      cross_collateral_enabled: true,
      margin_model: 'cross_sm',
      total_margin_balance_usd: 1000.5,
      total_initial_margin_usd: 300,
      total_maintenance_margin_usd: 200,
    };
    const raw = account([
      { ...btcSummary, ...crossed },
      { ...btcSummary, ...crossed, currency: 'ETH' },
    ]);

    const { reportedMargin } = parsed('deribit', raw, '1');

    expect(reportedMargin).toMatchObject([
      { currency: 'USD', equity: '1000.5', initialMargin: '300', marginRatio: '5.0025' },
    ]);
  });

  it('takes off the balance what the daily settlement has paid on open futures', () => {
    const position = {
      instrument_name: 'BTC-PERPETUAL',
      kind: 'future',
      direction: 'buy',
      size: 50,
      average_price: 60000,
      mark_price: 61000,
      total_profit_loss: 0.25,
      floating_profit_loss: 0.05,
    };

    const { collateral } = parsed('deribit', account([btcSummary], rpc([position])), '1');

    // 0.5 − (0.25 − 0.05), so that cash and unrealized profit make 0.55: balance plus the session's.
    expect(collateral).toMatchObject([{ asset: 'BTC', quantity: '0.3' }]);
  });

  it('reads an unlisted coin option from its name, and says so', () => {
    const position = {
      instrument_name: 'BTC-28JUN24-42000-C',
      kind: 'option',
      direction: 'sell',
      size: -0.1,
      average_price: 0.423,
      mark_price: 0.40752052,
      total_profit_loss: 0.001547948,
    };

    const state = parsed('deribit', account([btcSummary], rpc([position])), '1');

    expect(state.positions).toMatchObject([
      {
        size: '-0.1',
        instrument: { strike: '42000', optionType: 'CALL', expiry: '2024-06-28T08:00:00.000Z' },
      },
    ]);
    expect(state.notices).toEqual([
      'positions.result[0].instrument_name: BTC-28JUN24-42000-C is not in the instrument listing; read from its name',
    ]);
  });

  it('reports kinds and margin models that it does not know, and leaves the rest intact', () => {
    const raw = account([{ ...btcSummary, margin_model: 'quantum_pm' }]);
    raw.set('instruments', rpc([perpetual, { instrument_name: 'X', kind: 'prediction' }]));

    expect(parsed('deribit', raw, '1').notices).toEqual([
      'instruments.result[1].kind: "prediction" is not known; known are future, option, spot, future_combo, option_combo',
      'account_summaries.result.summaries[0].margin_model: "quantum_pm" is not known; known are segregated_sm, segregated_pm, cross_sm, cross_pm',
    ]);
  });

  it('ignores fields that the venue adds', () => {
    const plain = account([btcSummary]);
    const more = account([{ ...btcSummary, shiny: { new: [1, 2, 3] } }]);

    expect(parsed('deribit', more, '1')).toEqual(parsed('deribit', plain, '1'));
  });

  it.skipIf(!hasFixtures)('reads the shared fixture to the last digit', () => {
    const state = parsed(
      'deribit',
      account([btcSummary], fixture('deribit/raw/positions.json')),
      '1',
    );

    // 50 USD in contracts of 10 USD; floating 0, so all of 0.000032781 is settled.
    expect(state.positions).toMatchObject([
      { size: '5', entryPrice: '7440.18', markPrice: '7476.65', unrealizedPnl: '0.000032781' },
    ]);
    expect(state.collateral).toMatchObject([{ asset: 'BTC', quantity: '0.499967219' }]);
  });
});
