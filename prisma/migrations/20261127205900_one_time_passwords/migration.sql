-- AlterTable
ALTER TABLE "local_credentials" ADD COLUMN     "issued_by" TEXT,
ADD COLUMN     "other_half" BYTEA;
ALTER TABLE "sign_in_attempts" DROP COLUMN "failures";
