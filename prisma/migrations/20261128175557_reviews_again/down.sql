-- Loses: the reviews an account was left out of before it was added again; their cases stay, as reviews of no campaign.
DELETE FROM "reviews" WHERE "replaced";

-- CreateIndex
CREATE UNIQUE INDEX "reviews_year_account_id_key" ON "reviews"("year", "account_id");

-- DropIndex
DROP INDEX "reviews_one_a_year";

-- AlterTable
ALTER TABLE "reviews" DROP COLUMN "replaced";
