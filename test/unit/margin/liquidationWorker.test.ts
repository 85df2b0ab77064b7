import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { liquidationPrices } from '../../../subgraphs/margin/domain/portfolio/liquidationPrices.js';
import { LiquidationWorker } from '../../../subgraphs/margin/liquidation/liquidationWorker.js';
import { MarginParameters } from '../../../subgraphs/margin/parameters/marginParameters.js';
import { readPortfolio } from '../../../subgraphs/margin/portfolioDocument.js';

const example = readFileSync(
  new URL('../../../docs/examples/portfolio.json', import.meta.url),
  'utf8',
);
const inputs = readPortfolio(example, new Date());
const model = MarginParameters.load().inForce('standard', inputs.market.at);
const asked = { ...inputs, model };

const workers: LiquidationWorker[] = [];
const worker = (timeoutMs: number) => {
  const made = new LiquidationWorker({ timeoutMs });
  workers.push(made);
  return made;
};
afterEach(async () => {
  for (const one of workers.splice(0)) await one.close();
});

const TOO_COSTLY = { extensions: { code: 'OPERATION_TOO_COSTLY' } };

describe('the thread of liquidation prices', () => {
  it('answers what would be worked out here, to each who asks', { timeout: 60_000 }, async () => {
    const expected = liquidationPrices((book, market) => model.surplus(book, market), inputs);
    const thread = worker(50_000);

    expect(await Promise.all([thread.prices(asked), thread.prices(asked)])).toEqual([
      expected,
      expected,
    ]);
  });

  it('tells who has waited for long that it takes too long', async () => {
    await expect(worker(1).prices(asked)).rejects.toMatchObject(TOO_COSTLY);
  });

  it('tells who would wait behind a hundred others', async () => {
    const thread = worker(50_000);
    const waiting = Array.from({ length: 100 }, () => thread.prices(asked));
    const outcomes = Promise.allSettled(waiting);

    await expect(thread.prices(asked)).rejects.toMatchObject(TOO_COSTLY);
    await thread.close();
    expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('refuses more than a hundred positions', async () => {
    const [venue] = inputs.book.venues;
    const position = venue?.state?.positions[0];
    if (!venue?.state || !position) throw new Error('no position');
    const positions = Array.from({ length: 101 }, () => position);
    const book = { ...inputs.book, venues: [{ ...venue, state: { ...venue.state, positions } }] };

    await expect(worker(1).prices({ ...asked, book })).rejects.toMatchObject(TOO_COSTLY);
  });
});
