import { describe, expect, it } from 'vitest';
import { TokenVerifier } from '../../../../subgraphs/shared/callerToken/tokenVerifier.js';
import {
  forgedToken,
  gatewayKey,
  goodClaims,
  subjectSeeing,
  testVerifier,
  tokenMaker,
} from '../../../support/signedCalls.js';

const SIGNED_AT = Date.UTC(2026, 10, 23, 12);

/** What becomes of a token when it is so old on the subgraph's clock. */
const outcomeAt = async (ageMs: number, token: string, verifier?: TokenVerifier) => {
  const taking = verifier ?? testVerifier('margin', () => SIGNED_AT + ageMs);
  return taking.verify('call', [`Bearer ${token}`]).then(
    () => 'taken',
    (error: unknown) => (error as { extensions: { code: string } }).extensions.code,
  );
};

const signed = () =>
  tokenMaker(gatewayKey, 'gateway', () => SIGNED_AT).call('margin', '{}', subjectSeeing('a'));

describe('a token', () => {
  it.each([
    [-6_000, 'UNAUTHENTICATED'],
    [-5_000, 'taken'],
    [0, 'taken'],
    [29_999, 'taken'],
    [30_000, 'UNAUTHENTICATED'],
    [31_000, 'UNAUTHENTICATED'],
  ])('that is %i ms old is %s', async (ageMs, outcome) => {
    expect(await outcomeAt(ageMs, signed())).toBe(outcome);
  });

  it('that was taken before is refused when it has expired', async () => {
    let ageMs = 0;
    const verifier = testVerifier('margin', () => SIGNED_AT + ageMs);
    const token = signed();
    const first = await outcomeAt(0, token, verifier);
    ageMs = 30_000;

    expect([first, await outcomeAt(0, token, verifier)]).toEqual(['taken', 'UNAUTHENTICATED']);
  });

  it('that was taken as a call is not taken as a connection', async () => {
    const verifier = testVerifier('margin', () => SIGNED_AT);
    const token = signed();
    await verifier.verify('call', [`Bearer ${token}`]);
    await expect(verifier.verify('connect', [`Bearer ${token}`])).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('is taken from among many others', async () => {
    const verifier = testVerifier('margin', () => SIGNED_AT);
    const tokens = Array.from({ length: 1_200 }, signed);
    for (const token of tokens) await outcomeAt(0, token, verifier);
    const again = await Promise.all(tokens.map((token) => outcomeAt(0, token, verifier)));

    expect(new Set(again)).toEqual(new Set(['taken']));
  });

  it.each([
    ['names accounts by a wildcard', { accounts: 'fund-*' }],
    ['names one account as text', { accounts: 'fund-1' }],
    ['names accounts that are no text', { accounts: [1] }],
    ['names more accounts than a token may', { accounts: Array(1_001).fill('a') }],
    ['is for an empty subject', { sub: '' }],
    ['is for a subject that is no text', { sub: ['ann'] }],
    ['has an empty id', { jti: '' }],
    ['has a long id', { jti: 'x'.repeat(129) }],
    ['has scopes as a list', { scope: ['read'] }],
    ['is not in force yet', { nbf: SIGNED_AT / 1_000 + 10 }],
  ])('that %s is refused', async (_, claims) => {
    const token = forgedToken({ ...goodClaims('margin', '{}', SIGNED_AT), ...claims });
    expect(await outcomeAt(0, token)).toBe('UNAUTHENTICATED');
  });
});

describe('a mutation', () => {
  const taken = async (verifier: TokenVerifier, token = signed()) => {
    const verified = await verifier.verify('call', [`Bearer ${token}`]);
    try {
      verifier.takeMutation(verified);
      return 'taken';
    } catch (error) {
      return (error as { extensions: { code: string } }).extensions.code;
    }
  };

  it('is taken once by its id, whoever signs the id again', async () => {
    const verifier = testVerifier('margin', () => SIGNED_AT);
    const claims = goodClaims('margin', '{}', SIGNED_AT);
    const first = await taken(verifier, forgedToken(claims));
    const again = await taken(verifier, forgedToken({ ...claims, sub: 'bob' }));

    expect([first, again, await taken(verifier)]).toEqual(['taken', 'UNAUTHENTICATED', 'taken']);
  });
});
