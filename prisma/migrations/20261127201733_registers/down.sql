-- Loses: the record of changes of the organisation, withdrawals of policy versions (the versions are in force again), absences, and
-- the language and appearance people chose. The audit trail keeps that they happened.
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_client_id_fkey";
DROP TABLE "organisation_changes", "policy_withdrawals", "absences";
ALTER TABLE "persons" DROP COLUMN "appearance", DROP COLUMN "language";
