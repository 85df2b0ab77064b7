import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { post } from '../../support/graphqlClient.js';
import { askAccount, untilEquity } from './answers.js';
import { longBtc } from './fakeVenue.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let graph: MarginUnderTest;
beforeEach(async () => {
  graph = new MarginUnderTest();
  await graph.start();
});
afterEach(() => graph.stop());

const MUTATION = `mutation ($input: SwitchMarginArchitectureInput!) {
  switchMarginArchitecture(input: $input) {
    __typename
    ... on MarginArchitectureSwitched {
      previousArchitecture architecture model parameterSet { name } snapshotHash quality
      equity initialMargin occurredAt account { margin { architecture model initialMargin } }
    }
    ... on MarginArchitectureRefused {
      architecture requestedArchitecture reason message equity initialMargin shortfall occurredAt
      account { margin { architecture } }
    }
  }
}`;

const ask = async (architecture: string, idempotencyKey: string, accountId = 'fund-1') => {
  const input = { accountId, architecture, idempotencyKey };
  const { data, errors } = await post(graph.url, MUTATION, { input });
  return { answer: data?.['switchMarginArchitecture'], extensions: errors?.[0]?.extensions };
};

const architecture = async () => {
  const { account } = await askAccount(graph, 'margin { architecture }');
  return (account as { margin: { architecture: string } }).margin.architecture;
};

/** 20 000 dollars against one BTC, of which 16 % or 9 600 may be lost. */
async function wellCovered() {
  graph.deribit.tell(longBtc('deribit:1', '1', '20000'));
  await untilEquity(graph, '20000');
}

describe('a switch of architecture', () => {
  it('is in force at once, and after a restart', async () => {
    await wellCovered();
    const { answer } = await ask('PORTFOLIO', 'key-1');

    expect(answer).toMatchObject({
      __typename: 'MarginArchitectureSwitched',
      previousArchitecture: 'CROSS',
      architecture: 'PORTFOLIO',
      model: 'portfolio',
      parameterSet: { name: 'portfolio-1' },
      quality: 'LIVE',
      equity: '20000',
      account: { margin: { architecture: 'PORTFOLIO', model: 'portfolio' } },
    });
    const { initialMargin } = answer as { initialMargin: string };
    expect(Number(initialMargin)).toBeGreaterThanOrEqual(9_600);

    await graph.stopMargin();
    await graph.startMargin();
    await untilEquity(graph, '20000');
    expect(await architecture()).toBe('PORTFOLIO');
  });

  it('is refused where equity would be below the initial margin, and changes nothing', async () => {
    await untilEquity(graph, '4500');
    const { answer } = await ask('PORTFOLIO', 'key-1');
    const { initialMargin, shortfall } = answer as { initialMargin: string; shortfall: string };

    expect(answer).toMatchObject({
      __typename: 'MarginArchitectureRefused',
      architecture: 'CROSS',
      requestedArchitecture: 'PORTFOLIO',
      reason: 'BELOW_INITIAL_MARGIN',
      equity: '4500',
      account: { margin: { architecture: 'CROSS' } },
    });
    expect(Number(shortfall)).toBeCloseTo(Number(initialMargin) - 4_500, 6);
  });

  it('gives a repeated key its first answer, whatever the answer would be now', async () => {
    await untilEquity(graph, '4500');
    const refused = await ask('PORTFOLIO', 'key-1');
    await wellCovered();

    expect(await ask('PORTFOLIO', 'key-1')).toEqual(refused);
    expect(await architecture()).toBe('CROSS');
    expect((await ask('PORTFOLIO', 'key-2')).answer).toMatchObject({ architecture: 'PORTFOLIO' });
  });

  it('refuses a key that came with another architecture', async () => {
    await wellCovered();
    await ask('PORTFOLIO', 'key-1');

    expect((await ask('ISOLATED', 'key-1')).extensions).toEqual({ code: 'CONFLICT' });
    expect(await architecture()).toBe('PORTFOLIO');
  });

  it('to what is in force already changes nothing, even below the initial margin', async () => {
    graph.deribit.tell(longBtc('deribit:1', '1', '1000'));
    await untilEquity(graph, '1000');

    expect((await ask('CROSS', 'key-1')).answer).toMatchObject({
      __typename: 'MarginArchitectureSwitched',
      previousArchitecture: 'CROSS',
      architecture: 'CROSS',
    });
  });

  it('is not decided while an input is not known, or without an account', async () => {
    await untilEquity(graph, '4500');

    expect((await ask('ISOLATED', 'key-1', 'fund-2')).extensions).toMatchObject({
      code: 'VENUE_UNAVAILABLE',
    });
    expect((await ask('ISOLATED', 'key-1', 'nobody')).extensions).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(graph.architectures.stored).toEqual([]);
  });

  it.each(['', 'k'.repeat(129)])('refuses a key without use', async (key) => {
    expect((await ask('CROSS', key)).extensions).toMatchObject({ argument: 'idempotencyKey' });
  });
});

describe('margin calls', () => {
  it('follow the architecture: what is healthy under one may be called under another', async () => {
    // Alone, a BTC long with 10 000 dollars is healthy under CROSS; under PORTFOLIO 7 680 must stay.
    graph.deribit.tell(longBtc('deribit:1', '1', '10000'));
    await untilEquity(graph, '10000');
    const status = async () => (await askAccount(graph, 'margin { status marginRatio }')).account;
    expect(await status()).toMatchObject({ margin: { status: 'HEALTHY' } });
    await ask('PORTFOLIO', 'key-1');

    graph.oracle.tell('58500');

    // Equity is 8 500 and some 7 490 are required: a ratio of about 1.13.
    await vi.waitFor(async () => {
      expect(await status()).toMatchObject({ margin: { status: 'WARNING' } });
    }, 5_000);
  });
});
