-- Loses: which accounts a case is about.
-- DropForeignKey
ALTER TABLE "case_accounts" DROP CONSTRAINT "case_accounts_case_id_fkey";

-- DropForeignKey
ALTER TABLE "case_accounts" DROP CONSTRAINT "case_accounts_account_id_fkey";

-- DropTable
DROP TABLE "case_accounts";
