-- Loses: every project of an account with its changes and operations, the kinds of operations, and the contract totals.
DROP TABLE "project_changes";
DROP TABLE "project_operations";
DROP TABLE "operation_kinds";
DROP TABLE "projects";
DROP TABLE "contract_totals";
-- AlterTable
ALTER TABLE "accounts" DROP COLUMN "projects_carried";
