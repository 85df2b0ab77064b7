import { EventEmitter, on } from 'node:events';
import { GraphQLError } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asClientReads, startFederation, type Federation } from '../../../support/federation.js';

interface Call {
  sequence: number;
  account: { id: string };
}

const calls = new EventEmitter();
let listeners = 0;

/** Emits to everyone who listens at that moment. */
const emit = (sequence: number, id = `a${sequence}`) =>
  calls.emit('call', { sequence, account: { id } } satisfies Call);

const margin = {
  name: 'margin',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! }
    type Call { sequence: Int! account: Account! }
    type Query { calls: Int }
    type Subscription { called(from: Int = 0): Call! strict(token: String): Call! }
  `,
  resolvers: {
    Subscription: {
      called: { subscribe: () => source(), resolve: (call: Call) => call },
      strict: {
        subscribe: () => {
          throw new GraphQLError('No such token.', { extensions: { code: 'NOT_FOUND' } });
        },
      },
    },
  },
};

/** Ends with the word "end", as a stream does that has nothing more to say. */
async function* source(): AsyncGenerator<Call> {
  const stop = new AbortController();
  listeners += 1;
  try {
    for await (const [call] of on(calls, 'call', { signal: stop.signal })) {
      if (call === 'end') return;
      yield call as Call;
    }
  } finally {
    listeners -= 1;
  }
}

const accounts = {
  name: 'accounts',
  typeDefs: `
    type Account @key(fields: "id") { id: ID! name: String }
    type Query { account: Account }
  `,
  resolvers: {
    Account: {
      __resolveReference: async ({ id }: { id: string }) => {
        // The first of two answers last: order must not come from who answers first.
        if (id === 'slow') for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
        return { id, name: `Account ${id}` };
      },
    },
  },
};

describe('a subscription', () => {
  let federation: Federation;
  beforeEach(async () => {
    federation = await startFederation([{ ...margin, venue: 'okx' }, accounts]);
  });
  afterEach(async () => {
    await federation.close();
    calls.emit('call', 'end');
    await vi.waitFor(() => expect(listeners).toBe(0));
  });

  const begin = async (query: string) => {
    const before = listeners;
    const results = federation.subscribe(query);
    await vi.waitFor(() => expect(listeners).toBe(before + 1));
    return results;
  };
  const read = async (results: AsyncIterator<unknown>) => {
    const next = await results.next();
    return next.done ? 'done' : asClientReads(next.value);
  };

  it('brings each event with the fields that other subgraphs add, in order', async () => {
    const results = await begin('subscription { called { n: sequence account { name } } }');
    emit(1, 'slow');
    emit(2, 'fast');

    const inOrder: unknown[] = [];
    const note = (result: unknown) => inOrder.push(result);
    await Promise.all([read(results).then(note), read(results).then(note)]);

    expect(inOrder).toEqual([
      { data: { called: { n: 1, account: { name: 'Account slow' } } } },
      { data: { called: { n: 2, account: { name: 'Account fast' } } } },
    ]);
    await results.return?.();
  });

  it('ends when the subgraph ends it, after what came before', async () => {
    const results = await begin('subscription { called { sequence } }');
    emit(1);
    calls.emit('call', 'end');

    expect([await read(results), await read(results), await read(results)]).toEqual([
      { data: { called: { sequence: 1 } } },
      'done',
      'done',
    ]);
  });

  it('lets go of the subgraph at once when its reader leaves, even while it waits', async () => {
    const results = await begin('subscription { called { account { name } } }');
    const waiting = results.next();

    expect(await results.return?.()).toEqual({ value: undefined, done: true });
    expect(await waiting).toEqual({ value: undefined, done: true });
    // The generator above ends only when it is next woken; the upstream operation is gone before.
    await vi.waitFor(() => {
      emit(0);
      expect(listeners).toBe(0);
    });
  });

  it('keeps on when a subgraph that adds to its events is down, and says what is missing', async () => {
    const results = await begin('subscription { called { sequence account { id name } } }');
    await federation.stop('accounts');
    emit(1);

    expect(await read(results)).toEqual({
      data: { called: { sequence: 1, account: { id: 'a1', name: null } } },
      errors: [
        {
          message: 'The subgraph "accounts" cannot be reached.',
          path: ['called', 'account'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'accounts' },
        },
      ],
    });
    await results.return?.();
  });

  it('ends with an error when the subgraph of its events is lost, after what came before', async () => {
    const results = await begin('subscription { called { sequence } }');
    emit(1);
    expect(await read(results)).toEqual({ data: { called: { sequence: 1 } } });

    await federation.stop('margin');

    expect([await read(results), await read(results)]).toEqual([
      {
        errors: [
          {
            message: 'The subgraph "margin" closed the connection.',
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'margin', venue: 'okx' },
          },
        ],
      },
      'done',
    ]);
  });

  it('ends with an error when the subgraph cannot be reached to begin with', async () => {
    await federation.stop('margin');
    const results = federation.subscribe('subscription { called { sequence } }');

    const { errors } = (await read(results)) as ReturnType<typeof asClientReads>;

    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^The subgraph "margin" (closed|cannot)/) as string,
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'margin', venue: 'okx' },
      },
    ]);
    expect(await read(results)).toBe('done');
  });

  it('passes on why a subgraph refuses it', async () => {
    const results = federation.subscribe('subscription { strict { sequence } }');

    const refused = await read(results);

    expect(refused).toEqual({
      data: null,
      errors: [
        {
          message: 'No such token.',
          path: ['strict'],
          extensions: { code: 'NOT_FOUND', service: 'margin', venue: 'okx' },
        },
      ],
    });
    expect(await read(results)).toBe('done');
  });

  it('is refused for variables of the wrong type, and then asks nobody', async () => {
    const before = listeners;
    const results = federation.subscribe(
      'subscription ($from: Int) { called(from: $from) { sequence } }',
      { from: 'x' },
    );

    expect(await read(results)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await read(results)).toBe('done');
    expect(listeners).toBe(before);
  });
});
