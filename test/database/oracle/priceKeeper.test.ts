import { describe, expect, it } from 'vitest';
import { databasePriceKeeper } from '../../../subgraphs/oracle/store.js';
import { price } from '../../../subgraphs/shared/units.js';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();

const bitcoin = {
  assetId: 'BTC',
  price: price('62560.123456789012345678'),
  anchor: price('12345678901234567890.123456789012345678'),
  publishedAt: new Date('2026-11-22T12:00:00.123Z'),
};
const ether = { ...bitcoin, assetId: 'ETH', price: price('0.000000000000000001') };

describe('databasePriceKeeper', () => {
  it('gives back every digit and millisecond of what was kept last', async () => {
    const keeper = databasePriceKeeper(database.prisma);
    await keeper.save([bitcoin, ether]);
    const later = {
      ...bitcoin,
      price: price('1.5'),
      publishedAt: new Date('2026-11-22T12:00:05Z'),
    };
    await keeper.save([later]);
    const kept = await keeper.load();

    expect(kept.sort((a, b) => (a.assetId < b.assetId ? -1 : 1))).toEqual([later, ether]);
  });

  it('keeps none of several prices when one of them cannot be', async () => {
    const keeper = databasePriceKeeper(database.prisma);
    await keeper.save([bitcoin, ether]);
    const changes = [
      { ...bitcoin, price: price('2') },
      { ...ether, price: price('0') },
    ];

    await expect(keeper.save(changes)).rejects.toThrow('AssetPrice_price_is_positive');
    expect((await keeper.load()).map((one) => one.price)).toEqual(
      expect.arrayContaining([bitcoin.price, ether.price]),
    );
  });
});
