-- AlterTable
ALTER TABLE "signal_references" ADD COLUMN     "session_id" TEXT,
ADD COLUMN     "token_id" TEXT;

-- What was issued before is bound to nothing and good for nothing; used ones stay, since their signals may arrive once more.
DELETE FROM "signal_references" WHERE "used_at" IS NULL;
ALTER TABLE "signal_references" ADD CONSTRAINT "signal_references_under_one" CHECK (num_nonnulls("session_id", "token_id") = 1 OR "used_at" IS NOT NULL);
