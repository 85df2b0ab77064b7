import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { post } from '../../support/graphqlClient.js';
import { askAccount, untilEquity } from './answers.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

// Nothing that is asked here changes anything.
const graph = new MarginUnderTest();
beforeAll(async () => {
  await graph.start();
  await untilEquity(graph, '4500');
});
afterAll(() => graph.stop());

/** fund-1 is long one BTC at deribit from and at 60 000, with 4 500 dollars. */
const ANSWER = `{
  before { equity initialMargin maintenanceMargin snapshotHash }
  after { equity initialMargin maintenanceMargin snapshotHash }
  difference { equity initialMargin maintenanceMargin freeCollateral }
  incremental { initialMargin maintenanceMargin }
}`;
const QUERY = `query ($accountId: ID!, $input: WhatIfInput!) {
  whatIf(accountId: $accountId, input: $input) ${ANSWER}
}`;

interface WhatIf {
  readonly before: Figures;
  readonly after: Figures;
  readonly difference: Figures & { readonly freeCollateral: string };
  readonly incremental: Figures;
}

interface Figures {
  readonly equity: string;
  readonly initialMargin: string;
  readonly maintenanceMargin: string;
  readonly snapshotHash: string;
}

const ask = async (input: object, accountId = 'fund-1') => {
  const { data, errors } = await post(graph.url, QUERY, { accountId, input });
  return { answer: data?.['whatIf'] as WhatIf, extensions: errors?.[0]?.extensions };
};

const sell = { venueAccountId: 'okx:7', instrumentId: 'deribit:BTC-LINEAR', size: '-0.4' };

describe('a what-if', () => {
  it('of nothing changes nothing', async () => {
    const { answer } = await ask({});

    expect(answer.after).toEqual(answer.before);
    expect(answer.difference).toEqual({
      equity: '0',
      initialMargin: '0',
      maintenanceMargin: '0',
      freeCollateral: '0',
    });
    expect(answer.incremental).toEqual({ initialMargin: '0', maintenanceMargin: '0' });
  });

  it('of trades says what they add, and leaves the account as it is', async () => {
    const { answer } = await ask({ trades: [{ ...sell, venueAccountId: 'deribit:1' }] });

    // 0.6 BTC are left: 6.6 % and 5 % of 36 000, after those of 60 000.
    expect(answer.before).toMatchObject({ initialMargin: '3960', maintenanceMargin: '3000' });
    expect(answer.after).toMatchObject({ initialMargin: '2376', maintenanceMargin: '1800' });
    expect(answer.difference).toEqual({
      equity: '0',
      initialMargin: '-1584',
      maintenanceMargin: '-1200',
      freeCollateral: '1584',
    });
    expect(answer.incremental).toEqual({ initialMargin: '-1584', maintenanceMargin: '-1200' });
    expect(answer.after.snapshotHash).not.toBe(answer.before.snapshotHash);
    await untilEquity(graph, '4500');
  });

  it('of a price move says what is lost, and leaves it out of what trades add', async () => {
    const { answer } = await ask({ shocks: [{ underlying: 'BTC', price: '-0.05' }] });

    // 3 000 are lost on one BTC, and 57 000 are left of its notional.
    expect(answer.after).toMatchObject({ equity: '1500', initialMargin: '3762' });
    expect(answer.incremental).toEqual({ initialMargin: '0', maintenanceMargin: '0' });
  });

  it('of collateral paid in, taken out and moved counts it where it is', async () => {
    const move = { asset: 'USD', quantity: '1000' };
    const paidIn = await ask({ collateralMoves: [{ ...move, toVenueAccountId: 'okx:7' }] });
    const takenOut = await ask({ collateralMoves: [{ ...move, fromVenueAccountId: 'deribit:1' }] });
    const moved = await ask({
      collateralMoves: [{ ...move, fromVenueAccountId: 'deribit:1', toVenueAccountId: 'okx:7' }],
    });

    const changes = [paidIn, takenOut, moved].map(({ answer }) => answer.difference.equity);
    expect(changes).toEqual(['1000', '-1000', '0']);
  });

  it('of a contract that the account has never held takes its terms from the input', async () => {
    const option = {
      id: 'deribit:BTC-25DEC26-70000-C',
      type: 'OPTION',
      underlying: 'BTC',
      expiry: '2030-12-25T08:00:00Z',
      strike: '70000',
      optionType: 'CALL',
    };
    const trade = { venueAccountId: 'deribit:1', instrument: option, size: '-0.01', price: '9000' };
    const { answer } = await ask({ trades: [trade] });

    // The premium is paid in: equity does not count short options under CROSS.
    expect(answer.difference.equity).toBe('90');
    expect(Number(answer.incremental.initialMargin)).toBeGreaterThan(0);
  });

  it('is the same below the account', async () => {
    const input = '{ shocks: [{ underlying: "BTC", price: "-0.05" }], secondsLater: 60 }';
    const { account, errors } = await askAccount(graph, `whatIf(input: ${input}) ${ANSWER}`);

    expect(errors).toBeUndefined();
    expect(account).toMatchObject({ whatIf: { after: { equity: '1500' } } });
  });

  it.each([
    ['trades.0.size', { trades: [{ ...sell, size: '0' }] }],
    ['trades.1.venueAccountId', { trades: [sell, { ...sell, venueAccountId: 'x:1' }] }],
    ['trades.0.instrument', { trades: [{ ...sell, instrumentId: 'deribit:X' }] }],
    ['trades.0', { trades: [{ venueAccountId: 'okx:7', size: '1' }] }],
    ['trades', { trades: Array.from({ length: 201 }, () => sell) }],
    ['shocks.0.underlying', { shocks: [{ underlying: 'DOGE', price: '0.1' }] }],
    ['shocks.0.price', { shocks: [{ underlying: 'BTC', price: '-1' }] }],
    ['shocks.0.volatility', { shocks: [{ underlying: 'BTC', volatility: '-2' }] }],
    ['collateralMoves.0.toVenueAccountId', { collateralMoves: [{ asset: 'USD', quantity: '1' }] }],
    [
      'collateralMoves.0.quantity',
      { collateralMoves: [{ asset: 'USD', quantity: '4501', fromVenueAccountId: 'deribit:1' }] },
    ],
    ['secondsLater', { secondsLater: -1 }],
  ])('that cannot be is refused with the path of the mistake: %s', async (path, input) => {
    const { answer, extensions } = await ask(input);

    expect(answer).toBeNull();
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      argument: 'input',
      problems: [{ path: `input.${path}`, message: expect.any(String) as string }],
    });
  });

  it('names every mistake in the terms of a contract', async () => {
    const instrument = { id: 'x:y', type: 'OPTION', underlying: 'BTC', multiplier: '0' };
    const { extensions } = await ask({
      trades: [{ venueAccountId: 'okx:7', instrument, size: '1' }],
    });
    const { problems } = extensions as { problems: { path: string }[] };

    expect(problems.map(({ path }) => path)).toEqual(
      ['multiplier', 'expiry', 'optionType', 'strike'].map(
        (field) => `input.trades.0.instrument.${field}`,
      ),
    );
  });

  it('is not known for an account that is not', async () => {
    expect((await ask({}, 'fund-2')).extensions).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
    expect((await ask({}, 'nobody')).extensions).toEqual({ code: 'NOT_FOUND', id: 'nobody' });
  });
});
