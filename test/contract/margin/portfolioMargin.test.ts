import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { post } from '../../support/graphqlClient.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

const graph = new MarginUnderTest();
beforeAll(() => graph.start());
afterAll(() => graph.stop());

const example: unknown = JSON.parse(
  readFileSync(new URL('../../../docs/examples/portfolio.json', import.meta.url), 'utf8'),
);

const QUERY = `query ($input: PortfolioInput!, $model: MarginModelName!, $set: String) {
  portfolioMargin(input: $input, model: $model, parameterSet: $set) {
    model parameterSet { name } asOf quality equity initialMargin maintenanceMargin
    worstScenarios { underlying name profit }
    venues { venueAccountId initialMargin }
  }
}`;

const ask = async (input: unknown, model = 'STANDARD', set: string | null = null) => {
  const { data, errors } = await post(graph.url, QUERY, { input, model, set });
  return { margin: data?.['portfolioMargin'] as object | null, errors };
};

/** Long one BTC from and at 60 000. */
const long = { type: 'LINEAR', underlying: 'BTC', size: '1' };
const market = { assets: [{ asset: 'BTC', price: '60000' }] };

describe('the margin of a hypothetical portfolio', () => {
  it('is that of any model, with the parameters that it was computed with', async () => {
    const asOf = '2026-11-22T12:00:00.000Z';
    const collateral = [{ asset: 'USD', quantity: '4500' }];
    const { margin, errors } = await ask({ asOf, positions: [long], collateral, market });

    expect(errors).toBeUndefined();
    expect(margin).toEqual({
      model: 'standard',
      parameterSet: { name: 'standard-2' },
      asOf,
      quality: 'LIVE',
      equity: '4500',
      initialMargin: '3960', // 6.6 % of 60 000
      maintenanceMargin: '3000',
      worstScenarios: [],
      venues: [{ venueAccountId: 'venue:portfolio', initialMargin: '3960' }],
    });
  });

  it.each([
    ['SCENARIO', 'derive-pm2', 'derive-pm2-1'],
    ['SCENARIO', 'paradex-scan-1', 'paradex-scan-1'],
    ['SCENARIO', null, 'unified-1'],
    ['SENSITIVITY', null, 'sensitivity-1'],
    ['PORTFOLIO', null, 'portfolio-1'],
    ['ISOLATED', null, 'standard-2'],
  ])('takes the portfolio file of the command line as it is: %s %s', async (model, set, name) => {
    const { margin, errors } = await ask(example, model, set);

    expect(errors).toBeUndefined();
    expect(margin).toMatchObject({ model: model.toLowerCase(), parameterSet: { name } });
  });

  it('is nothing for nothing', async () => {
    const { margin } = await ask({ asOf: '2026-11-22T12:00:00Z' }, 'PORTFOLIO');

    expect(margin).toMatchObject({ equity: '0', initialMargin: '0', venues: [] });
  });

  it('is refused with every mistake and its path', async () => {
    const option = { type: 'OPTION', underlying: 'BTC', size: '1', strike: '0', volatility: '-1' };
    const { margin, errors } = await ask({ positions: [long, option], market });

    expect(margin).toBeNull();
    expect(errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      argument: 'input',
      problems: ['expiry', 'strike', 'optionType', 'volatility'].map((field) => ({
        path: `input.positions.1.${field}`,
        message: expect.any(String) as string,
      })),
    });
  });

  it('is refused without the price of something', async () => {
    const { errors } = await ask({ positions: [long] });

    expect(errors?.[0]?.extensions).toMatchObject({
      problems: [{ path: 'input.positions.0.underlying' }],
    });
  });

  it('of absurd sizes is refused or not known, and never a number that is none', async () => {
    const size = '99999999999999999999';
    const absurd = [
      { ...long, size },
      { ...long, type: 'INVERSE', size, multiplier: size, markPrice: '0.000000000000000001' },
    ];
    for (const model of ['STANDARD', 'SCENARIO', 'SENSITIVITY', 'PORTFOLIO']) {
      const { margin, errors } = await ask({ positions: absurd, market }, model);

      expect(margin).toBeNull();
      expect(['BAD_USER_INPUT', 'VENUE_UNAVAILABLE']).toContain(errors?.[0]?.extensions['code']);
    }
  });

  it('is refused beyond a thousand positions', async () => {
    const positions = Array.from({ length: 1_001 }, () => long);
    const { errors } = await ask({ positions, market });

    expect(errors?.[0]?.extensions).toMatchObject({
      problems: [{ path: 'input.positions', message: 'at most 1000, not 1001' }],
    });
  });

  describe('where it is liquidated', () => {
    const LIQUIDATION = `query ($input: PortfolioInput!) {
      portfolioMargin(input: $input, model: STANDARD) {
        initialMargin liquidationPrices { underlying below above }
      }
    }`;
    const liquidation = (input: object) => post(graph.url, LIQUIDATION, { input });

    it('is worked out beside the live margins', async () => {
      const collateral = [{ asset: 'USD', quantity: '4500' }];
      // The thread may need its time to start.
      await vi.waitFor(async () => {
        const { data } = await liquidation({ positions: [long], collateral, market });
        expect(data?.['portfolioMargin']).toEqual({
          initialMargin: '3960',
          // 4 500 + (P − 60 000) = 0.05 P.
          liquidationPrices: [{ underlying: 'BTC', below: '58421.0526316', above: null }],
        });
      }, 15_000);
    });

    it('is refused beyond a hundred positions, and the rest is there', async () => {
      const positions = Array.from({ length: 101 }, () => long);
      const { data, errors } = await liquidation({ positions, market });

      expect(errors).toMatchObject([
        {
          path: ['portfolioMargin', 'liquidationPrices'],
          extensions: { code: 'OPERATION_TOO_COSTLY' },
        },
      ]);
      expect(data?.['portfolioMargin']).toEqual({
        initialMargin: '399960',
        liquidationPrices: null,
      });
    });
  });

  it('is refused under a parameter set that there is not, and says which there are', async () => {
    const { errors } = await ask({ market }, 'SCENARIO', 'derive-pm3');

    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'parameterSet' });
    expect(errors?.[0]?.message).toContain('derive-pm1, derive-pm2');
  });
});
