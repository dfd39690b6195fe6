-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "ends_run" TEXT;

-- CreateTable
CREATE TABLE "heartbeats" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "heartbeats_pkey" PRIMARY KEY ("id")
);

-- CreateTable
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

-- By hand: what schema.prisma cannot say.

-- A seat is proposed to one successor at a time.
CREATE UNIQUE INDEX seat_proposals_one_open ON seat_proposals (seat_id) WHERE status = 'open';
