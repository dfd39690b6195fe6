-- Loses: every campaign with what was reported and decided in it, and every edition of the list.
-- DropForeignKey
ALTER TABLE "reviews" DROP CONSTRAINT "reviews_year_fkey";

-- DropForeignKey
ALTER TABLE "reviews" DROP CONSTRAINT "reviews_account_id_fkey";

-- DropForeignKey
ALTER TABLE "bulk_vote_items" DROP CONSTRAINT "bulk_vote_items_bulk_vote_id_fkey";

-- DropForeignKey
ALTER TABLE "edition_lines" DROP CONSTRAINT "edition_lines_case_id_fkey";

-- DropTable
DROP TABLE "campaigns";

-- DropTable
DROP TABLE "reviews";

-- DropTable
DROP TABLE "bulk_votes";

-- DropTable
DROP TABLE "bulk_vote_items";

-- DropTable
DROP TABLE "editions";

-- DropTable
DROP TABLE "edition_lines";

DROP FUNCTION "edition_is_published"();
