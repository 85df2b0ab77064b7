/** The log of architecture switches in PostgreSQL. Decimals pass as text, so that no digit is lost. */

import type {
  MarginArchitectureSwitch as SwitchRow,
  PrismaClient,
} from '../../prisma/generated/client.js';
import { format, usd } from '../shared/units.js';
import type { Quality } from './domain/account/quality.js';
import type {
  ArchitectureHead,
  ArchitectureStore,
  ArchitectureSwitch,
  SwitchRefusal,
} from './live/architectureSwitch.js';

export const architectureStore = (prisma: PrismaClient): ArchitectureStore => ({
  heads: () => heads(prisma, null),

  head: async (accountId) => (await heads(prisma, accountId)).get(accountId) ?? null,

  async find(accountId, idempotencyKey) {
    const row = await prisma.marginArchitectureSwitch.findUnique({
      where: { accountId_idempotencyKey: { accountId, idempotencyKey } },
    });
    return row && switchOf(row);
  },

  async append({ sequence, parameterSet, ...answer }) {
    await prisma.marginArchitectureSwitch.create({
      data: {
        ...answer,
        seq: sequence,
        parameterSetName: parameterSet.name,
        parameterSetHash: parameterSet.hash,
        equity: format(answer.equity),
        initialMargin: format(answer.initialMargin),
        maintenanceMargin: format(answer.maintenanceMargin),
      },
    });
  },
});

/** Of one account, or of all for null. */
async function heads(prisma: PrismaClient, accountId: string | null) {
  // A refusal leaves what was in force before it, so the last row alone tells.
  const rows = await prisma.$queryRaw<(ArchitectureHead & { accountId: string })[]>`
    SELECT DISTINCT ON ("accountId") "accountId", seq AS sequence,
      (CASE WHEN refusal IS NULL THEN "requestedArchitecture" ELSE "previousArchitecture" END)::text
        AS architecture
    FROM "MarginArchitectureSwitch"
    WHERE ${accountId}::text IS NULL OR "accountId" = ${accountId}
    ORDER BY "accountId", seq DESC`;
  return new Map(rows.map(({ accountId: id, ...head }): [string, ArchitectureHead] => [id, head]));
}

const switchOf = (row: SwitchRow): ArchitectureSwitch => ({
  accountId: row.accountId,
  sequence: row.seq,
  idempotencyKey: row.idempotencyKey,
  previousArchitecture: row.previousArchitecture,
  requestedArchitecture: row.requestedArchitecture,
  // These two columns are plain text, written by `append` only.
  refusal: row.refusal as SwitchRefusal | null,
  quality: row.quality as Quality,
  model: row.model,
  parameterSet: { name: row.parameterSetName, hash: row.parameterSetHash },
  snapshotHash: row.snapshotHash,
  asOf: row.asOf,
  equity: usd(row.equity.toFixed()),
  initialMargin: usd(row.initialMargin.toFixed()),
  maintenanceMargin: usd(row.maintenanceMargin.toFixed()),
  occurredAt: row.occurredAt,
});
