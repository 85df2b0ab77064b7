-- CreateEnum
CREATE TYPE "MarginArchitecture" AS ENUM ('ISOLATED', 'CROSS', 'PORTFOLIO');

-- CreateTable
CREATE TABLE "MarginArchitectureSwitch" (
    "accountId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "previousArchitecture" "MarginArchitecture" NOT NULL,
    "requestedArchitecture" "MarginArchitecture" NOT NULL,
    "refusal" TEXT,
    "model" TEXT NOT NULL,
    "parameterSetName" TEXT NOT NULL,
    "parameterSetHash" TEXT NOT NULL,
    "snapshotHash" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "quality" TEXT NOT NULL,
    "equity" DECIMAL(38,18) NOT NULL,
    "initialMargin" DECIMAL(38,18) NOT NULL,
    "maintenanceMargin" DECIMAL(38,18) NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MarginArchitectureSwitch_pkey" PRIMARY KEY ("accountId","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "MarginArchitectureSwitch_accountId_idempotencyKey_key" ON "MarginArchitectureSwitch"("accountId", "idempotencyKey");

-- Written by hand from here on: what the Prisma schema cannot say.

ALTER TABLE "MarginArchitectureSwitch"
    ADD CONSTRAINT "MarginArchitectureSwitch_seq_starts_at_1" CHECK ("seq" >= 1),
    ADD CONSTRAINT "MarginArchitectureSwitch_maintenanceMargin_is_not_negative" CHECK ("maintenanceMargin" >= 0),
    ADD CONSTRAINT "MarginArchitectureSwitch_initial_covers_maintenance" CHECK ("initialMargin" >= "maintenanceMargin"),
    ADD CONSTRAINT "MarginArchitectureSwitch_is_refused_with_a_reason" CHECK ("refusal" <> '');

-- What was switched when, and what was refused, is evidence: rows are added and never changed.
CREATE TRIGGER "MarginArchitectureSwitch_append_only"
    BEFORE UPDATE OR DELETE OR TRUNCATE ON "MarginArchitectureSwitch"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_log"();
