/** The register in PostgreSQL: rows to domain types, one query per call. */

import type { PrismaClient } from '../../prisma/generated/client.js';
import { ratio } from '../shared/units.js';
import type { Account, Asset, Owner } from './domain/account.js';
import type { AccountStore } from './service.js';

export function accountStore(prisma: PrismaClient): AccountStore {
  return {
    accountsByIds: (ids) =>
      prisma.account.findMany({ where: { id: { in: storable(ids) } }, select }),
    accountsAfter: (id, limit, ids) =>
      prisma.account.findMany({
        where: {
          id: { ...(id !== null && { gt: id }), ...(ids !== null && { in: storable(ids) }) },
        },
        orderBy: { id: 'asc' },
        take: limit,
        select,
      }),
    ownersByIds: (ids): Promise<Owner[]> =>
      prisma.owner.findMany({ where: { id: { in: storable(ids) } } }),
    linksOfAccounts: (accountIds) =>
      prisma.venueLink.findMany({
        where: { accountId: { in: storable(accountIds) } },
        select: { accountId: true, venueAccountId: true },
      }),
    assetsByIds: async (ids) =>
      (await prisma.asset.findMany({ where: { id: { in: storable(ids) } } })).map(asset),
    allAssets: async () => (await prisma.asset.findMany({ orderBy: { id: 'asc' } })).map(asset),
    accountIdsOfSubject: async (subject, limit) => {
      const members = await prisma.accountMember.findMany({
        where: { subject: { in: storable([subject]) } },
        orderBy: { accountId: 'asc' },
        take: limit,
        select: { accountId: true },
      });
      return members.map(({ accountId }) => accountId);
    },
  };
}

const select = { id: true, name: true, ownerId: true } satisfies Record<keyof Account, true>;

/** PostgreSQL's text cannot hold a null character and fails on one; so no row has such an id. */
const storable = (ids: readonly string[]) => ids.filter((id) => !id.includes('\0'));

interface AssetRow {
  readonly id: string;
  readonly name: string;
  readonly haircut: { toFixed(): string };
}

const asset = ({ id, name, haircut }: AssetRow): Asset => ({
  id,
  name,
  haircut: ratio(haircut.toFixed()),
});
