/** The log of margin calls in PostgreSQL. Decimals pass as text, so that no digit is lost. */

import type { MarginCallEvent, Prisma, PrismaClient } from '../../prisma/generated/client.js';
import { format, ratio, usd } from '../shared/units.js';
import { headAfter, type CallHead, type MarginCallTransition } from './domain/calls/marginCall.js';
import type { Quality } from './domain/account/quality.js';
import { CallLogConflict, type MarginCallStore } from './live/marginCallStore.js';

export const marginCallStore = (prisma: PrismaClient): MarginCallStore => ({
  async heads(accountIds) {
    // One look into the index per account, however long its log is.
    const rows = await prisma.$queryRaw<(CallHead & { accountId: string })[]>`
      SELECT head.*
      FROM unnest(${[...accountIds]}::text[]) AS asked (id)
      CROSS JOIN LATERAL (
        SELECT "accountId", seq AS sequence, status::text, "callId"::text
        FROM "MarginCallEvent" WHERE "accountId" = asked.id ORDER BY seq DESC LIMIT 1
      ) AS head`;
    return new Map(rows.map((row): [string, CallHead] => [row.accountId, headAfter(row)]));
  },

  async append(transitions) {
    try {
      await insert(prisma, transitions);
    } catch (error) {
      if (!isTaken(error)) throw error;
      // All of them or none went in before, because one statement did it.
      for (const transition of transitions) await assertStored(prisma, transition);
    }
  },

  async read(accountId, after, limit) {
    const rows = await prisma.marginCallEvent.findMany({
      where: { accountId, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: limit,
    });
    return rows.map(transitionOf);
  },
});

async function insert(prisma: PrismaClient, transitions: readonly MarginCallTransition[]) {
  const column = <Value>(pick: (row: TextRow) => Value) => rows.map(pick);
  const rows = transitions.map(textRow);
  await prisma.$executeRaw`
    INSERT INTO "MarginCallEvent" (
      "accountId", seq, "callId", "previousStatus", status, "marginRatio", equity,
      "initialMargin", "maintenanceMargin", shortfall, quality, "parameterSetHash",
      "snapshotHash", "occurredAt"
    )
    SELECT * FROM unnest(
      ${column((row) => row.accountId)}::text[],
      ${column((row) => row.seq)}::bigint[],
      ${column((row) => row.callId)}::uuid[],
      ${column((row) => row.previousStatus)}::text[]::"MarginStatus"[],
      ${column((row) => row.status)}::text[]::"MarginStatus"[],
      ${column((row) => row.marginRatio)}::numeric[],
      ${column((row) => row.equity)}::numeric[],
      ${column((row) => row.initialMargin)}::numeric[],
      ${column((row) => row.maintenanceMargin)}::numeric[],
      ${column((row) => row.shortfall)}::numeric[],
      ${column((row) => row.quality)}::text[],
      ${column((row) => row.parameterSetHash)}::text[],
      ${column((row) => row.snapshotHash)}::text[],
      ${column((row) => row.occurredAt)}::timestamptz[]
    )`;
}

type TextRow = ReturnType<typeof textRow>;

const textRow = (transition: MarginCallTransition) => ({
  accountId: transition.accountId,
  seq: String(transition.sequence),
  callId: transition.callId,
  previousStatus: transition.previousStatus,
  status: transition.status,
  marginRatio: transition.marginRatio && format(transition.marginRatio),
  equity: format(transition.equity),
  initialMargin: format(transition.initialMargin),
  maintenanceMargin: format(transition.maintenanceMargin),
  shortfall: format(transition.shortfall),
  quality: transition.quality,
  parameterSetHash: transition.parameterSetHash,
  snapshotHash: transition.snapshotHash,
  occurredAt: transition.occurredAt.toISOString(),
});

const transitionOf = (row: MarginCallEvent): MarginCallTransition => ({
  accountId: row.accountId,
  sequence: row.seq,
  callId: row.callId,
  previousStatus: row.previousStatus,
  status: row.status,
  marginRatio: row.marginRatio && ratio(row.marginRatio.toFixed()),
  equity: usd(row.equity.toFixed()),
  initialMargin: usd(row.initialMargin.toFixed()),
  maintenanceMargin: usd(row.maintenanceMargin.toFixed()),
  shortfall: usd(row.shortfall.toFixed()),
  // The column is plain text, written by `insert` only.
  quality: row.quality as Quality,
  parameterSetHash: row.parameterSetHash,
  snapshotHash: row.snapshotHash,
  occurredAt: row.occurredAt,
});

/** Throws CallLogConflict unless the log holds this very transition: then its first try succeeded. */
async function assertStored(prisma: PrismaClient, transition: MarginCallTransition) {
  const { accountId, sequence } = transition;
  const row = await prisma.marginCallEvent.findUnique({
    where: { accountId_seq: { accountId, seq: sequence } },
  });
  const isOurs =
    row !== null &&
    JSON.stringify(textRow(transitionOf(row))) === JSON.stringify(textRow(transition));
  if (!isOurs) throw new CallLogConflict(accountId, sequence);
}

/** Whether the primary key refused the rows. */
function isTaken(error: unknown): boolean {
  const { code, meta } = error as Partial<Prisma.PrismaClientKnownRequestError>;
  return code === 'P2002' || (code === 'P2010' && JSON.stringify(meta).includes('23505'));
}
