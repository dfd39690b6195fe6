-- Loses: open proposals about seats, and which execution a doorbell was to end first.
DROP TABLE "heartbeats", "seat_proposals";
ALTER TABLE "outbox" DROP COLUMN "ends_run";
