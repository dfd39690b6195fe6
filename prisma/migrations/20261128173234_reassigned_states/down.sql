-- Loses: nothing: what state an account was in before is not told again, and nothing read it.
-- AlterTable
ALTER TABLE "reassignment_accounts" ADD COLUMN "state_before" TEXT NOT NULL DEFAULT 'active';
ALTER TABLE "reassignment_accounts" ALTER COLUMN "state_before" DROP DEFAULT;
