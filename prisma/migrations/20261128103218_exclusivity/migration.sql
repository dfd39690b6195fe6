-- AlterTable
ALTER TABLE "recommendation_entities" ADD COLUMN     "near_key" TEXT;

-- AlterTable
ALTER TABLE "holding_entities" DROP CONSTRAINT "holding_entities_pkey",
ADD CONSTRAINT "holding_entities_pkey" PRIMARY KEY ("holding_id", "entity_key", "valid_from");

-- CreateTable
CREATE TABLE "exclusivity_checks" (
    "id" TEXT NOT NULL,
    "receipt_no" INTEGER,
    "kind" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "case_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key_hashes" TEXT[],
    "secret" BYTEA NOT NULL,
    "outcome" TEXT NOT NULL,
    "account_id" TEXT,
    "hash" BYTEA,
    "audit_stream" TEXT NOT NULL,
    "audit_seq" INTEGER NOT NULL,

    CONSTRAINT "exclusivity_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "near_matches" (
    "id" TEXT NOT NULL,
    "asked_hash" TEXT NOT NULL,
    "near_hash" TEXT NOT NULL,
    "client_id" TEXT,
    "near_case_id" TEXT,
    "check_id" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "verdict" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "judged_by" TEXT,
    "judged_at" TIMESTAMPTZ,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "near_matches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "breaches" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "holder_unit_id" TEXT NOT NULL,
    "accused_unit_id" TEXT NOT NULL,
    "admitted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "breaches_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "entity_id" TEXT,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("case_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "exclusivity_checks_receipt_no_key" ON "exclusivity_checks"("receipt_no");

-- CreateIndex
CREATE INDEX "exclusivity_checks_person_id_at_idx" ON "exclusivity_checks"("person_id", "at");

-- CreateIndex
CREATE INDEX "exclusivity_checks_unit_id_at_idx" ON "exclusivity_checks"("unit_id", "at");

-- CreateIndex
CREATE INDEX "exclusivity_checks_key_hashes_idx" ON "exclusivity_checks" USING GIN ("key_hashes");

-- CreateIndex
CREATE INDEX "near_matches_state_opened_at_idx" ON "near_matches"("state", "opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "near_matches_asked_hash_near_hash_key" ON "near_matches"("asked_hash", "near_hash");

-- CreateIndex
CREATE INDEX "breaches_account_id_idx" ON "breaches"("account_id");

-- CreateIndex
CREATE INDEX "breaches_accused_unit_id_idx" ON "breaches"("accused_unit_id");

-- CreateIndex
CREATE INDEX "memberships_account_id_idx" ON "memberships"("account_id");

-- CreateIndex
CREATE INDEX "memberships_entity_id_idx" ON "memberships"("entity_id");

-- By hand, from here on: what schema.prisma cannot say.
-- Contracts: the narrower key of holding_entities, which 0.1.0 was the last to have; nothing finds a row by it.

-- Near names among the few recommendations that are open. What was taken before this has no near key, and is found by its very name alone.
CREATE INDEX recommendation_entities_near ON recommendation_entities USING gin (near_key gin_trgm_ops) WHERE open;

-- The numbers of receipts (7.3).
CREATE SEQUENCE exclusivity_receipts;

-- A receipt never changes.
CREATE TRIGGER exclusivity_checks_append_only BEFORE UPDATE OR DELETE ON exclusivity_checks FOR EACH ROW EXECUTE FUNCTION refuse_change();
