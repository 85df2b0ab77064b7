import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import type { TokenSubject } from '../../../subgraphs/shared/callerToken/tokenMaker.js';
import type { Data } from '../../support/graphqlClient.js';
import {
  callHeaders,
  connectionParams,
  gatewayItself,
  subjectSeeing,
} from '../../support/signedCalls.js';
import { longBtc } from '../margin/fakeVenue.js';
import { startAccounts, startMargin, startVenue, type SignedSubgraph } from './graphUnderTest.js';

interface Answer {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Data }[];
}

/** Asks the subgraph of this name on behalf of a subject. */
const asker =
  (audience: string, url: () => string, subject: TokenSubject) =>
  async (query: string, variables: object = {}): Promise<Answer> => {
    const body = JSON.stringify({ query, variables });
    const headers = {
      'content-type': 'application/json',
      ...callHeaders(audience, body, subject),
    };
    const response = await fetch(url(), { method: 'POST', headers, body });
    return (await response.json()) as Answer;
  };

const clients: Client[] = [];
afterAll(async () => {
  for (const client of clients) await client.dispose();
});

const socket = (audience: string, url: string, subject: TokenSubject): Client => {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: connectionParams(audience, subject),
  });
  clients.push(client);
  return client;
};

/** The first event, or the errors that refuse the subscription. */
async function firstOf(client: Client, query: string): Promise<unknown> {
  try {
    for await (const event of client.iterate({ query })) return event;
    return 'ended';
  } catch (errors) {
    return { errors };
  }
}

/** An answer with the ids that were asked for left out, so that two can be compared. */
const withoutIds = (answer: unknown) =>
  JSON.parse(JSON.stringify(answer).replace(/fund-2|nobody|deribit:(2|none)/g, '?')) as unknown;

const ENTITIES = (fields: string) =>
  `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`;

describe('accounts, to a caller who may see fund-1', () => {
  let subgraph: SignedSubgraph;
  const ask = asker('accounts', () => subgraph.url, subjectSeeing('fund-1'));
  beforeAll(async () => {
    subgraph = await startAccounts();
  });
  afterAll(() => subgraph.close());

  it('answers for it, and for no other by whichever alias', async () => {
    const query = `{
      own: account(id: "fund-1") { id venueAccountIds owner { name } }
      other: account(id: "fund-2") { id venueAccountIds owner { name } }
      unknown: account(id: "nobody") { id }
    }`;
    expect(await ask(query)).toEqual({
      data: {
        own: { id: 'fund-1', venueAccountIds: ['deribit:1'], owner: { name: 'Meridian Capital' } },
        other: null,
        unknown: null,
      },
    });
  });

  it('resolves references to it, and to no other', async () => {
    const of = ['fund-2', 'fund-1', 'nobody'].map((id) => ({ __typename: 'Account', id }));
    const query = ENTITIES('... on Account { id venueAccountIds }');
    expect(await ask(query, { of })).toEqual({
      data: { _entities: [null, { id: 'fund-1', venueAccountIds: ['deribit:1'] }, null] },
    });
  });

  it('lists it alone', async () => {
    const query = '{ accounts(first: 10) { nodes { id } pageInfo { hasNextPage } } }';
    expect(await ask(query)).toEqual({
      data: { accounts: { nodes: [{ id: 'fund-1' }], pageInfo: { hasNextPage: false } } },
    });
  });

  it('lists all to whoever may see all, and none to nobody', async () => {
    const list = async (subject: TokenSubject) => {
      const { data } = await asker(
        'accounts',
        () => subgraph.url,
        subject,
      )('{ accounts { nodes { id } } }');
      return (data as { accounts: { nodes: { id: string }[] } }).accounts.nodes.map(({ id }) => id);
    };
    const all = { subject: 'ann', scope: 'accounts:all', accounts: '*' } as const;
    const nobody = { subject: null, scope: '', accounts: [] };
    expect([await list(all), await list(nobody)]).toEqual([['fund-1', 'fund-2'], []]);
  });

  const ACCESS = '{ callerAccess(subject: "ann") { accountIds venueAccountIds } }';

  it('tells the gateway itself what a caller may see', async () => {
    const answer = await asker('accounts', () => subgraph.url, gatewayItself)(ACCESS);
    expect(answer).toEqual({
      data: { callerAccess: { accountIds: ['fund-1'], venueAccountIds: ['deribit:1'] } },
    });
  });

  it.each([
    ['a caller', subjectSeeing('fund-1')],
    ['a caller who may see everything', { subject: 'root', scope: '', accounts: '*' } as const],
    ['nobody', { subject: null, scope: '', accounts: '*' } as const],
  ])('tells that to nobody else: %s', async (_, subject) => {
    const { data, errors } = await asker('accounts', () => subgraph.url, subject)(ACCESS);
    expect([data, errors]).toMatchObject([null, [{ extensions: { code: 'FORBIDDEN' } }]]);
  });
});

describe('margin, to a caller who may see fund-1', () => {
  let margin: Awaited<ReturnType<typeof startMargin>>;
  const ann = subjectSeeing('fund-1');
  const ask = asker('margin', () => margin.url, ann);
  const entities = (typename: string, id: string, fields: string) =>
    ask(ENTITIES(`... on ${typename} { id ${fields} }`), { of: [{ __typename: typename, id }] });

  beforeAll(async () => {
    margin = await startMargin();
    margin.graph.deribit.tell(longBtc('deribit:2', '1', '9000'));
    // Margin has asked accounts, the oracle and the venues under its own signature.
    await vi.waitFor(async () => {
      const answer = await entities('Account', 'fund-1', 'margin { equity }');
      expect(answer.data).toEqual({ _entities: [{ id: 'fund-1', margin: { equity: '4500' } }] });
    }, 10_000);
  });
  afterAll(() => margin.close());

  const accountFields = [
    'margin { equity }',
    'marginComparison { equity }',
    'marginHistory(first: 1) { sequence }',
    'whatIf(input: {}) { after { equity } }',
    'parameterSetImpact(hash: "x") { current { equity } }',
  ];

  it.each(accountFields)(
    'has %s of another account as little as of an unknown one',
    async (field) => {
      const other = await entities('Account', 'fund-2', field);
      const unknown = await entities('Account', 'nobody', field);
      expect(withoutIds(other)).toEqual(withoutIds(unknown));
      expect(other.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', id: 'fund-2' } }]);
    },
  );

  it('has the margin of its venue account, and of no other', async () => {
    const of = (id: string) => entities('VenueAccount', id, 'margin { equity }');
    const [own, other, unknown] = [
      await of('deribit:1'),
      await of('deribit:2'),
      await of('deribit:none'),
    ];
    expect(own.data).toEqual({ _entities: [{ id: 'deribit:1', margin: { equity: '4500' } }] });
    expect(withoutIds(other)).toEqual(withoutIds(unknown));
    expect(other.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', id: 'deribit:2' } }]);
  });

  it('imagines changes of it alone, by whichever alias', async () => {
    const query = `{
      own: whatIf(accountId: "fund-1", input: {}) { before { equity } }
      other: whatIf(accountId: "fund-2", input: {}) { before { equity } }
    }`;
    const { data, errors } = await ask(query);
    expect(data).toEqual({ own: { before: { equity: '4500' } }, other: null });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', id: 'fund-2' } }]);
  });

  it.each(['', 'key'])(
    'changes no other, with the key "%s" or without one',
    async (idempotencyKey) => {
      const mutation = `mutation ($input: SwitchMarginArchitectureInput!) {
      switchMarginArchitecture(input: $input) { __typename }
    }`;
      const switched = (accountId: string) =>
        ask(mutation, { input: { accountId, architecture: 'ISOLATED', idempotencyKey } });
      expect(withoutIds(await switched('fund-2'))).toEqual(withoutIds(await switched('nobody')));
      expect(margin.graph.architectures.stored).toEqual([]);
    },
  );

  it('lets a view that another caller pinned be seen by nobody else', async () => {
    const body = (id: string) =>
      JSON.stringify({
        query: ENTITIES('... on Account { margin { equity } }'),
        variables: { of: [{ __typename: 'Account', id }] },
      });
    const post = async (subject: TokenSubject) => {
      const headers = {
        'content-type': 'application/json',
        'x-request-id': 'the same',
        ...callHeaders('margin', body('fund-2'), subject),
      };
      const response = await fetch(margin.url, { method: 'POST', headers, body: body('fund-2') });
      return ((await response.json()) as Answer).errors?.[0]?.extensions?.['code'];
    };
    await post(subjectSeeing('fund-2'));
    expect(await post(ann)).toBe('NOT_FOUND');
  });

  it.each([
    ['margin', (id: string) => `subscription { margin(accountId: "${id}") { equity } }`],
    [
      'marginCalls',
      (id: string) => `subscription { marginCalls(accountId: "${id}") { __typename } }`,
    ],
  ])('streams %s of its account, and of no other', async (_, subscription) => {
    const client = socket('margin', margin.url, ann);
    const [own, other, unknown] = await Promise.all(
      ['fund-1', 'fund-2', 'nobody'].map((id) => firstOf(client, subscription(id))),
    );
    expect(own).toMatchObject({ data: expect.any(Object) as object });
    expect(withoutIds(other)).toEqual(withoutIds(unknown));
    expect(other).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});

describe('a venue, to a caller who may see its account 1', () => {
  let venue: Awaited<ReturnType<typeof startVenue>>;
  const ann = subjectSeeing('deribit:1');
  const ask = asker('deribit', () => venue.url, ann);
  beforeAll(async () => {
    venue = await startVenue('deribit');
  });
  afterAll(() => venue.close());

  it('answers for it, and for no other by whichever alias', async () => {
    const query = `{
      own: deribitAccount(id: "deribit:1") { id collateral { quantity } }
      other: deribitAccount(id: "deribit:2") { id collateral { quantity } }
      unknown: deribitAccount(id: "deribit:none") { id }
    }`;
    expect(await ask(query)).toEqual({
      data: {
        own: { id: 'deribit:1', collateral: [{ quantity: '1' }] },
        other: null,
        unknown: null,
      },
    });
  });

  it('resolves references to it, and to no other', async () => {
    const of = ['2', '1', 'none'].map((id) => ({
      __typename: 'DeribitAccount',
      id: `deribit:${id}`,
    }));
    const answer = await ask(ENTITIES('... on DeribitAccount { id }'), { of });
    expect(answer).toEqual({ data: { _entities: [null, { id: 'deribit:1' }, null] } });
  });

  it('streams it alone: its state, each change, and what was missed', async () => {
    const query = (after: string) =>
      `subscription { deribitAccountUpdated${after} { cursor isSnapshot account { id } } }`;
    const client = socket('deribit', venue.url, ann);
    const events = client.iterate({ query: query('') });
    type Event = { deribitAccountUpdated: { cursor: string } };
    const next = async () => ((await events.next()) as { value: { data: Event } }).value.data;

    const state = await next();
    venue.venue.answers = new Error('The venue is away.');
    await venue.venue.feed.poll();
    const change = await next();
    await events.return?.();
    const after = `(after: "${state.deribitAccountUpdated.cursor}")`;
    const missed = await firstOf(client, query(after));

    const own = (isSnapshot: boolean) => ({
      deribitAccountUpdated: { isSnapshot, account: { id: 'deribit:1' } },
    });
    expect([state, change, missed]).toMatchObject([own(true), own(false), { data: own(false) }]);
  });
});
