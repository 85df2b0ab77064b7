import { describe, expect, it } from 'vitest';
import { quantity } from '../../../../subgraphs/shared/units.js';
import {
  withCash,
  withoutHeld,
} from '../../../../subgraphs/margin/domain/portfolio/cashBalance.js';
import { balance } from '../books.js';

const FIVE = quantity('5');

describe('withCash', () => {
  it('adds to the cash that is there, and leaves every other balance alone', () => {
    const before = [balance('BTC', '2'), balance('USDT', '100'), balance('USD', '7')];

    expect(withCash(before, 'USDT', FIVE)).toEqual([
      balance('BTC', '2'),
      balance('USDT', '105'),
      balance('USD', '7'),
    ]);
  });

  it('borrows where cash is short', () => {
    expect(withCash([balance('USDT', '3')], 'USDT', quantity('-5'))).toEqual([
      balance('USDT', '-2'),
    ]);
    expect(withCash([], 'USDT', quantity('-5'))).toEqual([balance('USDT', '-5')]);
  });

  it('leaves no balance where nothing is left', () => {
    expect(withCash([balance('USDT', '-5'), balance('BTC', '1')], 'USDT', FIVE)).toEqual([
      balance('BTC', '1'),
    ]);
  });

  it('opens a balance that is settled, counts, and is in the venue’s own wallet', () => {
    expect(withCash([], 'USDT', FIVE)).toEqual([
      {
        asset: 'USDT',
        quantity: FIVE,
        location: 'VENUE',
        isSettled: true,
        isCollateral: true,
      },
    ]);
  });

  it('opens none for nothing', () => {
    expect(withCash([], 'USDT', quantity('0'))).toEqual([]);
  });

  it.each([
    ['in transit', { isSettled: false }],
    ['switched off', { isCollateral: false }],
    ['in custody', { location: 'CUSTODY' }],
  ])('does not mix cash with what is %s', (_, elsewhere) => {
    const other = balance('USDT', '100', elsewhere);

    expect(withCash([other], 'USDT', FIVE)).toEqual([other, balance('USDT', '5')]);
  });
});

describe('withoutHeld', () => {
  it('takes what is settled, wherever it is and whether or not it counts', () => {
    const before = [
      balance('USDT', '3', { isCollateral: false }),
      balance('USDT', '4', { location: 'CUSTODY' }),
    ];

    expect(withoutHeld(before, 'USDT', FIVE)).toEqual([
      balance('USDT', '2', { location: 'CUSTODY' }),
    ]);
    expect(withoutHeld(before, 'USDT', quantity('7'))).toEqual([]);
  });

  it('is null where not as much is settled', () => {
    expect(withoutHeld([balance('USDT', '4.99')], 'USDT', FIVE)).toBe(null);
    expect(withoutHeld([balance('USDT', '5', { isSettled: false })], 'USDT', FIVE)).toBe(null);
    expect(withoutHeld([balance('BTC', '5')], 'USDT', FIVE)).toBe(null);
    expect(withoutHeld([balance('USDT', '-5')], 'USDT', FIVE)).toBe(null);
  });
});
