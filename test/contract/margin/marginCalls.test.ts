import type { FormattedExecutionResult } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MarginStatus } from '../../../subgraphs/margin/domain/calls/statusLadder.js';
import { post, watch, type Watch } from '../../support/graphqlClient.js';
import { longBtc } from './fakeVenue.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let graph: MarginUnderTest;
beforeEach(async () => {
  graph = new MarginUnderTest();
  await graph.start();
});
afterEach(() => graph.stop());

interface CallUpdate {
  readonly __typename: 'MarginCallState' | 'MarginCallTransition';
  readonly cursor: string;
  readonly sequence: string;
  readonly status: MarginStatus;
  readonly previousStatus?: MarginStatus;
  readonly callId: string | null;
}

const callsQuery = `subscription ($accountId: ID!, $after: Cursor) {
  marginCalls(accountId: $accountId, after: $after) {
    __typename
    ... on MarginCallState { cursor sequence status callId account { id } }
    ... on MarginCallTransition {
      cursor sequence status callId previousStatus marginRatio equity shortfall quality
    }
  }
}`;

const subscribe = (after: string | null = null, accountId = 'fund-1') =>
  watch(graph.socket(), callsQuery, { accountId, after });

async function take(calls: Watch, count: number): Promise<CallUpdate[]> {
  const taken: CallUpdate[] = [];
  while (taken.length < count) taken.push((await calls.next())['marginCalls'] as CallUpdate);
  return taken;
}

/** A subscription without a cursor, from its first update on, after which nothing is missed. */
async function subscribed() {
  const calls = subscribe();
  const [state] = await take(calls, 1);
  if (state === undefined) throw new Error('no state');
  return { calls, state };
}

/** Waits until the inputs have arrived. */
const untilKnown = () =>
  vi.waitFor(async () => {
    const { entities } = await graph.entities(
      [{ __typename: 'Account', id: 'fund-1' }],
      '... on Account { margin { quality } }',
    );
    expect(entities).toEqual([{ margin: { quality: 'LIVE' } }]);
  }, 5_000);

/** Down through two rungs, up through two: at 58 700 the ratio is 3 200 ÷ 2 935. */
const fallAndRise = () => {
  graph.oracle.tell('58700');
  graph.oracle.tell('60000');
};

describe('margin calls of an account', () => {
  it('begin with where it stands, then tell each step, stored before it is sent', async () => {
    await untilKnown();
    const { calls, state } = await subscribed();
    expect(state).toEqual({
      __typename: 'MarginCallState',
      cursor: expect.any(String) as string,
      sequence: '0',
      status: 'HEALTHY',
      callId: null,
      account: { id: 'fund-1' },
    });

    graph.oracle.tell('58700');
    const [warning] = await take(calls, 1);
    expect(graph.store.stored).toHaveLength(2);
    const [call] = await take(calls, 1);

    expect(warning).toMatchObject({ sequence: '1', previousStatus: 'HEALTHY', status: 'WARNING' });
    expect(call).toMatchObject({
      __typename: 'MarginCallTransition',
      sequence: '2',
      previousStatus: 'WARNING',
      status: 'CALL',
      marginRatio: '1.090289608177172061', // 3 200 ÷ 2 935
      equity: '3200',
      shortfall: '175.25', // 1.15 × 2 935 − 3 200
      quality: 'LIVE',
    });
    expect(call?.callId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('close as the price comes back', async () => {
    await untilKnown();
    const { calls } = await subscribed();
    fallAndRise();

    const [, call, closed, healthy] = await take(calls, 4);

    expect([call, closed, healthy].map((step) => step?.status)).toEqual([
      'CALL',
      'WARNING',
      'HEALTHY',
    ]);
    expect(closed?.callId).toBe(call?.callId);
    expect(healthy?.callId).toBeNull();
  });

  it('go on identically after every cursor', async () => {
    await untilKnown();
    const { calls, state } = await subscribed();
    fallAndRise();
    fallAndRise();
    const transitions = await take(calls, 8);
    const updates = [state, ...transitions];

    for (const [index, { cursor }] of updates.entries()) {
      const rest = transitions.slice(index);
      expect(await take(subscribe(cursor), rest.length)).toEqual(rest);
    }
  });

  it('are listed as history, a page after a cursor', async () => {
    await untilKnown();
    const { calls } = await subscribed();
    fallAndRise();
    await take(calls, 4);
    const history = async (page: string) => {
      const fields = `... on Account { marginHistory(${page}) { sequence status cursor } }`;
      const { entities, errors } = await graph.entities(
        [{ __typename: 'Account', id: 'fund-1' }],
        fields,
      );
      expect(errors).toBeUndefined();
      return (entities[0] as { marginHistory: CallUpdate[] }).marginHistory;
    };

    const first = await history('first: 3');
    const rest = await history(`first: 100, after: "${first.at(-1)?.cursor ?? ''}"`);

    expect([...first, ...rest].map(({ sequence, status }) => [sequence, status])).toEqual([
      ['1', 'WARNING'],
      ['2', 'CALL'],
      ['3', 'WARNING'],
      ['4', 'HEALTHY'],
    ]);
  });

  it('refuse what they cannot answer', async () => {
    await untilKnown();
    const refusal = async (after: string | null, accountId?: string) => {
      const query = { query: callsQuery, variables: { accountId: accountId ?? 'fund-1', after } };
      const results = graph.socket().iterate(query);
      const { value } = (await results.next()) as { value: FormattedExecutionResult };
      return value.errors?.[0]?.extensions;
    };
    const { state: own } = await subscribed();

    expect(await refusal(null, 'nobody')).toEqual({ code: 'NOT_FOUND', id: 'nobody' });
    expect(await refusal('nonsense')).toEqual({ code: 'BAD_USER_INPUT', argument: 'after' });
    expect(await refusal(own.cursor, 'fund-3')).toMatchObject({ code: 'BAD_USER_INPUT' });
    const { errors } = await graph.entities(
      [{ __typename: 'Account', id: 'fund-1' }],
      '... on Account { marginHistory(first: 101) { sequence } }',
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'first' });
  });

  it('wait for a database that is down, and lose nothing', async () => {
    await untilKnown();
    const { calls } = await subscribed();
    graph.store.failure = new Error('connection refused');
    fallAndRise();
    await vi.waitFor(() => {
      expect(graph.store.attempts).toBeGreaterThan(1);
    }, 5_000);
    expect((await subscribed()).state).toMatchObject({ sequence: '0', status: 'HEALTHY' });
    graph.store.failure = null;

    expect((await take(calls, 4)).map(({ sequence }) => sequence)).toEqual(['1', '2', '3', '4']);
  });

  it('go on after a restart with the next number and the same call', async () => {
    await untilKnown();
    const { calls: before } = await subscribed();
    graph.oracle.tell('58700');
    const [, call] = await take(before, 2);
    await graph.stopMargin();

    await graph.startMargin();
    await untilKnown();
    const after = subscribe(call?.cursor ?? null);
    graph.oracle.tell('60000');

    const [closed] = await take(after, 1);
    expect(closed).toMatchObject({ sequence: '3', status: 'WARNING', callId: call?.callId });
    expect(graph.conflicts).toEqual([]);
  });

  it('are not found while the account is not known whole', async () => {
    await untilKnown();
    const { calls } = await subscribed();
    // Its other venue, kraken, was never seen; what is at deribit alone would be liquidated.
    graph.deribit.tell(longBtc('deribit:2', '100', '0'));
    graph.oracle.tell('10000');
    await take(calls, 3);

    expect(graph.store.stored.map(({ accountId }) => accountId)).not.toContain('fund-2');
  });
});

describe('the margin subscription', () => {
  const marginQuery = `subscription ($accountId: ID!) {
    margin(accountId: $accountId) { equity status quality account { margin { equity } } }
  }`;

  it('gives the margin now and as it changes', async () => {
    await untilKnown();
    const margin = watch(graph.socket(), marginQuery, { accountId: 'fund-1' });
    const first = await margin.next();
    graph.oracle.tell('61000');

    expect([first, await margin.next()]).toEqual([
      {
        margin: {
          equity: '4500',
          status: 'HEALTHY',
          quality: 'LIVE',
          account: { margin: { equity: '4500' } },
        },
      },
      {
        margin: {
          equity: '5500',
          status: 'HEALTHY',
          quality: 'LIVE',
          account: { margin: { equity: '5500' } },
        },
      },
    ]);
  });

  it('shows a status once it is stored', async () => {
    await untilKnown();
    const margin = watch(graph.socket(), marginQuery, { accountId: 'fund-1' });
    graph.oracle.tell('58700');

    await vi.waitFor(async () => {
      expect(await margin.next()).toMatchObject({ margin: { status: 'CALL', equity: '3200' } });
    }, 5_000);
  });

  it('says that a margin is not known, and goes on', async () => {
    await untilKnown();
    const results = graph
      .socket()
      .iterate({ query: marginQuery, variables: { accountId: 'fund-2' } });

    const { value } = (await results.next()) as { value: FormattedExecutionResult };
    expect(value).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'VENUE_UNAVAILABLE', venue: 'deribit' } }],
    });
    graph.deribit.tell(longBtc('deribit:2', '1', '100'));
    const { value: next } = (await results.next()) as { value: FormattedExecutionResult };
    expect(next).toMatchObject({ errors: [{ extensions: { venue: 'kraken' } }] });
  });
});

describe('before accounts has answered', () => {
  it('nobody can say which accounts there are', async () => {
    await graph.stop();
    await graph.startMargin();
    const { errors } = await post(
      graph.url,
      `{ _entities(representations: [{ __typename: "Account", id: "fund-1" }]) {
        ... on Account { margin { status } }
      } }`,
    );

    expect(errors?.[0]?.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', service: 'accounts' });
  });
});
