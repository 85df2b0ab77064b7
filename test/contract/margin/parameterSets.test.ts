import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentHash, type Json } from '../../../subgraphs/margin/domain/canonicalJson.js';
import { post } from '../../support/graphqlClient.js';
import { askAccount, untilEquity } from './answers.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let graph: MarginUnderTest;
beforeEach(async () => {
  graph = new MarginUnderTest();
  await graph.start();
});
afterEach(() => graph.stop());

interface Listed {
  readonly name: string;
  readonly hash: string;
  readonly models: readonly string[];
  readonly status: string;
  readonly content: string;
}

const FIELDS = 'name hash models status effectiveFrom content';

const list = async (filter = ''): Promise<readonly Listed[]> => {
  const { data, errors } = await post(graph.url, `{ parameterSets${filter} { ${FIELDS} } }`);
  expect(errors).toBeUndefined();
  return data?.['parameterSets'] as Listed[];
};

describe('the parameter sets', () => {
  it('are listed once each, with where they are in their life', async () => {
    const sets = await list();
    const named = (name: string) => sets.find((set) => set.name === name);

    expect(new Set(sets.map(({ hash }) => hash)).size).toBe(sets.length);
    expect([named('standard-1'), named('standard-2'), named('derive-pm2-1')]).toMatchObject([
      { status: 'SUPERSEDED', models: ['isolated', 'standard'] },
      { status: 'IN_FORCE', models: ['isolated', 'standard'] },
      { status: 'IN_FORCE', models: ['scenario'] },
    ]);
  });

  it('are those of a model and of a state where one asks for them', async () => {
    const scenario = await list('(model: SCENARIO, status: IN_FORCE)');

    expect(scenario.map(({ name }) => name)).toContain('unified-1');
    expect(scenario.every(({ models }) => models.includes('scenario'))).toBe(true);
    expect(await list('(status: PENDING)')).toEqual([]);
  });

  it('show the very content that their hash is over', async () => {
    const [set] = await list('(model: SCENARIO)');
    if (set === undefined) throw new Error('no set');

    expect(contentHash(JSON.parse(set.content) as Json)).toBe(set.hash);
    const query = `query ($hash: String!) { parameterSet(hash: $hash) { ${FIELDS} } }`;
    expect((await post(graph.url, query, { hash: set.hash })).data).toEqual({ parameterSet: set });
    expect((await post(graph.url, query, { hash: 'none' })).data).toEqual({ parameterSet: null });
  });
});

describe('the impact of a parameter set', () => {
  const impact = (hash: string) =>
    askAccount(
      graph,
      `parameterSetImpact(hash: "${hash}") {
        current { model parameterSet { name status } initialMargin }
        candidate { model parameterSet { name status } initialMargin }
        difference { initialMargin freeCollateral }
      }`,
    );

  it('is the margin now and under it, with its model', async () => {
    await untilEquity(graph, '4500');
    const sets = await list();
    const hashOf = (name: string) => sets.find((set) => set.name === name)?.hash ?? '';

    const superseded = await impact(hashOf('standard-1'));
    const scenario = await impact(hashOf('paradex-scan-1'));

    // 6.6 % of 60 000 under both versions.
    expect(superseded.account).toEqual({
      parameterSetImpact: {
        current: {
          model: 'standard',
          parameterSet: { name: 'standard-2', status: 'IN_FORCE' },
          initialMargin: '3960',
        },
        candidate: {
          model: 'standard',
          parameterSet: { name: 'standard-1', status: 'SUPERSEDED' },
          initialMargin: '3960',
        },
        difference: { initialMargin: '0', freeCollateral: '0' },
      },
    });
    expect(scenario.account).toMatchObject({
      parameterSetImpact: { candidate: { model: 'scenario' } },
    });
  });

  it('is not there for a hash that no set has', async () => {
    await untilEquity(graph, '4500');
    const { account, errors } = await impact('none');

    expect(account).toEqual({ parameterSetImpact: null });
    expect(errors?.[0]?.extensions).toEqual({ code: 'NOT_FOUND', id: 'none' });
  });
});
