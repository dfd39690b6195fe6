-- Loses: who is linked to which way of signing in, local accounts with their passwords and second factors, and how sessions began.
DROP INDEX "persons_login_folded";
DROP TABLE "identities", "local_credentials", "password_history", "recovery_codes", "setup_codes", "sign_in_attempts", "sign_in_brakes", "known_devices";
ALTER TABLE "sessions" DROP COLUMN "authenticated_at", DROP COLUMN "step_up_at", DROP COLUMN "user_agent";
ALTER TABLE "role_assignments" DROP COLUMN "source";
