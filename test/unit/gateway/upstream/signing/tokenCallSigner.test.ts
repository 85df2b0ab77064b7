import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../gateway/admission/caller.js';
import { GATEWAY_CALLER } from '../../../../../gateway/upstream/signing/gatewayCaller.js';
import { TokenCallSigner } from '../../../../../gateway/upstream/signing/tokenCallSigner.js';
import {
  audienceKindOf,
  type VisibleAccounts,
} from '../../../../../gateway/upstream/signing/visibleAccounts.js';
import type { RequestKind } from '../../../../../gateway/upstream/upstream.js';
import { bodyHash } from '../../../../../subgraphs/shared/callerToken/bodyHash.js';
import type { CallerClaims } from '../../../../../subgraphs/shared/callerToken/callerClaims.js';
import { gatewayKey, testVerifier, tokenMaker } from '../../../../support/signedCalls.js';

const START = Date.UTC(2026, 10, 23, 12);
const BODY = '{"query":"{ a }"}';

const caller = (subject: string | null, ...scopes: string[]): Caller => ({
  subject,
  scopes: new Set(scopes),
  expiresAt: null,
});
const ann = caller('ann', 'read', 'margin:write');

let passedMs: number;
let seen: Record<string, VisibleAccounts>;
let lookups: string[];
let signer: TokenCallSigner;

beforeEach(() => {
  passedMs = 0;
  lookups = [];
  seen = {
    ann: { accountIds: ['fund-1'], venueAccountIds: ['deribit:1', 'okx:7', 'deribit2:9'] },
    bob: { accountIds: ['fund-2'], venueAccountIds: [] },
  };
  signer = new TokenCallSigner({
    tokens: tokenMaker(gatewayKey, 'gateway', () => START + passedMs),
    access: {
      of: (subject) => {
        lookups.push(subject);
        return seen[subject] ?? { accountIds: [], venueAccountIds: [] };
      },
    },
    kindOf: audienceKindOf((name) => ['deribit', 'okx'].includes(name)),
    now: () => passedMs,
  });
});

interface Question {
  readonly to?: string;
  readonly body?: string;
  readonly by?: Caller | undefined;
  readonly kind?: RequestKind;
}

const token = async ({ to = 'margin', body = BODY, by = ann, kind = 'query' }: Question = {}) =>
  (await signer.headers(to, body, { headers: {}, caller: by }, kind))['authorization'] ?? '';

const claimsOf = (bearer: string) =>
  JSON.parse(Buffer.from(bearer.split('.')[1] ?? '', 'base64url').toString()) as CallerClaims;

describe('a signed call', () => {
  it('says who asks, by what scopes, of which accounts, and what', async () => {
    expect(claimsOf(await token())).toEqual({
      iss: 'gateway',
      aud: 'margin',
      iat: START / 1_000,
      exp: START / 1_000 + 25,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      sub: 'ann',
      scope: 'margin:write read',
      accounts: ['fund-1'],
      body: bodyHash(BODY),
    });
  });

  it.each([
    ['accounts', ['fund-1']],
    ['deribit', ['deribit:1']],
    ['okx', ['okx:7']],
    ['oracle', []],
    ['somebody', []],
  ])('tells %s of no accounts but those that concern it', async (to, accounts) => {
    expect(claimsOf(await token({ to })).accounts).toEqual(accounts);
  });

  it('is for nobody without a caller, and names no account', async () => {
    const { sub, accounts } = claimsOf(await token({ by: caller(null) }));
    expect([sub, accounts, lookups]).toEqual([undefined, [], []]);
  });

  it.each([
    ['the scope accounts:all', caller('ops', 'accounts:all'), 'ops'],
    ['the gateway itself', GATEWAY_CALLER, 'service:gateway'],
  ])('names all accounts by a star, and asks for none: %s', async (_, by, sub) => {
    const claims = claimsOf(await token({ by }));
    expect([claims.sub, claims.accounts, lookups]).toEqual([sub, '*', []]);
  });

  it.each([
    ['with a body, one call', BODY, 'call'],
    ['without a body, one WebSocket', '', 'connect'],
  ] as const)('opens %s', async (_, body, kind) => {
    const verifier = testVerifier('margin', () => START);
    const { call } = await verifier.verify(kind, [await token({ body })]);
    expect([call.issuer, call.subject, call.access.accountIds]).toEqual([
      'gateway',
      'ann',
      ['fund-1'],
    ]);
  });

  it('is refused to a caller who calls itself a service', () => {
    const forged = caller(GATEWAY_CALLER.subject);
    expect(() =>
      signer.headers('accounts', BODY, { headers: {}, caller: forged }, 'query'),
    ).toThrow(expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } }));
  });

  it.each([
    [1_000, 'signed'],
    [1_001, 'TOO_MANY_ACCOUNTS'],
  ])('with %i accounts is %s', async (count, outcome) => {
    const accountIds = Array.from({ length: count }, (_, i) => `fund-${i}`);
    seen['ann'] = { accountIds, venueAccountIds: [] };
    const result = await token().then(
      () => 'signed',
      (error: unknown) => (error as { extensions: { code: string } }).extensions.code,
    );
    expect(result).toBe(outcome);
  });
});

describe('a signature', () => {
  it('is used again for the same question of the same caller, for ten seconds', async () => {
    const first = await token();
    passedMs = 9_999;
    const second = await token({ by: caller('ann', 'margin:write', 'read') });
    passedMs = 10_000;
    const third = await token();

    expect([second === first, third === first]).toEqual([true, false]);
  });

  it('is never used again for a mutation, nor its id', async () => {
    const tokens = [
      await token({ kind: 'mutation' }),
      await token({ kind: 'mutation' }),
      await token(),
    ];
    expect(new Set(tokens.map((one) => claimsOf(one).jti)).size).toBe(3);
  });

  it.each<[string, Question]>([
    ['another caller', { by: caller('bob', 'read', 'margin:write') }],
    ['the same caller by fewer scopes', { by: caller('ann', 'read') }],
    ['nobody', { by: caller(null) }],
    ['another question', { body: `${BODY} ` }],
    ['another subgraph', { to: 'accounts' }],
    ['a subject that holds another with its scopes', { by: caller('ann","read') }],
  ])('is not used for %s', async (_, question) => {
    const first = await token();
    expect(await token(question)).not.toBe(first);
  });

  it('is not used any more when the caller may see other accounts', async () => {
    const first = await token();
    seen['ann'] = { accountIds: [], venueAccountIds: [] };
    const second = await token();

    expect([claimsOf(first).accounts, claimsOf(second).accounts]).toEqual([['fund-1'], []]);
  });

  it('is not spoiled by who adds to the headers', async () => {
    const context = { headers: {}, caller: ann };
    const headers = await signer.headers('margin', BODY, context, 'query');
    headers['authorization'] = 'Bearer spoiled';
    expect(await token()).not.toBe('Bearer spoiled');
  });
});
