import { describe, expect, it } from 'vitest';
import { venueValuation } from '../../../../subgraphs/margin/domain/account/venueValuation.js';
import { balance, linear, market, option, parameters, secondsAgo, venue } from '../books.js';

const prices = market({ BTC: '61000', USDT: '1' }, { 'deribit:BTC-LINEAR': '61000' });
const valued = (of: ReturnType<typeof venue>) => venueValuation(of, prices, parameters.limits);
const held = {
  positions: [linear({ size: '1', entry: '60000' })],
  balances: [balance('USDT', '9')],
};

describe('venueValuation', () => {
  it('says of a venue that never told its state that it has not, or why', () => {
    const silent = { ...venue({}), state: null };
    const down = { quality: 'STALE', reason: 'down', since: secondsAgo(1) } as const;
    const unknown = (reason: string) => ({
      kind: 'unknown',
      id: silent.venueAccountId,
      unpriced: [],
      venues: [{ venue: silent.venue, reason }],
    });

    expect(valued(silent)).toEqual(unknown('it has sent no state yet'));
    expect(valued({ ...silent, condition: down })).toEqual(unknown('down'));
  });

  it('knows nothing where something that counts has no price, and names it', () => {
    const borrowed = venue({ ...held, balances: [balance('SOL', '-1'), balance('USDT', '9')] });
    expect(valued(borrowed)).toMatchObject({ kind: 'unknown', unpriced: ['SOL'], venues: [] });
    const foreign = venue({ positions: [option({ size: '1', type: 'CALL', strike: '3000' })] });
    expect(valued(foreign)).toMatchObject({ kind: 'unknown', unpriced: ['ETH'], venues: [] });
  });

  it('values every position and every balance of a venue that is trusted', () => {
    expect(valued(venue(held))).toMatchObject({
      kind: 'known',
      positions: [{ position: held.positions[0] }],
      collateral: [{ assetId: 'USDT' }],
      isTrusted: true,
      findings: [],
    });
  });

  it('notes how far the state of a venue can be trusted, and what that costs', () => {
    const notes = (condition: ReturnType<typeof venue>['condition']) => {
      const known = valued(venue(held, { condition }));
      if (known.kind !== 'known') throw new Error('It is not known.');
      return { isTrusted: known.isTrusted, findings: known.findings };
    };
    const lastKnown = {
      quality: 'STALE',
      reason: 'The last known state of deribit stands in: down.',
    };

    expect(notes({ quality: 'DEGRADED', reason: 'slow' })).toEqual({
      isTrusted: true,
      findings: [{ quality: 'DEGRADED', reason: 'The state of deribit is degraded: slow.' }],
    });
    expect(notes({ quality: 'STALE', reason: 'down', since: secondsAgo(1) })).toEqual({
      isTrusted: true,
      findings: [lastKnown],
    });
    expect(notes({ quality: 'STALE', reason: 'down', since: secondsAgo(31) })).toEqual({
      isTrusted: false,
      findings: [
        lastKnown,
        {
          quality: 'STALE',
          reason: 'Collateral and gains at deribit no longer count: its state is too old.',
        },
      ],
    });
  });
});
