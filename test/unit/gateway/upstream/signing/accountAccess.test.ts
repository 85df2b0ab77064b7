import { beforeEach, describe, expect, it } from 'vitest';
import { AccountAccess } from '../../../../../gateway/upstream/signing/accountAccess.js';
import { GATEWAY_CALLER } from '../../../../../gateway/upstream/signing/gatewayCaller.js';
import type { SubgraphResponse } from '../../../../../gateway/upstream/subgraphResponse.js';
import type { Upstream, UpstreamContext } from '../../../../../gateway/upstream/upstream.js';

interface Asked {
  readonly subject: string;
  readonly context: UpstreamContext;
}

const said = (...accountIds: string[]): SubgraphResponse => ({
  data: { callerAccess: { accountIds, venueAccountIds: accountIds.map((id) => `okx:${id}`) } },
});

let nowMs: number;
let asked: Asked[];
let failures: unknown[];
let answer: () => Promise<SubgraphResponse>;
let access: AccountAccess;

beforeEach(() => {
  nowMs = 0;
  asked = [];
  failures = [];
  answer = () => Promise.resolve(said('fund-1'));
  const accounts: Pick<Upstream, 'request'> = {
    request: (body, context) => {
      const { variables } = JSON.parse(body) as { variables: { subject: string } };
      asked.push({ subject: variables.subject, context });
      return answer();
    },
  };
  access = new AccountAccess({
    accounts,
    now: () => nowMs,
    onFailure: (error) => failures.push(error),
  });
});

const visible = async (subject = 'ann') => (await access.of(subject)).accountIds;
const away = () => Promise.reject(new Error('away'));

describe('what a caller may see', () => {
  it('is asked of accounts by the gateway itself, and by nobody’s deadline', async () => {
    expect(await access.of('ann')).toEqual({
      accountIds: ['fund-1'],
      venueAccountIds: ['okx:fund-1'],
    });
    expect(asked).toEqual([{ subject: 'ann', context: { headers: {}, caller: GATEWAY_CALLER } }]);
  });

  it('is known for five seconds, at once', async () => {
    const first = await access.of('ann');
    nowMs = 4_999;
    const second = access.of('ann');
    nowMs = 5_000;
    await access.of('ann');

    expect([second === first, asked.length]).toEqual([true, 2]);
  });

  it('is asked once for calls that come together, and for each subject alone', async () => {
    await Promise.all(['ann', 'ann', 'bob', 'ann'].map((subject) => visible(subject)));
    expect(asked.map(({ subject }) => subject)).toEqual(['ann', 'bob']);
  });

  it('stays the same object while it stays the same', async () => {
    const first = await access.of('ann');
    nowMs = 5_000;
    const second = await access.of('ann');
    answer = () => Promise.resolve(said('fund-2'));
    nowMs = 10_000;
    const third = await access.of('ann');

    expect([second === first, third.accountIds]).toEqual([true, ['fund-2']]);
  });

  it.each<[string, () => Promise<SubgraphResponse>]>([
    ['does not answer', away],
    ['refuses', () => Promise.resolve({ data: null, errors: [{ message: 'FORBIDDEN' }] })],
    [
      'answers in another shape',
      () => Promise.resolve({ data: { callerAccess: { accountIds: '*' } } }),
    ],
    ['answers half', () => Promise.resolve({ ...said('fund-1'), errors: [{ message: 'half' }] })],
  ])('is nothing when accounts %s, and the operator is told', async (_, broken) => {
    answer = broken;
    expect([await visible(), failures.length]).toEqual([[], 1]);
  });

  it('is asked again a second after accounts did not answer', async () => {
    answer = away;
    await visible();
    answer = () => Promise.resolve(said('fund-1'));
    nowMs = 999;
    const before = await visible();
    nowMs = 1_000;

    expect([before, await visible()]).toEqual([[], ['fund-1']]);
  });

  it('is what accounts said last, for a minute without an answer, and then nothing', async () => {
    await visible();
    answer = away;
    nowMs = 59_000;
    const last = await visible();
    nowMs = 60_000;

    expect([last, await visible()]).toEqual([['fund-1'], []]);
  });
});
