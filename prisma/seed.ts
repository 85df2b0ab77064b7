/** The demo's holders, their venue accounts and the assets that can be collateral. */

import type { PrismaClient } from './generated/client.js';

const owners = [
  { id: 'owner-meridian', name: 'Meridian Capital' },
  { id: 'owner-northgate', name: 'Northgate Trading' },
  { id: 'owner-halyard', name: 'Halyard Partners' },
];

const accounts = [
  { id: 'acct-meridian', name: 'Multi-venue market making', ownerId: 'owner-meridian' },
  { id: 'acct-northgate', name: 'Directional BTC', ownerId: 'owner-northgate' },
  { id: 'acct-halyard', name: 'ETH overwriting', ownerId: 'owner-halyard' },
];

/** Who may see them: the subject of the demo's own tokens. */
const members = accounts.map(({ id }) => ({ subject: 'demo', accountId: id }));

const venueLinks = [
  { venueAccountId: 'deribit:48213', accountId: 'acct-meridian' },
  { venueAccountId: 'okx:7012994', accountId: 'acct-meridian' },
  { venueAccountId: 'bybit:2288113', accountId: 'acct-meridian' },
  { venueAccountId: 'okx:7012995', accountId: 'acct-northgate' },
  { venueAccountId: 'bybit:2288114', accountId: 'acct-northgate' },
  { venueAccountId: 'deribit:48214', accountId: 'acct-halyard' },
];

/** Haircuts grow with how fast and how far an asset falls when everybody sells. */
const assets = [
  { id: 'USD', name: 'US dollar', haircut: '0' },
  { id: 'USDC', name: 'USD Coin', haircut: '0.01' },
  { id: 'USDT', name: 'Tether', haircut: '0.01' },
  { id: 'BTC', name: 'Bitcoin', haircut: '0.05' },
  { id: 'ETH', name: 'Ether', haircut: '0.05' },
  { id: 'SOL', name: 'Solana', haircut: '0.10' },
  { id: 'LTC', name: 'Litecoin', haircut: '0.15' },
  { id: 'XRP', name: 'XRP', haircut: '0.15' },
  { id: 'ADA', name: 'Cardano', haircut: '0.15' },
  { id: 'UNI', name: 'Uniswap', haircut: '0.15' },
  { id: 'TRX', name: 'TRON', haircut: '0.15' },
  { id: 'DOGE', name: 'Dogecoin', haircut: '0.15' },
  { id: 'DOT', name: 'Polkadot', haircut: '0.15' },
  { id: 'LINK', name: 'Chainlink', haircut: '0.15' },
  { id: 'OKB', name: 'OKB', haircut: '0.20' },
];

/** Adds what is missing, all or nothing, and leaves every row that is there as it is. */
export async function seed(prisma: PrismaClient): Promise<void> {
  const skipDuplicates = true;
  await prisma.$transaction([
    prisma.owner.createMany({ data: owners, skipDuplicates }),
    prisma.account.createMany({ data: accounts, skipDuplicates }),
    prisma.accountMember.createMany({ data: members, skipDuplicates }),
    prisma.venueLink.createMany({ data: venueLinks, skipDuplicates }),
    prisma.asset.createMany({ data: assets, skipDuplicates }),
  ]);
}
