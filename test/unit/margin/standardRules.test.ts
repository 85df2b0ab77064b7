import { describe, expect, it } from 'vitest';
import { positionRequirement } from '../../../subgraphs/margin/domain/standard/positionRequirement.js';
import type {
  DeriveOptionRules,
  StandardRules,
} from '../../../subgraphs/margin/domain/standard/standardRules.js';
import { ratio, usd } from '../../../subgraphs/shared/units.js';
import { instrumentQuote, linear, market, option, positionMarginOf } from './books.js';
import { call, rules } from './standard/standardPositions.js';

const deriveRules: DeriveOptionRules = {
  source: 'DERIVE',
  initialSpot: ratio('0.15'),
  initialSpotMin: ratio('0.13'),
  callMaintenanceSpot: ratio('0.09'),
  putMaintenanceSpot: ratio('0.075'),
  putMaintenanceMark: ratio('0.075'),
  putInitialOverMaintenance: ratio('1.05'),
};

describe('the requirement of a future', () => {
  const requirement = (underlying: string) =>
    positionMarginOf(
      linear({ size: '-2', entry: '100', underlying }),
      market({ USDT: '1' }, { [`deribit:${underlying}-LINEAR`]: '100' }),
    );

  it('is a rate on notional that depends on the underlying', () => {
    // Notional 200: 6.6 % and 5 % for BTC and ETH, 10 % and 6.5 % for others.
    const larger = { initialMargin: usd('13.2'), maintenanceMargin: usd('10') };
    expect(requirement('BTC')).toMatchObject(larger);
    expect(requirement('ETH')).toMatchObject(larger);
    expect(requirement('SOL')).toMatchObject({
      initialMargin: usd('20'),
      maintenanceMargin: usd('13'),
    });
  });

  it('asks for something even on dust', () => {
    const dust = linear({ size: '0.000000000000000001', entry: '0.5' });
    const prices = market({ USDT: '1' }, { 'deribit:BTC-LINEAR': '0.5' });

    expect(positionMarginOf(dust, prices).maintenanceMargin).toEqual(usd('0.000000000000000001'));
  });
});

describe('the requirement of an option', () => {
  const at3000 = (mark: string) =>
    market({ ETH: '3000', USDT: '1' }, { 'deribit:ETH-OPTION': instrumentQuote(mark, 'ETH') });

  it('of a short call falls with what it is out of the money, to 13 % of the index', () => {
    const requirement = (strike: string) =>
      positionMarginOf(option({ size: '-10', type: 'CALL', strike }), at3000('0.02'));

    // Mark 60. At the money: 0.15 × 3 000 + 60 = 510. MM always 0.09 × 3 000 + 60 = 330.
    expect(requirement('3000')).toMatchObject({
      initialMargin: usd('5100'),
      maintenanceMargin: usd('3300'),
    });
    // 30 out of the money: 450 − 30 + 60 = 480. 300 out: max(150, 390) + 60 = 450.
    expect(requirement('3030').initialMargin).toEqual(usd('4800'));
    expect(requirement('3300').initialMargin).toEqual(usd('4500'));
  });

  it('of a short call in the money is not raised further than by its mark', () => {
    const inTheMoney = option({ size: '-1', type: 'CALL', strike: '2000' });

    // Mark 0.4 × 3 000 = 1 200: 450 + 1 200 and 270 + 1 200.
    expect(positionMarginOf(inTheMoney, at3000('0.4'))).toMatchObject({
      initialMargin: usd('1650'),
      maintenanceMargin: usd('1470'),
    });
  });

  it('of a short put has a maintenance margin of its own', () => {
    const outOfTheMoney = option({ size: '-1', type: 'PUT', strike: '2900' });

    // Mark 60. MM max(225, 4.5) + 60 = 285. IM max(450 − 100, 390) + 60 = 450, over 1.05 × 285.
    expect(positionMarginOf(outOfTheMoney, at3000('0.02'))).toMatchObject({
      initialMargin: usd('450'),
      maintenanceMargin: usd('285'),
    });
  });

  it('of a short put deep in the money follows its mark', () => {
    const deep = option({ size: '-1', type: 'PUT', strike: '9000' });

    // Mark 6 000. MM max(225, 450) + 6 000 = 6 450. IM max(450 + 6 000, 1.05 × 6 450) = 6 772.5.
    expect(positionMarginOf(deep, at3000('2'))).toMatchObject({
      initialMargin: usd('6772.5'),
      maintenanceMargin: usd('6450'),
    });
  });

  it('counts contracts by their multiplier', () => {
    const tenths = option({ size: '-100', multiplier: '0.1', type: 'CALL', strike: '3000' });

    expect(positionMarginOf(tenths, at3000('0.02')).initialMargin).toEqual(usd('5100'));
  });

  it('of a long option is nothing', () => {
    const long = option({ size: '10', type: 'CALL', strike: '3000' });

    expect(positionMarginOf(long, at3000('0.02'))).toMatchObject({
      initialMargin: usd('0'),
      maintenanceMargin: usd('0'),
    });
  });

  it('never has an initial margin below the maintenance margin, whatever the rules say', () => {
    const careless: StandardRules = {
      ...rules,
      shortOptions: { ...deriveRules, callMaintenanceSpot: ratio('0.2') },
    };
    const short = call({ units: '-1', strike: '3000', index: '3000', mark: '60' });

    expect(positionRequirement(short, careless)).toEqual({
      initialMargin: usd('660'), // 0.2 × 3 000 + 60, and not 0.15 × 3 000 + 60.
      maintenanceMargin: usd('660'),
    });
  });
});
