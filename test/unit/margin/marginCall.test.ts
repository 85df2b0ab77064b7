import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratio, usd } from '../../../subgraphs/shared/units.js';
import {
  headAfter,
  marginCallTransitions,
  NO_TRANSITION_YET,
  type CallHead,
  type MarginCallTransition,
} from '../../../subgraphs/margin/domain/calls/marginCall.js';
import type { AccountMargin } from '../../../subgraphs/margin/domain/marginModel.js';
import { balance, book, linear, market, marginOf, NOW, parameters, venue } from './books.js';

/** One BTC at 100 000 requires 5 000 to stay open; so `equity` of 6 000 is a ratio of 1.2. */
function marginWith(equity: string): AccountMargin {
  const held = venue({
    positions: [linear({ size: '1', entry: '100000', currency: 'USD' })],
    balances: [balance('USD', equity)],
  });
  return marginOf(book(held), market({ BTC: '100000' }));
}

let ids = 0;
const transitions = (head: CallHead, equity: string) =>
  marginCallTransitions(head, marginWith(equity), parameters.ladder, {
    at: NOW,
    snapshotHash: () => 'snapshot',
    newId: () => `call-${(ids += 1)}`,
  });

describe('marginCallTransitions', () => {
  it('are none while the status stays, and then hash nothing', () => {
    const stays = marginCallTransitions(NO_TRANSITION_YET, marginWith('9000'), parameters.ladder, {
      at: NOW,
      snapshotHash: () => expect.unreachable(),
      newId: () => expect.unreachable(),
    });

    expect(stays).toEqual([]);
  });

  it('take a debtor without positions down to LIQUIDATION, short of all that is owed', () => {
    const debtor = marginOf(book(venue({ balances: [balance('USD', '-250')] })), market({}));

    const found = marginCallTransitions(NO_TRANSITION_YET, debtor, parameters.ladder, {
      at: NOW,
      snapshotHash: () => 'snapshot',
      newId: () => 'call-of-a-debtor',
    });

    expect(
      found.map(({ status, marginRatio, shortfall }) => [status, marginRatio, shortfall]),
    ).toEqual(['WARNING', 'CALL', 'LIQUIDATION'].map((status) => [status, null, usd('250')]));
  });

  it('are numbered from the head, and name the call that they open', () => {
    const head: CallHead = { sequence: 4n, status: 'HEALTHY', callId: null };

    const [warning, call, ...rest] = transitions(head, '5400');

    expect(rest).toEqual([]);
    expect(warning).toMatchObject({ sequence: 5n, status: 'WARNING', callId: null });
    expect(call).toEqual({
      accountId: 'fund-1',
      sequence: 6n,
      callId: expect.stringMatching(/^call-/) as string,
      previousStatus: 'WARNING',
      status: 'CALL',
      marginRatio: ratio('1.08'), // 5 400 ÷ 5 000
      equity: usd('5400'),
      initialMargin: usd('6600'),
      maintenanceMargin: usd('5000'),
      shortfall: usd('350'), // 1.15 × 5 000 − 5 400
      quality: 'DEGRADED', // The instrument has no price of its own here.
      parameterSetHash: parameters.hash,
      snapshotHash: 'snapshot',
      occurredAt: NOW,
    });
  });

  it('keep the call through liquidation and name it once more as it closes', () => {
    const head: CallHead = { sequence: 2n, status: 'CALL', callId: 'open' };

    const down = transitions(head, '4000');
    const up = transitions(headAfter(down.at(-1) ?? head), '6500');

    expect([...down, ...up].map(({ status, callId }) => [status, callId])).toEqual([
      ['LIQUIDATION', 'open'],
      ['CALL', 'open'],
      ['WARNING', 'open'],
      ['HEALTHY', null],
    ]);
    expect(up[0]?.shortfall).toEqual(usd('0'));
  });
});

describe('marginCallTransitions, for any walk of equity', () => {
  it('have no gap in their sequence, and one open call at most', () => {
    const equities = fc.array(fc.integer({ min: 4_000, max: 7_500 }).map(String), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(equities, (walked) => {
        let head = NO_TRANSITION_YET;
        const all: MarginCallTransition[] = [];
        for (const equity of walked) {
          const found = transitions(head, equity);
          all.push(...found);
          const last = found.at(-1);
          if (last !== undefined) head = headAfter(last);
        }
        expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, i) => BigInt(i + 1)));
        let open: string | null = null;
        for (const { previousStatus, status, callId } of all) {
          if (previousStatus === 'WARNING' && status === 'CALL') {
            expect(open).toBeNull();
            open = callId;
          }
          expect(callId).toBe(open);
          if (status === 'WARNING') open = null;
        }
      }),
      { numRuns: 50 },
    );
  });
});
