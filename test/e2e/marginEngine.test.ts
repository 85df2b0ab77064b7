import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { runningGraph } from '../support/localGraph.js';

const example: unknown = JSON.parse(
  readFileSync(new URL('../../docs/examples/portfolio.json', import.meta.url), 'utf8'),
);

interface Compared {
  readonly architecture: string;
  readonly isInForce: boolean;
  readonly isSwitchAllowed: boolean;
  readonly equity: string;
  readonly initialMargin: string;
}

const COMPARISON = `query ($id: ID!) {
  account(id: $id) {
    margin { architecture parameterSet { name hash status } snapshotHash asOf quality }
    marginComparison { architecture isInForce isSwitchAllowed equity initialMargin }
  }
}`;
const MOVE = `mutation ($price: Price!, $key: ID!) {
  movePrice(input: { assetId: "BTC", price: $price, idempotencyKey: $key }) { price }
}`;
const SWITCH = `mutation ($input: SwitchMarginArchitectureInput!) {
  switchMarginArchitecture(input: $input) {
    __typename
    ... on MarginArchitectureSwitched { architecture account { name margin { architecture } } }
    ... on MarginArchitectureRefused { architecture reason shortfall account { name } }
  }
}`;

describe('the margin engine, through the gateway', () => {
  const running = runningGraph();
  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await running.graph.ask(query, variables);
    expect(errors).toBeUndefined();
    return data ?? {};
  };
  const comparison = async (id: string) => {
    const { account } = (await ask(COMPARISON, { id })) as {
      account: { margin: { architecture: string }; marginComparison: Compared[] };
    };
    return account;
  };
  const switchTo = async (accountId: string, architecture: string, idempotencyKey: string) => {
    const input = { accountId, architecture, idempotencyKey };
    return (await ask(SWITCH, { input }))['switchMarginArchitecture'];
  };

  it('puts the architectures of an account side by side', async () => {
    const { margin, marginComparison } = await comparison('acct-meridian');

    expect(margin).toMatchObject({ architecture: 'CROSS', parameterSet: { status: 'IN_FORCE' } });
    expect(
      marginComparison.map(({ architecture, isInForce }) => [architecture, isInForce]),
    ).toEqual([
      ['ISOLATED', false],
      ['CROSS', true],
      ['PORTFOLIO', false],
    ]);
  });

  it('switches where that is safe, and remembers it over a restart', async () => {
    const key = randomUUID();
    const switched = await switchTo('acct-meridian', 'PORTFOLIO', key);

    expect(switched).toMatchObject({
      __typename: 'MarginArchitectureSwitched',
      architecture: 'PORTFOLIO',
      account: { name: expect.any(String) as string, margin: { architecture: 'PORTFOLIO' } },
    });
    expect(await switchTo('acct-meridian', 'PORTFOLIO', key)).toEqual(switched);
    await running.graph.stop();
    await running.startAgain();
    expect((await comparison('acct-meridian')).margin.architecture).toBe('PORTFOLIO');
    expect((await comparison('acct-northgate')).margin.architecture).toBe('CROSS');
  });

  it('refuses a switch that would put the account below its initial margin', async () => {
    await ask(MOVE, { price: '65000', key: randomUUID() });
    // Its loss at one venue is no longer paid by what it has at the other.
    await vi.waitFor(async () => {
      const { marginComparison } = await comparison('acct-northgate');
      expect(marginComparison[0]).toMatchObject({ isSwitchAllowed: false });
    }, 10_000);

    expect(await switchTo('acct-northgate', 'ISOLATED', randomUUID())).toMatchObject({
      __typename: 'MarginArchitectureRefused',
      architecture: 'CROSS',
      reason: 'BELOW_INITIAL_MARGIN',
      account: { name: expect.any(String) as string },
    });
    expect((await comparison('acct-northgate')).margin.architecture).toBe('CROSS');
    await ask(MOVE, { price: '68000', key: randomUUID() });
  });

  it('says what would be', async () => {
    const query = `query ($input: WhatIfInput!) {
      whatIf(accountId: "acct-northgate", input: $input) { difference { equity initialMargin } }
      account(id: "acct-northgate") { whatIf(input: $input) { difference { equity initialMargin } } }
    }`;
    const input = { shocks: [{ underlying: 'BTC', price: '-0.1' }] };
    const { whatIf } = (await ask(query, { input })) as {
      whatIf: { difference: { equity: string } };
    };

    expect(Number(whatIf.difference.equity)).toBeLessThan(0);
  });

  it('margins a portfolio that need not exist, and names every mistake in one', async () => {
    const query = `query ($input: PortfolioInput!) {
      portfolioMargin(input: $input, model: SCENARIO, parameterSet: "derive-pm2") {
        parameterSet { name } initialMargin worstScenarios { underlying name }
      }
    }`;
    const { portfolioMargin } = await ask(query, { input: example });
    expect(portfolioMargin).toMatchObject({ parameterSet: { name: 'derive-pm2-1' } });

    const option = { type: 'OPTION', underlying: 'BTC', size: '1', strike: '0' };
    const { errors } = await running.graph.ask(query, { input: { positions: [option] } });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: ['expiry', 'strike', 'optionType'].map((field) => ({
        path: `input.positions.0.${field}`,
      })),
    });
  });
});
