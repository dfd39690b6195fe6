-- DropIndex
DROP INDEX "cases_unit_id_idx";

-- DropIndex
DROP INDEX "facts_actor_id_idx";

-- CreateTable
CREATE TABLE "grown_streams" (
    "id" BIGSERIAL NOT NULL,
    "stream" TEXT NOT NULL,

    CONSTRAINT "grown_streams_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cases_unit_id_opened_at_id_idx" ON "cases"("unit_id", "opened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "cases_submitter_id_opened_at_id_idx" ON "cases"("submitter_id", "opened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "cases_opened_at_id_idx" ON "cases"("opened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "cases_client_id_idx" ON "cases"("client_id");

-- CreateIndex
CREATE INDEX "recommendation_entities_entity_key_idx" ON "recommendation_entities"("entity_key");

-- CreateIndex
CREATE INDEX "facts_actor_id_at_case_id_seq_idx" ON "facts"("actor_id", "at" DESC, "case_id" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "holdings_unit_id_idx" ON "holdings"("unit_id");

-- By hand, from here on: what schema.prisma cannot say.

-- What was waited for before: whom a closed task names may read its case. The open ones have an index of their own.
CREATE INDEX tasks_past_candidates ON tasks USING gin (candidates) WHERE status <> 'open';
CREATE INDEX tasks_open_assignee ON tasks (assignee_id) WHERE status = 'open' AND assignee_id IS NOT NULL;

-- Search in titles and numbers.
CREATE INDEX cases_title_part ON cases USING gin (title gin_trgm_ops);
CREATE INDEX cases_number_part ON cases USING gin (number gin_trgm_ops);
CREATE INDEX clients_near_part ON clients USING gin (near_key gin_trgm_ops);
CREATE INDEX clients_name_part ON clients USING gin (name_key gin_trgm_ops);
CREATE INDEX entity_names_part ON entity_names USING gin (name_key gin_trgm_ops);

-- The few open cases among the many closed ones, and the closed ones in the order in which they are archived.
CREATE INDEX cases_open ON cases (opened_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX cases_closed ON cases (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX recommendations_drafts ON recommendations (updated_at) WHERE submitted_at IS NULL;

-- Whatever has grown before is sealed once more where it had not been.
INSERT INTO grown_streams (stream)
  SELECT 'case:' || c.id FROM cases c LEFT JOIN sealed_streams s ON s.stream = 'case:' || c.id
  WHERE c.audit_head IS NOT NULL AND c.seq IS DISTINCT FROM s.seq;
