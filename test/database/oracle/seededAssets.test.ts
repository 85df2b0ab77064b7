import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.js';
import { readDemoMarket } from '../../../subgraphs/oracle/domain/demoMarket.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();
const file = new URL('../../../subgraphs/oracle/demo/market.json', import.meta.url);

it('the demo prices exactly the assets that are seeded', async () => {
  await seed(database.prisma);
  const seeded = (await database.prisma.asset.findMany()).map(({ id }) => id);
  const priced = readDemoMarket(JSON.parse(readFileSync(file, 'utf8'))).assets.map(({ id }) => id);

  expect([...priced].sort()).toEqual(seeded.sort());
});
