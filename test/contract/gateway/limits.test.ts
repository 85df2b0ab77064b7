import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Caller } from '../../../gateway/admission/caller.js';
import { CostRates } from '../../../gateway/admission/rates/costRates.js';
import { DEFAULT_LIMITS } from '../../../gateway/admission/limits/operationLimits.js';
import { startEchoGateway, type EchoGateway } from '../../support/echoGateway.js';

const BODY_BYTES = 2_000;

/** Each limit with an operation of a given size, in every way in which the size may be written. */
const WAYS: readonly [limit: string, way: string, max: number, (size: number) => string][] = [
  // `{`, `}` and a name each.
  ['tokens', 'plainly', 40, (size) => `{ thing { ${'id '.repeat(size - 5)} } }`],
  [
    'tokens',
    'with comments, which are none',
    40,
    (size) => `# long ${'x '.repeat(99)}\n{ thing { ${'id '.repeat(size - 5)} } }`,
  ],
  [
    'tokens',
    'with one long text',
    40,
    (size) => `{ echo(text: "${'ä'.repeat(300)}") thing { ${'id '.repeat(size - 11)} } }`,
  ],
  ['depth', 'plainly', 5, (size) => `{ ${'thing { '.repeat(size - 1)} id ${'} '.repeat(size)}`],
  [
    'depth',
    'through fragments',
    5,
    (size) =>
      `{ thing { ...F } } fragment F on Thing { ${'thing { '.repeat(size - 2)} id ${'} '.repeat(size - 2)} }`,
  ],
  [
    'depth',
    'through fragments without a type',
    5,
    (size) => `{ ${'thing { ... { '.repeat(size - 1)} id ${'} } '.repeat(size - 1)} }`,
  ],
  ['aliases', 'plainly', 4, (size) => `{ thing { ${aliases(size, 'id')} } }`],
  ['aliases', 'at the root', 4, (size) => `{ ${aliases(size, 'echo')} }`],
  [
    'aliases',
    'through a fragment that is used twice',
    4,
    (size) =>
      `{ thing { ...F thing { ...F ${aliases(size - 4, 'name', 'z')} } } } fragment F on Thing { a: id b: id }`,
  ],
  ['rootFields', 'plainly', 4, (size) => `{ ${'echo '.repeat(size)} }`],
  [
    'rootFields',
    'through a fragment',
    4,
    (size) => `{ ...F echo } fragment F on Query { ${'echo '.repeat(size - 1)} }`,
  ],
  ['directives', 'plainly', 3, (size) => `{ thing { ${'id @include(if: true) '.repeat(size)} } }`],
  [
    'directives',
    'on fragments',
    3,
    (size) => `{ thing { ${'... @skip(if: false) { id } '.repeat(size)} } }`,
  ],
  ['cost', 'as objects', 4, (size) => `{ ${'thing { '.repeat(size)} id ${'} '.repeat(size)} }`],
];

function aliases(count: number, field: string, prefix = 'x'): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}: ${field}`).join(' ');
}

describe('a limit on operations', () => {
  const limits = Object.fromEntries(WAYS.map(([limit, , max]) => [limit, max]));
  const gateways = new Map<string, EchoGateway>();
  beforeAll(async () => {
    // One limit each, so that no other is met before it.
    for (const [limit, max] of Object.entries(limits)) {
      const own = { ...DEFAULT_LIMITS, [limit]: max };
      gateways.set(limit, await startEchoGateway({ limits: own }, { bodyBytesMax: BODY_BYTES }));
    }
  });
  afterAll(() => Promise.all([...gateways.values()].map((one) => one.close())));

  const ask = async (limit: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(gateways.get(limit)?.server.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  };
  interface Answer {
    readonly data?: object;
    readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
  }

  describe.each(WAYS)('%s, reached %s,', (limit, _way, max, operation) => {
    it.each([max - 1, max])('takes %i', async (size) => {
      const { answer } = await ask(limit, JSON.stringify({ query: operation(size) }));
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toBeTypeOf('object');
    });

    it('refuses one more, by the name of the limit and its value', async () => {
      const query = operation(max + 1);
      const accept = { accept: 'application/graphql-response+json' };
      const { status, answer } = await ask(limit, JSON.stringify({ query }), accept);
      expect(status).toBe(400);
      expect(answer.data).toBeUndefined();
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'OPERATION_TOO_COSTLY',
        limit,
        max,
      });
      expect(answer.errors?.[0]?.message).toContain(String(max));
    });
  });

  it('takes a body of as many bytes, and refuses one more', async () => {
    const padded = (bytes: number) => {
      const body = JSON.stringify({ query: '{ echo }', extensions: {} });
      return body + ' '.repeat(bytes - body.length);
    };
    const [at, over] = await Promise.all([
      ask('cost', padded(BODY_BYTES)),
      ask('cost', padded(BODY_BYTES + 1)),
    ]);
    expect(at).toMatchObject({ status: 200, answer: { data: { echo: null } } });
    expect(over).toMatchObject({
      status: 413,
      answer: { errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] },
    });
  });
});

describe('a limit on rates', () => {
  let gateway: EchoGateway;
  beforeAll(async () => {
    const rates = new CostRates({ perSubject: 8, perAddress: 2 });
    const desk: Caller = { subject: 'desk', scopes: new Set(), expiresAt: null };
    gateway = await startEchoGateway(
      { spend: (asker, cost) => rates.spend(asker, cost) },
      { authenticate: (header) => Promise.resolve(header === undefined ? ANONYMOUS : desk) },
    );
  });
  afterAll(() => gateway.close());

  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(gateway.server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after') };
  };

  it('counts what operations cost, aliases and all, and says when to come back', async () => {
    const four = '{ a: thing { id } b: thing { id } c: thing { thing { id } } }';
    const authorization = { authorization: 'Bearer x' };
    expect(await ask(four, authorization)).toMatchObject({ status: 200 });
    expect(await ask(four, authorization)).toMatchObject({ status: 200 });
    const refused = await ask('{ echo }', authorization);
    expect(refused.status).toBe(429);
    expect(Number(refused.retryAfter)).toBeGreaterThan(50);
    // Those without a token have a budget of their own.
    expect(await ask('{ thing { id } }')).toMatchObject({ status: 200 });
  });
});
