-- Contracts: the narrower key of account_notices, which 0.1.0 was the last to have; nothing finds a row by it.
-- AlterTable
ALTER TABLE "account_notices" DROP CONSTRAINT "account_notices_pkey",
ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "account_notices_pkey" PRIMARY KEY ("account_id", "duty", "subject", "due_on", "level");
