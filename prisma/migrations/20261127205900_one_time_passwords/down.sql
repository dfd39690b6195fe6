-- Loses: one-time passwords of administrators of which only one half was taken, and the failures counted against sign-ins in progress.
ALTER TABLE "local_credentials" DROP COLUMN "issued_by", DROP COLUMN "other_half";
ALTER TABLE "sign_in_attempts" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0;
