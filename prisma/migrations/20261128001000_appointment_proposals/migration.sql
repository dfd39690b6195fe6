-- Proposals about seats move to a table that holds proposals about roles too. Their reasons are sealed to the old table's name and go with it:
-- one that was open is proposed anew; what was confirmed stands in seat_terms, and all of it in the audit.
-- DropTable
DROP TABLE "seat_proposals";

-- CreateTable
CREATE TABLE "appointment_proposals" (
    "id" TEXT NOT NULL,
    "seat_id" TEXT,
    "role" TEXT,
    "person_id" TEXT,
    "valid_from" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "confirmers" TEXT[],
    "proposed_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ,
    "answer_secret" BYTEA,

    CONSTRAINT "appointment_proposals_pkey" PRIMARY KEY ("id")
);

-- By hand: what schema.prisma cannot say.

ALTER TABLE appointment_proposals
  ADD CONSTRAINT appointment_proposals_seat_or_role CHECK ((seat_id IS NULL) <> (role IS NULL)),
  ADD CONSTRAINT appointment_proposals_role_of_a_person CHECK (role IS NULL OR person_id IS NOT NULL);

-- One proposal about a seat, and about a role of a person, at a time.
CREATE UNIQUE INDEX appointment_proposals_one_seat ON appointment_proposals (seat_id) WHERE status = 'open' AND seat_id IS NOT NULL;
CREATE UNIQUE INDEX appointment_proposals_one_role ON appointment_proposals (person_id, role) WHERE status = 'open' AND role IS NOT NULL;
