import { describe, expect, it, vi } from 'vitest';
import { runningGraph } from '../support/localGraph.js';

const QUERY = `{
  account(id: "acct-meridian") {
    name
    margin { equity quality venues { venueAccountId quality } }
    venueAccounts { id venue { id } positions { size } }
  }
}`;

interface Answer {
  name: string;
  margin: {
    equity: string;
    quality: string;
    venues: { venueAccountId: string; quality: string }[];
  };
  venueAccounts: { id: string; venue: { id: string }; positions: { size: string }[] | null }[];
}

describe('a venue that is killed', () => {
  const running = runningGraph();

  const ask = async () => {
    const { data: answer, errors } = await running.graph.ask(QUERY);
    return { account: answer?.['account'] as Answer, errors: errors ?? [] };
  };

  it('costs its own fields, is named in errors and in the quality, and comes back', async () => {
    const { account: whole, errors } = await ask();
    expect(errors).toEqual([]);
    expect(whole.venueAccounts.every(({ positions }) => (positions?.length ?? 0) > 0)).toBe(true);

    process.kill(running.graph.pidOf('deribit'), 'SIGKILL');
    const partial = await vi.waitFor(async () => {
      const answer = await ask();
      expect(answer.errors).not.toEqual([]);
      expect(answer.account.margin.quality).toBe('STALE');
      return answer;
    });
    expect(partial.errors).toMatchObject([
      {
        path: ['account', 'venueAccounts', expect.any(Number)],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'deribit', venue: 'deribit' },
      },
    ]);
    const positionsOf = (slug: string) =>
      partial.account.venueAccounts.find(({ venue }) => venue.id === slug)?.positions;
    expect(positionsOf('deribit')).toBeNull();
    expect(positionsOf('okx')).not.toBeNull();
    expect(positionsOf('bybit')).not.toBeNull();
    expect(partial.account.margin.venues).toMatchObject([
      { venueAccountId: 'bybit:2288113', quality: 'LIVE' },
      { venueAccountId: 'deribit:48213', quality: 'STALE' },
      { venueAccountId: 'okx:7012994', quality: 'LIVE' },
    ]);

    await vi.waitFor(
      async () => {
        const { account, errors: now } = await ask();
        expect(now).toEqual([]);
        expect(account.margin.quality).toBe('LIVE');
      },
      { timeout: 20_000, interval: 200 },
    );
  });
});
