import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TokenVerifier } from '../../../../../gateway/admission/authentication/tokenVerifier.js';
import {
  answering,
  startFaultyServer,
  type FaultyServer,
} from '../../../../support/faultyServer.js';
import { AUDIENCE, ISSUER, NOW, TestIssuer } from './testIssuer.js';

const [first, second] = [new TestIssuer('first'), new TestIssuer('second')];
const publishing = (...issuers: TestIssuer[]) =>
  answering(200, 'application/json', JSON.stringify({ keys: issuers.map(({ jwk }) => jwk) }));

type Fault = Parameters<FaultyServer['behave']>[0];

let server: FaultyServer;
let now: number;
let problems: string[];
let verifier: TokenVerifier;

beforeEach(async () => {
  server = await startFaultyServer();
  now = NOW;
  problems = [];
  verifier = new TokenVerifier({
    issuers: [{ issuer: ISSUER, audiences: [AUDIENCE], keys: new URL(server.url) }],
    now: () => now,
    keysTimeoutMs: 500,
    onKeysProblem: ({ message }) => problems.push(message),
  });
});
afterEach(() => server.close());

const redirecting: Fault = (_request, response) => {
  const body = JSON.stringify({ keys: [first.jwk] });
  response.writeHead(302, { location: server.url }).end(body);
};
const drip: Fault = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"keys":');
};
const fiveMegabytes: Fault = (_request, response) => {
  const text = JSON.stringify({ keys: [first.jwk], padding: 'x'.repeat(5_000_000) });
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
};

const FAULTS: readonly (readonly [string, Fault, string])[] = [
  ['hangs up', (request) => request.socket.destroy(), 'other side closed'],
  ['never answers', () => undefined, 'aborted due to timeout'],
  ['begins an answer and stops', drip, 'aborted due to timeout'],
  ['sends five megabytes', fiveMegabytes, 'longer than 262144 bytes'],
  ['redirects', redirecting, 'status 302'],
  [
    'fails, with keys in its answer',
    answering(500, 'application/json', JSON.stringify({ keys: [first.jwk] })),
    'status 500',
  ],
  ['sends a page', answering(200, 'text/html', '<html>'), 'is not valid JSON'],
  [
    'sends no key set',
    answering(200, 'application/json', '{"keys":{}}'),
    'JSON Web Key Set malformed',
  ],
  [
    'sends depths',
    answering(200, 'application/json', '['.repeat(100_000) + ']'.repeat(100_000)),
    'call stack',
  ],
];

describe('TokenVerifier, with an issuer that publishes its keys', () => {
  it('asks for them when the first token comes, and not for those that follow', async () => {
    server.behave(publishing(first));
    await Promise.all([
      verifier.verify(first.authorization()),
      verifier.verify(first.authorization({ claims: { sub: 'other' } })),
    ]);

    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('takes the next key of an issuer that changes keys, and then refuses the last', async () => {
    server.behave(publishing(first));
    await verifier.verify(first.authorization());
    server.behave(publishing(second));
    now += 60_000;

    expect(await verifier.verify(second.authorization())).toMatchObject({ subject: 'demo' });
    // Also though it was remembered until a moment ago.
    await expect(verifier.verify(first.authorization())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('forgets a remembered token when the keys change before its minute is over', async () => {
    server.behave(publishing(first, second));
    await verifier.verify(second.authorization());
    now += 59_000;
    await verifier.verify(first.authorization());
    server.behave(publishing(second));
    now += 1_000;
    await expect(
      verifier.verify(first.authorization({ header: { kid: 'forged' } })),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

    await expect(verifier.verify(first.authorization())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('is loaded when the keys are known', async () => {
    server.behave(answering(503, 'text/plain', ''));
    expect(await verifier.load()).toBe(false);

    server.behave(publishing(first));
    now += 5_000;
    expect(await verifier.load()).toBe(true);
  });
});

describe.each(FAULTS)('TokenVerifier, with an issuer that %s', (_name, fault, problem) => {
  it('lets nobody in as long as no keys are known, and says why to the log only', async () => {
    server.behave(fault);

    await expect(verifier.verify(first.authorization())).rejects.toMatchObject({
      code: 'AUTHENTICATION_UNAVAILABLE',
      message:
        'The token cannot be checked now, because its issuer’s keys are not known. Try again later.',
    });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    // Refused or not, redirects are not followed and nothing is asked twice.
    expect(server.requests).toHaveLength(1);
  });

  it('goes on with the last good keys, and finds the next when the issuer is back', async () => {
    server.behave(publishing(first));
    await verifier.verify(first.authorization());
    server.behave(fault);
    now += 600_000;
    const later = { claims: { exp: NOW / 1_000 + 7_200 } };
    expect(await verifier.verify(first.authorization(later))).toMatchObject({ subject: 'demo' });
    expect(problems).toHaveLength(1);

    server.behave(publishing(second));
    now += 60_000;
    expect(await verifier.verify(second.authorization(later))).toMatchObject({ subject: 'demo' });
  });
});
