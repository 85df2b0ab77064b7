import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../../../../gateway/admission/authentication/authenticationFailure.js';
import {
  TokenVerifier,
  type TokenVerifierOptions,
} from '../../../../../gateway/admission/authentication/tokenVerifier.js';
import { ANONYMOUS } from '../../../../../gateway/admission/caller.js';
import { AUDIENCE, encoded, ISSUER, NOW, NOW_S, TestIssuer } from './testIssuer.js';

const issuer = new TestIssuer();
const stranger = new TestIssuer();
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const keys = {
  keys: [
    issuer.jwk,
    { ...elliptic.publicKey.export({ format: 'jwk' }), kid: 'elliptic' } as JWK,
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa' } as JWK,
  ],
};
const trusted = { issuer: ISSUER, audiences: [AUDIENCE] as const, keys };

let now = NOW;
beforeEach(() => {
  now = NOW;
});
const verifier = (options: Partial<TokenVerifierOptions> = {}) =>
  new TokenVerifier({ issuers: [trusted], now: () => now, ...options });
const refusal = (authorization: string, options?: Partial<TokenVerifierOptions>) =>
  verifier(options)
    .verify(authorization)
    .then(
      () => 'let in',
      (error: unknown) => error,
    );

describe('TokenVerifier', () => {
  it('takes who sends no header for nobody', async () => {
    expect(await verifier().verify(undefined)).toBe(ANONYMOUS);
  });

  it('tells from a good token who asks, what they may do, and until when', async () => {
    expect(
      await verifier().verify(issuer.authorization({ claims: { scope: 'read  write' } })),
    ).toEqual({
      subject: 'demo',
      scopes: new Set(['read', 'write']),
      expiresAt: NOW + 600_000,
    });
  });

  it.each([
    ['no scopes', {}, []],
    ['an empty scope', { scope: '' }, []],
    ['scopes in a list', { scp: ['read', 'write'] }, ['read', 'write']],
    ['scopes as text under the other name', { scp: 'read write' }, ['read', 'write']],
  ])('takes %s', async (_name, claims, scopes) => {
    const caller = await verifier().verify(issuer.authorization({ claims }));
    expect([...caller.scopes]).toEqual(scopes);
  });

  it.each([
    ['the scheme in any case', `bEARER ${issuer.token()}`],
    ['several spaces after the scheme', `Bearer  ${issuer.token()}`],
    ['a full media type', issuer.authorization({ header: { typ: 'application/AT+jwt' } })],
    ['one audience of several', issuer.authorization({ claims: { aud: ['other', AUDIENCE] } })],
    ['no kid where one key fits', issuer.authorization({ header: { kid: undefined } })],
    [
      'a token signed with ES256',
      issuer.authorization({
        header: { alg: 'ES256', kid: 'elliptic' },
        key: elliptic.privateKey,
      }),
    ],
  ])('takes %s', async (_name, authorization) => {
    expect(await verifier().verify(authorization)).toMatchObject({ subject: 'demo' });
  });

  it('takes any type, and none, where it is told to', async () => {
    const untyped = issuer.authorization({ header: { typ: undefined } });
    expect(await verifier({ type: null }).verify(untyped)).toMatchObject({ subject: 'demo' });
  });
});

const [headerPart = '', claimsPart = '', signaturePart = ''] = issuer.token().split('.');
const unsigned = (header: object) => `${encoded(header)}.${claimsPart}`;
const hmac = (signed: string) =>
  createHmac('sha256', issuer.publicKey.export({ format: 'pem', type: 'spki' }))
    .update(signed)
    .digest('base64url');
const hmacSigned = (header: object) => `${unsigned(header)}.${hmac(unsigned(header))}`;
/** The token's own key, in every way that a header can bring it. */
const bringing = (header: object) =>
  stranger.authorization({ header: { kid: 'first', ...header }, key: stranger.privateKey });

const MALFORMED = 'The authorization header must be “Bearer”, a space, and one signed JWT';
const ALGORITHM = 'The token must be signed with EdDSA or ES256.';
const SIGNATURE = 'The token’s signature does not fit what it says.';
const UNKNOWN_KEY = 'The token is signed with a key that its issuer does not publish.';
const SUBJECT = 'The token’s subject (sub) must be text of 1 to 255 characters.';
const SCOPES = 'The token’s scopes must be text';

/** What it is, what is said of it, and the header. */
const FORGED: readonly (readonly [string, string, string])[] = [
  // Form.
  ['an empty header', MALFORMED, ''],
  ['a scheme without a token', MALFORMED, 'Bearer '],
  ['another scheme', MALFORMED, 'Basic ZGVtbzpkZW1v'],
  ['a token without a scheme', MALFORMED, issuer.token()],
  ['two tokens', MALFORMED, `Bearer ${issuer.token()} ${issuer.token()}`],
  ['two headers in one', MALFORMED, `${issuer.authorization()}, ${issuer.authorization()}`],
  ['bytes after the token', MALFORMED, `${issuer.authorization()}=`],
  ['a fourth part', MALFORMED, `${issuer.authorization()}.e30`],
  ['a space after the token', MALFORMED, `${issuer.authorization()} `],
  ['a line end after the token', MALFORMED, `${issuer.authorization()}\n`],
  ['a tab before the token', MALFORMED, `Bearer\t${issuer.token()}`],
  ['a space within the token', MALFORMED, `Bearer ${headerPart}. ${claimsPart}.${signaturePart}`],
  ['letters beyond ASCII', MALFORMED, `${issuer.authorization()}ä`],
  ['a wide letter that looks like an ASCII one', MALFORMED, `Ｂearer ${issuer.token()}`],
  ['an encrypted token', MALFORMED, 'Bearer e30.e30.e30.e30.e30'],
  ['a token without a signature', MALFORMED, `Bearer ${headerPart}.${claimsPart}.`],
  ['a signature without its last character', MALFORMED, issuer.authorization().slice(0, -1)],
  [
    'a header that is too long',
    'The authorization header is longer than 8192 characters',
    issuer.authorization({ claims: { note: 'x'.repeat(8_192) } }),
  ],
  [
    'a header part that is not JSON',
    'The token’s header cannot be read.',
    `Bearer aGk.${claimsPart}.${signaturePart}`,
  ],
  [
    'claims that are not an object',
    'The token’s claims cannot be read.',
    `Bearer ${headerPart}.W10.${signaturePart}`,
  ],

  // Algorithm and key.
  [
    'no algorithm',
    ALGORITHM,
    `Bearer ${unsigned({ typ: 'at+jwt', kid: 'first' })}.${signaturePart}`,
  ],
  [
    'the algorithm none',
    ALGORITHM,
    `Bearer ${unsigned({ alg: 'none', typ: 'at+jwt' })}.${signaturePart}`,
  ],
  [
    'the algorithm None',
    ALGORITHM,
    `Bearer ${unsigned({ alg: 'None', typ: 'at+jwt' })}.${signaturePart}`,
  ],
  [
    'the public key as an HS256 secret',
    ALGORITHM,
    `Bearer ${hmacSigned({ alg: 'HS256', kid: 'first', typ: 'at+jwt' })}`,
  ],
  [
    'an HMAC that calls itself EdDSA',
    SIGNATURE,
    `Bearer ${hmacSigned({ alg: 'EdDSA', kid: 'first', typ: 'at+jwt' })}`,
  ],
  [
    'an algorithm that is not asked for, by a published key',
    ALGORITHM,
    issuer.authorization({ header: { alg: 'RS256', kid: 'rsa' }, key: rsa.privateKey }),
  ],
  [
    'an RSA signature that calls itself ES256',
    UNKNOWN_KEY,
    issuer.authorization({ header: { alg: 'ES256', kid: 'rsa' }, key: rsa.privateKey }),
  ],
  [
    'an EdDSA signature that calls itself ES256',
    UNKNOWN_KEY,
    issuer.authorization({ header: { alg: 'ES256' } }),
  ],
  [
    'an ES256 signature that calls itself EdDSA',
    UNKNOWN_KEY,
    issuer.authorization({ header: { kid: 'elliptic' }, key: elliptic.privateKey }),
  ],
  [
    'an embedded key',
    'A token with “jwk” in its header is not taken.',
    bringing({ jwk: stranger.jwk }),
  ],
  [
    'the address of a key set',
    'A token with “jku” in its header is not taken.',
    bringing({ jku: 'https://evil.test/jwks' }),
  ],
  [
    'the address of a certificate',
    'A token with “x5u” in its header is not taken.',
    bringing({ x5u: 'https://evil.test/x5u' }),
  ],
  ['a certificate', 'A token with “x5c” in its header is not taken.', bringing({ x5c: ['MIIB'] })],
  [
    'a critical parameter',
    'A token with “crit” in its header is not taken.',
    issuer.authorization({ header: { crit: ['b64'], b64: false } }),
  ],
  ['a key id that is a path', UNKNOWN_KEY, bringing({ kid: '../../../../dev/null' })],
  ['a key id that is SQL', UNKNOWN_KEY, bringing({ kid: "first' UNION SELECT 'key" })],
  ['a key id that is a property of every object', UNKNOWN_KEY, bringing({ kid: '__proto__' })],
  ['a key id that is not text', UNKNOWN_KEY, bringing({ kid: ['first'] })],
  ['a key id that is not published', UNKNOWN_KEY, bringing({ kid: 'second' })],
  ['another’s signature under the right key id', SIGNATURE, bringing({})],
  [
    'half a signature',
    SIGNATURE,
    `Bearer ${headerPart}.${claimsPart}.${signaturePart.slice(0, 40)}`,
  ],
  [
    'changed claims',
    SIGNATURE,
    `Bearer ${headerPart}.${encoded({ iss: ISSUER, aud: AUDIENCE, sub: 'admin', exp: NOW_S + 600 })}.${signaturePart}`,
  ],
  [
    'a changed header',
    SIGNATURE,
    `Bearer ${unsigned({ alg: 'EdDSA', typ: 'at+jwt', kid: 'first', note: 1 })}.${signaturePart}`,
  ],

  // What it says.
  [
    'another type',
    'The token’s type (typ) must be at+jwt',
    issuer.authorization({ header: { typ: 'JWT' } }),
  ],
  [
    'no type',
    'The token’s type (typ) must be at+jwt',
    issuer.authorization({ header: { typ: undefined } }),
  ],
  [
    'another audience',
    'The token is not meant for this service (aud).',
    issuer.authorization({ claims: { aud: 'other' } }),
  ],
  [
    'an audience that begins like ours',
    'The token is not meant for this service (aud).',
    issuer.authorization({ claims: { aud: `${AUDIENCE}-2` } }),
  ],
  [
    'no audience',
    'The token must have the claim “aud”.',
    issuer.authorization({ claims: { aud: undefined } }),
  ],
  [
    'another issuer',
    'The token’s issuer (iss) is not one that is trusted here.',
    issuer.authorization({ claims: { iss: 'https://evil.test' } }),
  ],
  [
    'no issuer',
    'The token’s issuer (iss) is not one that is trusted here.',
    issuer.authorization({ claims: { iss: undefined } }),
  ],
  [
    'issuers in a list',
    'The token’s issuer (iss) is not one that is trusted here.',
    issuer.authorization({ claims: { iss: [ISSUER] } }),
  ],
  [
    'an expiry that is over',
    'The token has expired. Get a new one.',
    issuer.authorization({ claims: { exp: NOW_S - 60 } }),
  ],
  [
    'no expiry',
    'The token must have the claim “exp”.',
    issuer.authorization({ claims: { exp: undefined } }),
  ],
  [
    'an expiry that is text',
    'The token’s claim “exp” is not what it must be.',
    issuer.authorization({ claims: { exp: '9999999999' } }),
  ],
  [
    'a start that is yet to come',
    'The token is not good yet (nbf).',
    issuer.authorization({ claims: { nbf: NOW_S + 60 } }),
  ],
  [
    'an issue in the future',
    'The token was issued in the future (iat).',
    issuer.authorization({ claims: { iat: NOW_S + 60 } }),
  ],
  [
    'no subject',
    'The token must have the claim “sub”.',
    issuer.authorization({ claims: { sub: undefined } }),
  ],
  ['an empty subject', SUBJECT, issuer.authorization({ claims: { sub: '' } })],
  ['a blank subject', SUBJECT, issuer.authorization({ claims: { sub: '  ' } })],
  ['a subject that is not text', SUBJECT, issuer.authorization({ claims: { sub: 7 } })],
  [
    'a subject that is too long',
    SUBJECT,
    issuer.authorization({ claims: { sub: 'x'.repeat(256) } }),
  ],
  [
    'the subject of a service',
    'The token’s subject (sub) must not begin with “service:”.',
    issuer.authorization({ claims: { sub: 'service:margin' } }),
  ],
  ['a scope that is not text', SCOPES, issuer.authorization({ claims: { scope: { all: true } } })],
  [
    'a scope that would pass on as two',
    SCOPES,
    issuer.authorization({ claims: { scp: ['read write'] } }),
  ],
];

describe('TokenVerifier, given a forged or broken token', () => {
  it.each(FORGED)('refuses %s', async (_name, message, authorization) => {
    const error = await refusal(authorization);

    expect(error).toBeInstanceOf(AuthenticationFailure);
    expect(error).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining(message) as string,
    });
  });

  it('refuses an expiry beyond all numbers', async () => {
    const endless = issuer.authorization({
      // JSON.stringify cannot write it; other issuers can.
      rewrite: (claims) => claims.replace(/"exp":\d+/, '"exp":1e999'),
    });

    expect(await refusal(endless)).toMatchObject({
      message: 'The token’s expiry (exp) must be a number of seconds.',
    });
  });

  it('refuses a token that says no key where several fit', async () => {
    const two = { keys: [issuer.jwk, new TestIssuer('second').jwk] };
    const nameless = issuer.authorization({ header: { kid: undefined } });

    expect(await refusal(nameless, { issuers: [{ ...trusted, keys: two }] })).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The token’s header must say which of its issuer’s keys it means (kid).',
    });
  });

  it('refuses what one trusted issuer signs in the name of another', async () => {
    const other = { ...trusted, issuer: 'https://other.test', keys: { keys: [stranger.jwk] } };

    expect(await refusal(stranger.authorization(), { issuers: [trusted, other] })).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: SIGNATURE,
    });
  });

  it('says nothing of the token to the caller or to the log', async () => {
    const error = await refusal(
      issuer.authorization({ claims: { sub: 'somebody', aud: 'elsewhere' } }),
    );
    const { message, cause } = error as AuthenticationFailure & { cause: Error };

    expect(message + JSON.stringify(cause, Object.getOwnPropertyNames(cause))).not.toMatch(
      /somebody|elsewhere|eyJ/,
    );
    expect(cause.message).toBe('JWTClaimValidationFailed: unexpected "aud" claim value');
  });
});

describe('TokenVerifier, with clocks that differ', () => {
  // Tokens that end, begin or are issued as many seconds from now; 30 are tolerated.
  it.each([
    ['exp', -29, 'let in'],
    ['exp', -30, 'UNAUTHENTICATED'],
    ['exp', -31, 'UNAUTHENTICATED'],
    ['nbf', 29, 'let in'],
    ['nbf', 30, 'let in'],
    ['nbf', 31, 'UNAUTHENTICATED'],
    ['iat', 29, 'let in'],
    ['iat', 30, 'let in'],
    ['iat', 31, 'UNAUTHENTICATED'],
  ])('given %s %i s from now: %s', async (claim, seconds, expected) => {
    const outcome = await refusal(issuer.authorization({ claims: { [claim]: NOW_S + seconds } }));

    expect(outcome instanceof AuthenticationFailure ? outcome.code : outcome).toBe(expected);
  });

  it('tolerates nothing where it is told to', async () => {
    const ended = issuer.authorization({ claims: { exp: NOW_S } });

    expect(await refusal(ended, { clockToleranceS: 0 })).toMatchObject({
      message: 'The token has expired. Get a new one.',
    });
  });
});

describe('TokenVerifier, asked again with the same token', () => {
  it('remembers it for a minute', async () => {
    const remembering = verifier();
    const first = await remembering.verify(issuer.authorization());
    now = NOW + 59_999;
    expect(await remembering.verify(issuer.authorization())).toBe(first);

    now = NOW + 60_000;
    const checkedAgain = await remembering.verify(issuer.authorization());
    expect(checkedAgain).toEqual(first);
    expect(checkedAgain).not.toBe(first);
  });

  it('refuses it from the moment it would be refused as new', async () => {
    const remembering = verifier();
    const short = issuer.authorization({ claims: { exp: NOW_S + 5 } });
    await remembering.verify(short);
    now = NOW + 34_999;
    expect(await remembering.verify(short)).toMatchObject({ subject: 'demo' });

    now = NOW + 35_000;
    await expect(remembering.verify(short)).rejects.toThrow('The token has expired');
  });

  it('does not remember a refusal', async () => {
    const remembering = verifier();
    const early = issuer.authorization({ claims: { nbf: NOW_S + 31 } });
    await expect(remembering.verify(early)).rejects.toThrow('not good yet');

    now = NOW + 1_000;
    expect(await remembering.verify(early)).toMatchObject({ subject: 'demo' });
  });
});

describe('TokenVerifier, given options that let in too much', () => {
  const keysAt = (url: string) => [{ ...trusted, keys: new URL(url) }];
  it.each<[string, string, object]>([
    ['an issuer twice', 'trusted twice', { issuers: [trusted, trusted] }],
    ['an issuer without a name', 'needs a name', { issuers: [{ ...trusted, issuer: '' }] }],
    ['no audience', 'needs an audience', { issuers: [{ ...trusted, audiences: [] }] }],
    ['keys over http', 'must come over https', { issuers: keysAt('http://issuer.test/jwks') }],
    [
      'a host that begins like this machine',
      'must come over https',
      { issuers: keysAt('http://127.0.0.1.evil.test/jwks') },
    ],
    ['keys in a file', 'must come over https', { issuers: keysAt('file:///etc/jwks') }],
    ['a shared secret', 'cannot be signed with HS256', { algorithms: ['HS256'] }],
    ['no signature', 'cannot be signed with none', { algorithms: ['EdDSA', 'none'] }],
    ['no algorithm', 'need an algorithm', { algorithms: [] }],
    ['an hour of tolerance', 'from 0 to 300 seconds', { clockToleranceS: 3_600 }],
    ['a tolerance that is no number', 'from 0 to 300 seconds', { clockToleranceS: NaN }],
  ])('does not start with %s', (_name, message, options) => {
    expect(() => verifier(options)).toThrow(message);
  });
});
