-- CreateTable
CREATE TABLE "AccountMember" (
    "subject" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,

    CONSTRAINT "AccountMember_pkey" PRIMARY KEY ("subject","accountId")
);

-- CreateIndex
CREATE INDEX "AccountMember_accountId_idx" ON "AccountMember"("accountId");

-- AddForeignKey
ALTER TABLE "AccountMember" ADD CONSTRAINT "AccountMember_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on: what the Prisma schema cannot say.
ALTER TABLE "AccountMember"
    ADD CONSTRAINT "AccountMember_subject_is_somebody" CHECK ("subject" <> '');

-- A database that was filled with the demo's data before there were members has to let its user in.
INSERT INTO "AccountMember" ("subject", "accountId")
    SELECT 'demo', "id" FROM "Account"
    WHERE "id" IN ('acct-meridian', 'acct-northgate', 'acct-halyard');
