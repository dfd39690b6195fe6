-- Loses: imported tables with their reports, and the decisions outside the system that accounts taken over rest on; they keep a name in their place.
UPDATE accounts SET decision_case_id = 'taken-over:' || id WHERE decision_case_id IS NULL;
UPDATE holdings SET decision_case_id = 'taken-over:' || account_id WHERE decision_case_id IS NULL;

-- AlterTable
ALTER TABLE "accounts" ALTER COLUMN "decision_case_id" SET NOT NULL;

-- AlterTable
ALTER TABLE "holdings" ALTER COLUMN "decision_case_id" SET NOT NULL;

-- DropTable
DROP TABLE "ledger_entries";

-- DropTable
DROP TABLE "imports";
