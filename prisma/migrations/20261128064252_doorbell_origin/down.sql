-- Loses: under which request, and in which trace, a decision was taken whose workflow has not woken yet.
ALTER TABLE "outbox" DROP COLUMN "request_id",
DROP COLUMN "trace_parent";
