-- Loses: what was done about campaigns (paused, resumed, added, excluded) with the reasons, and the day by which each manager reports.
-- DropForeignKey
ALTER TABLE "campaign_acts" DROP CONSTRAINT "campaign_acts_year_fkey";

-- AlterTable
ALTER TABLE "reviews" DROP COLUMN "due_on",
DROP COLUMN "moved_by";

-- DropTable
DROP TABLE "campaign_acts";
