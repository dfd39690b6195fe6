-- AlterTable
ALTER TABLE "ballots" ADD COLUMN     "question" JSONB;
