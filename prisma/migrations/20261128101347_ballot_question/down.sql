-- Loses: what a choice among options asked.
-- AlterTable
ALTER TABLE "ballots" DROP COLUMN "question";
