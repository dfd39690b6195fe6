-- Loses: which marketing tasks were told of.
DELETE FROM "account_notices" WHERE "duty" = 'marketingTask';
-- AlterTable
ALTER TABLE "account_notices" DROP CONSTRAINT "account_notices_pkey",
DROP COLUMN "subject",
ADD CONSTRAINT "account_notices_pkey" PRIMARY KEY ("account_id", "duty", "due_on", "level");
