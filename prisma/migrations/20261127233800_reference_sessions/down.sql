-- Loses: under which session or token a reference was issued. References that were not used end by it.
DELETE FROM "signal_references" WHERE "used_at" IS NULL;
ALTER TABLE "signal_references" DROP CONSTRAINT "signal_references_under_one";
ALTER TABLE "signal_references" DROP COLUMN "session_id", DROP COLUMN "token_id";
