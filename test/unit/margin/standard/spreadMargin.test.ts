import { describe, expect, it } from 'vitest';
import { spreadMargin } from '../../../../subgraphs/margin/domain/standard/spreadMargin.js';
import type {
  StandardBalance,
  StandardPosition,
} from '../../../../subgraphs/margin/domain/standard/standardPosition.js';
import type { StandardRules } from '../../../../subgraphs/margin/domain/standard/standardRules.js';
import { price, ratio, usd } from '../../../../subgraphs/shared/units.js';
import { call, cash, future, rules } from './standardPositions.js';

const marginOf = (
  positions: readonly StandardPosition[],
  balances: readonly StandardBalance[],
  by: StandardRules = rules,
) => spreadMargin({ positions, balances }, by);

describe('spreadMargin', () => {
  it('is what is left of cash and profit after the requirement', () => {
    // Notional 120 000 of bitcoin: 6.6 % and 5 %; 10 000 + 500 of equity.
    expect(marginOf([future({ size: '2', mark: '60000', pnl: '500' })], [cash('10000')])).toEqual({
      equity: usd('10500'),
      initialMargin: usd('2580'),
      maintenanceMargin: usd('4500'),
    });
  });

  it('offsets the options of one expiry only', () => {
    const january = new Date('2027-01-29T08:00:00.000Z');
    const short = call({ units: '-1', strike: '1800', mark: '210' });
    const long = { units: '1', strike: '2000', mark: '80' };

    // Alone: 0.15 × 2 000 + 210.
    expect(marginOf([short, call(long)], []).initialMargin).toEqual(usd('-200'));
    expect(marginOf([short, call({ ...long, expiry: january })], []).initialMargin).toEqual(
      usd('-510'),
    );
    expect(marginOf([short, call({ ...long, underlying: 'BTC' })], []).initialMargin).toEqual(
      usd('-510'),
    );
  });
});

describe('the charge for doubtful prices', () => {
  const doubting: StandardRules = {
    ...rules,
    confidence: { threshold: ratio('0.5'), factor: ratio('0.4') },
  };
  const twoAt = (confidence: string, settlementPrice = '1') =>
    future({ size: '-2', mark: '100', confidence, settlementPrice });

  it('is a share of exposure for a confidence below the threshold, on initial margin', () => {
    // Notional 200: 13.2 and 10. Doubt (1 − 0.25) × 0.4 × 200 = 60.
    expect(marginOf([twoAt('0.25')], [], doubting)).toMatchObject({
      initialMargin: usd('-73.2'),
      maintenanceMargin: usd('-10'),
    });
    expect(marginOf([twoAt('0.5')], [], doubting).initialMargin).toEqual(usd('-13.2'));
    expect(marginOf([twoAt('0.25')], []).initialMargin).toEqual(usd('-13.2'));
  });

  it('is a share of exposure for a stablecoin below the threshold', () => {
    // (0.99 − 0.89) × 2 × 200 = 40.
    expect(marginOf([twoAt('1', '0.89')], [])).toMatchObject({
      initialMargin: usd('-53.2'),
      maintenanceMargin: usd('-10'),
    });
    expect(marginOf([twoAt('1', '0.99')], []).initialMargin).toEqual(usd('-13.2'));
    const blind: StandardRules = { ...rules, depeg: null };
    expect(marginOf([twoAt('1', '0.89')], [], blind).initialMargin).toEqual(usd('-13.2'));
  });

  it('is made of short options, and not of long ones', () => {
    const doubted = { strike: '2000', confidence: '0', settlementPrice: '0' };
    const worthless = { ...doubting.depeg, threshold: price('0.99'), factor: ratio('2') };
    const by: StandardRules = { ...doubting, depeg: { currencies: new Set(), ...worthless } };

    expect(marginOf([call({ units: '3', ...doubted })], [], by).initialMargin).toEqual(usd('0'));
    // 0.15 × 2 000; 0.4 × 2 000; 0.99 × 2 × 2 000.
    expect(marginOf([call({ units: '-1', ...doubted })], [], by).initialMargin).toEqual(
      usd('-5060'),
    );
  });

  it('is made of what is held in a doubted asset, and not of what is owed', () => {
    // 1 000 less 0.4 × (1 − 0.4) × 1 000.
    expect(marginOf([], [cash('1000', '0.4')], doubting)).toMatchObject({
      initialMargin: usd('760'),
      maintenanceMargin: usd('1000'),
    });
    expect(marginOf([], [cash('-1000', '0.4')], doubting).initialMargin).toEqual(usd('-1000'));
  });
});
