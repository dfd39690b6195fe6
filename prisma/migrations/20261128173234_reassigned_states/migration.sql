-- Contracts: state_before of reassignment_accounts, which nothing ever read; 0.1.0, the last release, had no such table yet.
-- AlterTable
ALTER TABLE "reassignment_accounts" DROP COLUMN "state_before";
