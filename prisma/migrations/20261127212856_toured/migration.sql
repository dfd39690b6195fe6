-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "toured" BOOLEAN NOT NULL DEFAULT false;
