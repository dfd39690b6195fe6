-- Loses: open proposals about seats and roles; they are proposed anew. What was confirmed stands where it took effect, and in the audit.
DROP TABLE "appointment_proposals";
CREATE TABLE "seat_proposals" (
    "id" TEXT NOT NULL,
    "seat_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "confirmed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ,

    CONSTRAINT "seat_proposals_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX seat_proposals_one_open ON seat_proposals (seat_id) WHERE status = 'open';
