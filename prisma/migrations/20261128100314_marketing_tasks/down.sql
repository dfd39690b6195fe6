-- Loses: marketing tasks, and the files of return visits.
DELETE FROM attachments WHERE case_id IS NULL;
ALTER TABLE attachments DROP CONSTRAINT attachments_one_owner;

-- DropIndex
DROP INDEX "attachments_visit_id_idx";

-- AlterTable
ALTER TABLE "attachments" DROP COLUMN "visit_id",
ALTER COLUMN "case_id" SET NOT NULL;

-- DropTable
DROP TABLE "marketing_tasks";
