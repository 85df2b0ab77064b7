import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN_TYPE } from '../../../subgraphs/shared/callerToken/callerClaims.js';
import { publicSigningKey } from '../../../subgraphs/shared/callerToken/signingKey.js';
import {
  base64url,
  callHeaders,
  connectionParams,
  foreignKey,
  forgedToken,
  gatewayKey,
  goodClaims,
  subjectSeeing,
} from '../../support/signedCalls.js';
import {
  startAccounts,
  startMargin,
  startOracle,
  startVenue,
  type SignedSubgraph,
} from './graphUnderTest.js';

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly authorization?: string | readonly string[] | undefined;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** By node:http, which sends a header twice where fetch would join the two. */
const send = (url: string, sent: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method = 'POST', path = '/graphql', body = BODY, authorization } = sent;
    const headers: Record<string, string | string[]> = { 'content-type': 'application/json' };
    if (authorization !== undefined) {
      headers['authorization'] =
        typeof authorization === 'string' ? authorization : [...authorization];
    }
    const request = httpRequest(new URL(path, url), { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
    request.end(method === 'GET' ? undefined : body);
  });

const BODY = '{"query":"{ __typename }"}';
const ANN = subjectSeeing();
const good = (audience: string, body = BODY) => callHeaders(audience, body, ANN).authorization;
const bearer = (token: string) => `Bearer ${token}`;
const now = () => Math.floor(Date.now() / 1_000);

/** The good token with other claims in the place of some, and the signature as it was. */
const edited = (audience: string, claims: object) => {
  const [head, payload = '', signature] = good(audience).split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [head, base64url(JSON.stringify({ ...before, ...claims })), signature].join('.');
};

const unsignedBy = (header: object, audience: string, signature = '') =>
  bearer(
    [JSON.stringify(header), JSON.stringify(goodClaims(audience, BODY))].map(base64url).join('.') +
      `.${signature}`,
  );

/** By the public key, for who takes an asymmetric key for a shared secret. */
const confused = (audience: string) => {
  const header = { alg: 'HS256', typ: TOKEN_TYPE.call, kid: gatewayKey.id };
  const secret = JSON.stringify(publicSigningKey(gatewayKey, 'gateway'));
  const signed = unsignedBy(header, audience).slice('Bearer '.length, -1);
  return bearer(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`);
};

const forged = (audience: string, claims: object, options?: Parameters<typeof forgedToken>[1]) =>
  bearer(forgedToken({ ...goodClaims(audience, BODY), ...claims }, options));

const forgeries: readonly (readonly [string, (audience: string) => Sent])[] = [
  ['without a token', () => ({})],
  ['with the caller’s own kind of token', () => ({ authorization: 'Basic YW5uOmFubg==' })],
  ['with half a token', (to) => ({ authorization: good(to).slice(0, -20) })],
  ['with two tokens', (to) => ({ authorization: [good(to), good(to)] })],
  ['with a token and something behind it', (to) => ({ authorization: `${good(to)}, ${good(to)}` })],
  [
    'signed by a key that nobody trusts',
    (to) => ({ authorization: forged(to, {}, { key: foreignKey }) }),
  ],
  [
    'signed by a key that goes by the name of the gateway’s',
    (to) => ({
      authorization: forged(to, {}, { key: foreignKey, header: { kid: gatewayKey.id } }),
    }),
  ],
  [
    'signed by a key that the token brings along',
    (to) => ({
      authorization: forged(
        to,
        {},
        {
          key: foreignKey,
          header: { kid: undefined, jwk: publicSigningKey(foreignKey, 'gateway') },
        },
      ),
    }),
  ],
  [
    'signed by nobody (alg none)',
    (to) => ({
      authorization: unsignedBy(
        { alg: 'none', typ: TOKEN_TYPE.call, kid: gatewayKey.id },
        to,
        'AA',
      ),
    }),
  ],
  ['signed by the public key as a secret', (to) => ({ authorization: confused(to) })],
  [
    'signed by the gateway in the name of margin',
    (to) => ({ authorization: forged(to, { iss: 'margin' }) }),
  ],
  ['signed for another subgraph', () => ({ authorization: good('elsewhere') })],
  [
    'signed for several subgraphs',
    (to) => ({ authorization: forged(to, { aud: [to, 'elsewhere'] }) }),
  ],
  [
    'signed 31 seconds ago',
    (to) => ({
      authorization: forged(to, { iat: now() - 31, exp: now() - 6 }),
    }),
  ],
  [
    'signed 31 seconds ago, and in force for a minute',
    (to) => ({
      authorization: forged(to, { iat: now() - 31, exp: now() + 29 }),
    }),
  ],
  [
    'signed in the future',
    (to) => ({ authorization: forged(to, { iat: now() + 20, exp: now() + 40 }) }),
  ],
  ['in force for an hour', (to) => ({ authorization: forged(to, { exp: now() + 3_600 }) })],
  ['in force for ever', (to) => ({ authorization: forged(to, { exp: undefined }) })],
  ['without an id', (to) => ({ authorization: forged(to, { jti: undefined }) })],
  ['without the body’s hash', (to) => ({ authorization: forged(to, { body: undefined }) })],
  [
    'without the accounts that may be seen',
    (to) => ({ authorization: forged(to, { accounts: undefined }) }),
  ],
  [
    'with another body',
    (to) => ({ authorization: good(to), body: '{"query":"{ __schema { __typename } }"}' }),
  ],
  [
    'with a body that a space was added to',
    (to) => ({ authorization: good(to), body: `${BODY} ` }),
  ],
  [
    'with a body that is no JSON any more',
    (to) => ({ authorization: good(to), body: BODY.slice(1) }),
  ],
  ['in the name of another subject', (to) => ({ authorization: edited(to, { sub: 'bob' }) })],
  ['for more accounts', (to) => ({ authorization: edited(to, { accounts: '*' }) })],
  [
    'of a kind that opens WebSockets',
    (to) => ({
      authorization: connectionParams(to, ANN).authorization,
      body: '',
    }),
  ],
  [
    'as a GET',
    (to) => ({
      method: 'GET',
      path: '/graphql?query={__typename}',
      authorization: good(to, ''),
    }),
  ],
  ['as a PUT', (to) => ({ method: 'PUT', authorization: good(to) })],
  ['to an address below', (to) => ({ path: '/graphql/more', authorization: good(to) })],
  [
    'with a query in the address too',
    (to) => ({ path: '/graphql?query={x}', authorization: good(to) }),
  ],
];

describe.each<[string, () => Promise<SignedSubgraph>]>([
  ['accounts', startAccounts],
  ['oracle', startOracle],
  ['margin', startMargin],
  ['deribit', () => startVenue('deribit')],
  ['bybit', () => startVenue('bybit')],
])('the subgraph %s', (audience, start) => {
  let subgraph: SignedSubgraph;
  beforeAll(async () => {
    subgraph = await start();
  });
  afterAll(() => subgraph.close());

  it('answers what the gateway has signed for it', async () => {
    const answer = await send(subgraph.url, { authorization: good(audience) });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { data: { __typename: 'Query' } },
    ]);
  });

  it.each(forgeries)('refuses a call %s', async (_, forgery) => {
    const { status, text } = await send(subgraph.url, forgery(audience));
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors: unknown };
    expect({ status, data, errors }).toMatchObject({
      status: 401,
      data: undefined,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('says nothing of what it was sent, or of how it works', async () => {
    const answers = await Promise.all(
      forgeries.map(([, one]) => send(subgraph.url, one(audience))),
    );
    const said = answers.map(({ text }) => text).join('\n');
    expect(said).not.toMatch(/eyJ|node_modules|\.ts|at Object|\b(ann|bob|elsewhere)\b/);
  });

  it('answers probes, which nobody signs', async () => {
    const { status } = await send(subgraph.url, { method: 'GET', path: '/health' });
    expect(status).toBe(200);
  });
});

describe.each<[string, () => Promise<SignedSubgraph>, string]>([
  [
    'oracle',
    startOracle,
    'mutation { movePrice(input: { assetId: "BTC", price: "61000", idempotencyKey: "k" }) { price } }',
  ],
  [
    'margin',
    startMargin,
    'mutation { switchMarginArchitecture(input: { accountId: "x", architecture: CROSS, idempotencyKey: "k" }) { __typename } }',
  ],
])('a mutation of %s', (audience, start, query) => {
  let subgraph: SignedSubgraph;
  beforeAll(async () => {
    subgraph = await start();
  });
  afterAll(() => subgraph.close());

  it('is taken once, and refused when it comes again', async () => {
    const body = JSON.stringify({ query });
    const sent = { body, authorization: good(audience, body) };
    const [first, second] = [await send(subgraph.url, sent), await send(subgraph.url, sent)];

    expect([first.status, second.status, JSON.parse(second.text)]).toMatchObject([
      200,
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
  });

  it('is taken again under a signature of its own', async () => {
    const body = JSON.stringify({ query });
    const again = () => send(subgraph.url, { body, authorization: good(audience, body) });

    expect([(await again()).status, (await again()).status]).toEqual([200, 200]);
  });

  it('is taken once when many copies come together', async () => {
    const body = JSON.stringify({ query });
    const sent = { body, authorization: good(audience, body) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(subgraph.url, sent)));

    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array<number>(19).fill(401),
    ]);
  });
});
