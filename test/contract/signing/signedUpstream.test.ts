import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../gateway/admission/caller.js';
import { httpUpstream } from '../../../gateway/upstream/httpUpstream.js';
import type { CallSigner } from '../../../gateway/upstream/signing/callSigner.js';
import { callSigning } from '../../../gateway/upstream/signing/callSigning.js';
import { TokenCallSigner } from '../../../gateway/upstream/signing/tokenCallSigner.js';
import type { Upstream } from '../../../gateway/upstream/upstream.js';
import { startSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { gatewayKey, testVerifier, tokenMaker } from '../../support/signedCalls.js';
import { startAccounts, startVenue, type SignedSubgraph } from './graphUnderTest.js';

const ann: Caller = { subject: 'ann', scopes: new Set(), expiresAt: null };
/** With the token that the caller came with, which must not go on. */
const context = { headers: { Authorization: 'Bearer of ann' }, caller: ann };

let ends: (() => Promise<void>)[];
let failures: unknown[];
let signer: CallSigner;
let accounts: Upstream;

const upstreamTo = (name: string, { url }: Pick<SignedSubgraph, 'url'>): Upstream => {
  const upstream = httpUpstream({ name, url, timeoutMs: 5_000, signer });
  ends.unshift(() => upstream.close());
  return upstream;
};

beforeEach(async () => {
  failures = [];
  const subgraph = await startAccounts();
  ends = [() => subgraph.close()];
  const signing = callSigning({
    key: gatewayKey,
    accountsUrl: subgraph.url,
    timeoutMs: 5_000,
    isVenue: (name) => name === 'deribit',
    now: Date.now,
    monotonicNow: () => performance.now(),
    newId: randomUUID,
    onAccessFailure: (error) => failures.push(error),
  });
  ends.unshift(() => signing.close());
  signer = signing.signer;
  accounts = upstreamTo('accounts', subgraph);
});

afterEach(async () => {
  for (const end of ends) await end();
  expect(failures).toEqual([]);
});

describe('an upstream that signs', () => {
  it('asks for a caller, of the accounts that the register lets them see', async () => {
    const ask = (kind: 'query' | 'mutation') =>
      accounts.request('{"query":"{ accounts { nodes { id } } }"}', context, kind);
    const expected = { data: { accounts: { nodes: [{ id: 'fund-1' }] } } };
    expect(await Promise.all([ask('query'), ask('query'), ask('mutation')])).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  it('follows a subscription for a caller, of their venue accounts', async () => {
    const venue = await startVenue('deribit');
    ends.push(() => venue.close());
    const events = upstreamTo('deribit', venue).subscribe(
      { query: 'subscription { deribitAccountUpdated { account { id } } }', variables: {} },
      context,
    );
    const first = await events.next();
    await events.return?.();

    expect(first.value).toEqual({
      data: { deribitAccountUpdated: { account: { id: 'deribit:1' } } },
    });
  });
});

describe('a caller who may see as many accounts as a token can name', () => {
  const ids = Array.from({ length: 1_000 }, () => `account-${randomUUID()}`);

  it('is served over HTTP and over WebSocket', async () => {
    const subgraph = await startSubgraph({
      typeDefs: 'type Query { seen: Int }  type Subscription { seen: Int }',
      resolvers: {
        Query: { seen: (_: unknown, __: object, { seen }: { seen: number }) => seen },
        Subscription: {
          seen: {
            subscribe: async function* (_: unknown, __: object, { seen }: { seen: number }) {
              yield await Promise.resolve({ seen });
            },
          },
        },
      },
      port: 0,
      verifier: testVerifier('margin'),
      context: (_headers, { access }) => ({ seen: access.accountIds?.length ?? 0 }),
    });
    ends.push(() => subgraph.close());
    const access = { of: () => ({ accountIds: ids, venueAccountIds: [] }) };
    signer = new TokenCallSigner({
      tokens: tokenMaker(gatewayKey, 'gateway'),
      access,
      kindOf: () => 'accounts',
      now: () => performance.now(),
    });
    const upstream = upstreamTo('margin', subgraph);
    const events = upstream.subscribe({ query: 'subscription { seen }', variables: {} }, context);
    const answers = [
      await upstream.request('{"query":"{ seen }"}', context),
      ((await events.next()) as { value: unknown }).value,
    ];

    expect(answers).toEqual([{ data: { seen: 1_000 } }, { data: { seen: 1_000 } }]);
  });
});
