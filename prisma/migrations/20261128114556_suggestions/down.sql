-- Loses: warnings and proposals as a list, plans and their measures, exits and what they decided.
-- DropForeignKey
ALTER TABLE "plan_measures" DROP CONSTRAINT "plan_measures_plan_id_fkey";

-- AlterTable
ALTER TABLE "accounts" DROP COLUMN "delisted_case_id";

-- DropTable
DROP TABLE "suggestions";

-- DropTable
DROP TABLE "plans";

-- DropTable
DROP TABLE "plan_measures";

-- DropTable
DROP TABLE "exits";

