import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { runningGraph } from '../support/localGraph.js';

const HISTORY = `{
  account(id: "acct-northgate") {
    margin { status }
    marginHistory(first: 100) { sequence status callId occurredAt }
  }
}`;
const MOVE = `mutation ($key: ID!) {
  movePrice(input: { assetId: "BTC", price: "62560", idempotencyKey: $key }) { price }
}`;
const SERVICES = ['accounts', 'oracle', 'margin', 'deribit', 'okx', 'bybit', 'gateway'];

interface Account {
  margin: { status: string };
  marginHistory: { sequence: string; status: string; callId: string | null }[];
}

describe('a second start', () => {
  const running = runningGraph();

  const account = async () => {
    const { data: answer, errors } = await running.graph.ask(HISTORY);
    expect(errors).toBeUndefined();
    return answer?.['account'] as Account;
  };

  it('keeps the open call and its sequence after everything was killed', async () => {
    await running.graph.ask(MOVE, { key: randomUUID() });
    const before = await vi.waitFor(async () => {
      const now = await account();
      expect(now.marginHistory.at(-1)?.status).toBe('CALL');
      return now;
    });

    for (const service of SERVICES) process.kill(running.graph.pidOf(service), 'SIGKILL');
    running.graph.process.kill('SIGKILL');
    await running.startAgain();

    const after = await account();
    expect(after.margin.status).toBe('CALL');
    expect(after.marginHistory).toEqual(before.marginHistory);
  });

  it('stops with status 0 and leaves no process behind', async () => {
    const pids = SERVICES.map((service) => running.graph.pidOf(service));
    expect(await running.graph.stop()).toBe(0);
    const alive = pids.filter((pid) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    });
    expect(alive).toEqual([]);
  });
});
