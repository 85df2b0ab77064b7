import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { watch, type Data } from '../support/graphqlClient.js';
import { runningGraph } from '../support/localGraph.js';

const MOVE = `mutation ($price: Price!, $key: ID!) {
  movePrice(input: { assetId: "BTC", price: $price, idempotencyKey: $key }) { price }
}`;
const CALLS = `subscription ($after: Cursor) {
  marginCalls(accountId: "acct-northgate", after: $after) {
    ... on MarginCallState { cursor sequence status callId }
    ... on MarginCallTransition {
      cursor sequence previousStatus status callId marginRatio shortfall account { owner { name } }
    }
  }
}`;
const MARGIN = `subscription { margin(accountId: "acct-northgate") { equity marginRatio } }`;

interface Update {
  cursor: string;
  sequence: string;
  previousStatus?: string;
  status: string;
  callId: string | null;
}

const updateOf = (data: Data) => data['marginCalls'] as Update;

describe('a price move', () => {
  const running = runningGraph();
  const movePrice = (price: string) => running.graph.ask(MOVE, { price, key: randomUUID() });

  it('takes an account from HEALTHY over WARNING into CALL within a second, and back', async () => {
    const client = running.graph.connect();
    const calls = watch(client, CALLS);
    const state = updateOf(await calls.next());
    expect(state).toMatchObject({ status: 'HEALTHY', callId: null });

    const movedAt = performance.now();
    await movePrice('62560'); // 8 % below 68,000.
    const warning = updateOf(await calls.next());
    const call = updateOf(await calls.next());
    expect(performance.now() - movedAt).toBeLessThan(1_000);
    expect([warning, call]).toMatchObject([
      { previousStatus: 'HEALTHY', status: 'WARNING', callId: null },
      { previousStatus: 'WARNING', status: 'CALL', callId: expect.any(String) as string },
    ]);

    await movePrice('68000');
    const eased = updateOf(await calls.next());
    const healthy = updateOf(await calls.next());
    expect([eased, healthy]).toMatchObject([
      { previousStatus: 'CALL', status: 'WARNING', callId: call.callId },
      { previousStatus: 'WARNING', status: 'HEALTHY', callId: null },
    ]);
    const first = Number(state.sequence);
    expect([warning, call, eased, healthy].map(({ sequence }) => Number(sequence))).toEqual([
      first + 1,
      first + 2,
      first + 3,
      first + 4,
    ]);
    await calls.stop();

    // A client that comes back with a cursor gets what it missed, and nothing twice.
    const resumed = watch(client, CALLS, { after: warning.cursor });
    const missed = [await resumed.next(), await resumed.next(), await resumed.next()];
    expect(missed.map(updateOf)).toEqual([call, eased, healthy]);
    await resumed.stop();
    await client.dispose();
  });

  it('reaches a subscriber of the requirement', async () => {
    const client = running.graph.connect();
    const margin = watch(client, MARGIN);
    const equityOf = (data: Data) => Number((data['margin'] as { equity: string }).equity);
    const before = equityOf(await margin.next());
    await movePrice('72000');
    const target = before + 500;
    let after = before;
    while (after < target) after = equityOf(await margin.next());
    expect(after).toBeGreaterThan(before);
    await margin.stop();
    await client.dispose();
    await movePrice('68000');
  });

  it('is refused when the price makes no sense, and says which argument', async () => {
    const { errors } = await movePrice('-1');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
