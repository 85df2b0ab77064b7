/** The demo's prices in PostgreSQL. */

import type { PrismaClient } from '../../prisma/generated/client.js';
import { format, price } from '../shared/units.js';
import type { PriceKeeper } from './priceKeeper.js';

export function databasePriceKeeper(prisma: PrismaClient): PriceKeeper {
  return {
    load: async () => {
      const rows = await prisma.assetPrice.findMany();
      return rows.map((row) => ({
        ...row,
        price: price(row.price.toFixed()),
        anchor: price(row.anchor.toFixed()),
      }));
    },
    save: async (prices) => {
      const ids = prices.map(({ assetId }) => assetId);
      const values = prices.map((kept) => format(kept.price));
      const anchors = prices.map(({ anchor }) => format(anchor));
      const instants = prices.map(({ publishedAt }) => publishedAt);
      // One statement, for all of them count or none.
      await prisma.$executeRaw`
        INSERT INTO "AssetPrice" ("assetId", "price", "anchor", "publishedAt")
        SELECT * FROM unnest(${ids}::text[], ${values}::numeric[], ${anchors}::numeric[],
                             ${instants}::timestamptz[])
        ON CONFLICT ("assetId") DO UPDATE SET
          "price" = excluded."price",
          "anchor" = excluded."anchor",
          "publishedAt" = excluded."publishedAt"`;
    },
  };
}
