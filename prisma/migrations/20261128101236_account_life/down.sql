-- Loses: return visits, reports on accounts, and what was told of them. Executions of accounts wait for a worker that knows them.
-- DropForeignKey
ALTER TABLE "visits" DROP CONSTRAINT "visits_account_id_fkey";

-- DropForeignKey
ALTER TABLE "account_reports" DROP CONSTRAINT "account_reports_account_id_fkey";

-- DropForeignKey
ALTER TABLE "account_notices" DROP CONSTRAINT "account_notices_account_id_fkey";

-- AlterTable
ALTER TABLE "notifications" DROP COLUMN "account_id";

-- AlterTable
ALTER TABLE "accounts" DROP COLUMN "clock_at",
DROP COLUMN "closed_at";

-- DropTable
DROP TABLE "visits";

-- DropTable
DROP TABLE "account_reports";

-- DropTable
DROP TABLE "account_notices";
