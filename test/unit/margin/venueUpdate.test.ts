import { describe, expect, it } from 'vitest';
import { price, quantity } from '../../../subgraphs/shared/units.js';
import { problemOf } from '../../../subgraphs/margin/live/wire/readers.js';
import { readVenueUpdate } from '../../../subgraphs/margin/live/wire/venueUpdate.js';
import { balance } from './books.js';

const instrument = {
  id: 'okx:BTC-USDT-SWAP',
  contractType: 'LINEAR',
  underlying: { id: 'BTC' },
  priceCurrency: 'USDT',
  settlementCurrency: 'USDT',
  contractMultiplier: '0.01',
  expiry: null,
  strike: null,
  optionType: null,
};
const position = { id: 'p1', size: '-3', entryPrice: '60000', markPrice: '61000', instrument };
const usdt = {
  asset: { id: 'USDT' },
  quantity: '12.5',
  location: 'VENUE',
  status: 'SETTLED',
  isCollateral: true,
};
const snapshot = { quality: 'LIVE', asOf: '2026-11-22T12:00:00.000Z', problem: null };
const message = (account: object) => ({
  update: {
    cursor: 'c1',
    account: { id: 'okx:7', positions: [position], collateral: [usdt], snapshot, ...account },
  },
});

describe('readVenueUpdate', () => {
  it('reads positions and balances, and leaves out empty ones', () => {
    const empty = { ...usdt, asset: { id: 'SHIB' }, quantity: '0' };

    expect(readVenueUpdate(message({ collateral: [usdt, empty] }))).toEqual({
      venueAccountId: 'okx:7',
      quality: 'LIVE',
      problem: null,
      state: {
        asOf: new Date('2026-11-22T12:00:00.000Z'),
        positions: [
          {
            id: 'p1',
            size: quantity('-3'),
            entryPrice: price('60000'),
            markPrice: price('61000'),
            instrument: {
              id: 'okx:BTC-USDT-SWAP',
              contractType: 'LINEAR',
              underlying: 'BTC',
              priceCurrency: 'USDT',
              settlementCurrency: 'USDT',
              contractMultiplier: quantity('0.01'),
              expiry: null,
            },
          },
        ],
        balances: [balance('USDT', '12.5')],
      },
    });
  });

  it('takes what it does not know for the less good', () => {
    const read = readVenueUpdate(
      message({
        collateral: [{ ...usdt, status: 'ON_THE_MOON' }],
        snapshot: { ...snapshot, quality: 'SHINY' },
      }),
    );

    expect(read).toMatchObject({ quality: 'STALE', state: { balances: [{ isSettled: false }] } });
  });

  it.each([
    ['positions', { positions: null }],
    ['collateral', { collateral: null }],
    ['snapshot', { snapshot: null }],
  ])('has no state without %s', (_, missing) => {
    expect(readVenueUpdate(message(missing))).toMatchObject({ state: null });
  });

  const withPosition = (more: object) => message({ positions: [{ ...position, ...more }] });
  const withTerms = (more: object) => withPosition({ instrument: { ...instrument, ...more } });
  it.each([
    [withPosition({ size: 3 }), 'size: Invalid input: expected string, received number'],
    [withPosition({ size: '3e1' }), 'size: Not a plain decimal: 3e1'],
    [withPosition({ size: '0' }), 'size: must not be zero'],
    [withPosition({ markPrice: '0' }), 'markPrice: must be positive'],
    [withPosition({ entryPrice: '-1' }), 'entryPrice: must not be negative'],
    [withTerms({ contractMultiplier: '0' }), 'instrument.contractMultiplier: must be positive'],
    [withTerms({ contractType: 'QUANTO' }), 'instrument.contractType: Invalid discriminator value'],
    [withTerms({ contractType: 'OPTION' }), 'instrument.expiry: Invalid input'],
    [
      withTerms({ contractType: 'OPTION', expiry: '2026-12-25T08:00:00.000Z' }),
      'instrument.strike: Invalid input',
    ],
    [withTerms({ expiry: 'Christmas' }), 'instrument.expiry: Invalid ISO datetime'],
  ])('refuses a position that breaks the contract: %#', (broken, problem) => {
    expect(problemWith(broken)).toContain(`update.account.positions.0.${problem}`);
  });

  it('refuses an inverse future that was entered at nothing, which cannot be valued', () => {
    const inverse = { ...instrument, contractType: 'INVERSE' };
    expect(() => readVenueUpdate(withPosition({ entryPrice: '0', instrument: inverse }))).toThrow(
      'must be positive',
    );
  });

  it('refuses two positions of one id, which would count twice or once', () => {
    expect(() => readVenueUpdate(message({ positions: [position, position] }))).toThrow(
      'ids must be unique',
    );
  });
});

function problemWith(data: unknown): string {
  try {
    readVenueUpdate(data);
    return 'none';
  } catch (error) {
    return problemOf(error);
  }
}
