-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "request_id" TEXT,
ADD COLUMN     "trace_parent" TEXT;
