-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "MarginStatus" AS ENUM ('HEALTHY', 'WARNING', 'CALL', 'LIQUIDATION');

-- CreateTable
CREATE TABLE "Owner" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Owner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VenueLink" (
    "venueAccountId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VenueLink_pkey" PRIMARY KEY ("venueAccountId")
);

-- CreateTable
CREATE TABLE "Asset" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "haircut" DECIMAL(38,18) NOT NULL,

    CONSTRAINT "Asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssetPrice" (
    "assetId" TEXT NOT NULL,
    "price" DECIMAL(38,18) NOT NULL,
    "anchor" DECIMAL(38,18) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AssetPrice_pkey" PRIMARY KEY ("assetId")
);

-- CreateTable
CREATE TABLE "MarginCallEvent" (
    "accountId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "callId" UUID,
    "previousStatus" "MarginStatus" NOT NULL,
    "status" "MarginStatus" NOT NULL,
    "marginRatio" DECIMAL(38,18),
    "equity" DECIMAL(38,18) NOT NULL,
    "initialMargin" DECIMAL(38,18) NOT NULL,
    "maintenanceMargin" DECIMAL(38,18) NOT NULL,
    "shortfall" DECIMAL(38,18) NOT NULL,
    "quality" TEXT NOT NULL,
    "parameterSetHash" TEXT NOT NULL,
    "snapshotHash" TEXT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MarginCallEvent_pkey" PRIMARY KEY ("accountId","seq")
);

-- CreateIndex
CREATE INDEX "Account_ownerId_idx" ON "Account"("ownerId");

-- CreateIndex
CREATE INDEX "VenueLink_accountId_idx" ON "VenueLink"("accountId");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VenueLink" ADD CONSTRAINT "VenueLink_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the Prisma schema cannot say.

ALTER TABLE "Asset"
    ADD CONSTRAINT "Asset_haircut_is_a_share" CHECK ("haircut" BETWEEN 0 AND 1);

ALTER TABLE "AssetPrice"
    ADD CONSTRAINT "AssetPrice_price_is_positive" CHECK ("price" > 0 AND "price" <> 'NaN'),
    ADD CONSTRAINT "AssetPrice_anchor_is_positive" CHECK ("anchor" > 0 AND "anchor" <> 'NaN');

ALTER TABLE "MarginCallEvent"
    ADD CONSTRAINT "MarginCallEvent_seq_starts_at_1" CHECK ("seq" >= 1),
    ADD CONSTRAINT "MarginCallEvent_maintenanceMargin_is_not_negative" CHECK ("maintenanceMargin" >= 0),
    ADD CONSTRAINT "MarginCallEvent_initial_covers_maintenance" CHECK ("initialMargin" >= "maintenanceMargin"),
    ADD CONSTRAINT "MarginCallEvent_shortfall_is_not_negative" CHECK ("shortfall" >= 0);

-- The log of margin calls is evidence: rows are added and never changed.
CREATE FUNCTION "refuse_change_of_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on "%" refused: it is an append-only log', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$;

CREATE TRIGGER "MarginCallEvent_append_only"
    BEFORE UPDATE OR DELETE OR TRUNCATE ON "MarginCallEvent"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_log"();
