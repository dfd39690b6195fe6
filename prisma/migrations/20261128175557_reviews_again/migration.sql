-- AlterTable
ALTER TABLE "reviews" ADD COLUMN     "replaced" BOOLEAN NOT NULL DEFAULT false;

-- An account that was left out is added again: one review of it counts, the others stay on record.
CREATE UNIQUE INDEX "reviews_one_a_year" ON "reviews" ("year", "account_id") WHERE NOT "replaced";

-- DropIndex
DROP INDEX "reviews_year_account_id_key";
