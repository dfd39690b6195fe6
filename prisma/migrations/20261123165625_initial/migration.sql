-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "units" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "parent_id" TEXT,
    "successor_id" TEXT,
    "dissolved_on" DATE,

    CONSTRAINT "units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "territories" (
    "id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "area" TEXT,
    "carve_out" BOOLEAN NOT NULL DEFAULT false,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "territories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persons" (
    "id" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "left_on" DATE,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_assignments" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "unit_id" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "document" TEXT NOT NULL,
    "granted_by" TEXT,

    CONSTRAINT "role_assignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seats" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ord" INTEGER NOT NULL,
    "unit_id" TEXT,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,

    CONSTRAINT "seats_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat_terms" (
    "id" TEXT NOT NULL,
    "seat_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "document" TEXT NOT NULL,

    CONSTRAINT "seat_terms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "csrf_token" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "version" INTEGER NOT NULL,
    "effective_from" TIMESTAMPTZ NOT NULL,
    "values" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "calendars" (
    "version" TEXT NOT NULL,
    "years" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "imported_by" TEXT,
    "imported_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendars_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "clients" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "near_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "secret" BYTEA,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legal_entities" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "entity_key" TEXT NOT NULL,
    "code_type" TEXT NOT NULL,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "relation" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "legal_entities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entity_names" (
    "id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "near_key" TEXT NOT NULL,

    CONSTRAINT "entity_names_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cases" (
    "id" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "state_since" TIMESTAMPTZ NOT NULL,
    "unit_id" TEXT NOT NULL,
    "submitter_id" TEXT NOT NULL,
    "client_id" TEXT,
    "title" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "settled_seq" INTEGER NOT NULL DEFAULT 0,
    "policy_version" INTEGER NOT NULL,
    "ending" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "audit_head" BYTEA,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recommendations" (
    "case_id" TEXT NOT NULL,
    "form" BYTEA NOT NULL,
    "form_version" INTEGER NOT NULL DEFAULT 1,
    "proposed_grade" TEXT NOT NULL,
    "expected_fen" BIGINT NOT NULL,
    "grade" TEXT,
    "special_consideration" BOOLEAN NOT NULL DEFAULT false,
    "outside_territory" BOOLEAN NOT NULL DEFAULT false,
    "submitted_at" TIMESTAMPTZ,
    "linked_case_id" TEXT,
    "evaluator_ids" TEXT[],
    "department_ids" TEXT[],
    "nominee_id" TEXT,
    "nominated_by" TEXT,
    "nominations" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "announced_at" TIMESTAMPTZ,

    CONSTRAINT "recommendations_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "recommendation_entities" (
    "case_id" TEXT NOT NULL,
    "entity_key" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL,

    CONSTRAINT "recommendation_entities_pkey" PRIMARY KEY ("case_id","entity_key")
);

-- CreateTable
CREATE TABLE "co_recommendations" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "asked_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "co_recommendations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "steps" (
    "case_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "opened_seq" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "outcome" TEXT,
    "codes" JSONB NOT NULL DEFAULT '{}',
    "closed_seq" INTEGER,

    CONSTRAINT "steps_pkey" PRIMARY KEY ("case_id","name","round")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "blocking" BOOLEAN NOT NULL,
    "actions" TEXT[],
    "candidates" TEXT[],
    "escalations" JSONB NOT NULL,
    "ballot_id" TEXT,
    "parent_id" TEXT,
    "subject" JSONB NOT NULL,
    "assignee_id" TEXT,
    "status" TEXT NOT NULL,
    "outcome" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "opened_seq" INTEGER NOT NULL,
    "period_at" TIMESTAMPTZ NOT NULL,
    "due_days" INTEGER,
    "calendar_days" BOOLEAN NOT NULL,
    "due_at" TIMESTAMPTZ,
    "calendar_version" TEXT,
    "provisional" BOOLEAN NOT NULL,
    "remind_half_at" TIMESTAMPTZ,
    "remind_day_at" TIMESTAMPTZ,
    "silence" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "extended" BOOLEAN NOT NULL,
    "urged_at" TIMESTAMPTZ,
    "closed_at" TIMESTAMPTZ,
    "closed_seq" INTEGER,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegations" (
    "id" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "task_id" TEXT,
    "kinds" TEXT[],
    "valid_from" TIMESTAMPTZ NOT NULL,
    "valid_to" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "delegations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facts" (
    "case_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "step" TEXT,
    "round" INTEGER,
    "task_id" TEXT,
    "ballot_id" TEXT,
    "action" TEXT,
    "actor_id" TEXT,
    "on_behalf_of" TEXT,
    "entered_by" TEXT,
    "codes" JSONB NOT NULL DEFAULT '{}',
    "secret" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "facts_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "actor_id" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "response" JSONB NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("actor_id","target","key")
);

-- CreateTable
CREATE TABLE "ballots" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "rule_version" INTEGER NOT NULL,
    "rule" JSONB NOT NULL,
    "subject" JSONB NOT NULL,
    "roll" JSONB NOT NULL,
    "standing" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "continues" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "director_due_at" TIMESTAMPTZ,
    "outcome" TEXT,
    "proof" JSONB,
    "closed_at" TIMESTAMPTZ,
    "closed_seq" INTEGER,

    CONSTRAINT "ballots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comments" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "name" BYTEA NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "keyed_hash" TEXT NOT NULL,
    "stored_hash" TEXT NOT NULL,
    "uploaded_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "copies" (
    "case_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "copies_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "case_id" TEXT,
    "task_id" TEXT,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "read_at" TIMESTAMPTZ,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "case_id" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signal_references" (
    "id" TEXT NOT NULL,
    "task_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "signal_references_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "archive_no" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "managed_by" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "on_list" BOOLEAN NOT NULL DEFAULT false,
    "established_on" DATE NOT NULL,
    "decision_case_id" TEXT NOT NULL,
    "terminated_on" DATE,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holdings" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "manager_id" TEXT,
    "kind" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ NOT NULL,
    "valid_to" TIMESTAMPTZ,
    "decision_case_id" TEXT NOT NULL,

    CONSTRAINT "holdings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holding_entities" (
    "holding_id" TEXT NOT NULL,
    "entity_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ NOT NULL,
    "valid_to" TIMESTAMPTZ,

    CONSTRAINT "holding_entities_pkey" PRIMARY KEY ("holding_id","entity_key")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "act" TEXT NOT NULL,
    "actor_id" TEXT,
    "on_behalf_of" TEXT,
    "entered_by" TEXT,
    "case_id" TEXT,
    "task_id" TEXT,
    "codes" JSONB NOT NULL,
    "content_hash" BYTEA,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateTable
CREATE TABLE "audit_streams" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "head" BYTEA NOT NULL,

    CONSTRAINT "audit_streams_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "audit_seals" (
    "id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heads" JSONB NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_streams" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "sealed_streams_pkey" PRIMARY KEY ("stream")
);

-- CreateIndex
CREATE UNIQUE INDEX "units_code_key" ON "units"("code");

-- CreateIndex
CREATE UNIQUE INDEX "persons_login_key" ON "persons"("login");

-- CreateIndex
CREATE INDEX "role_assignments_person_id_idx" ON "role_assignments"("person_id");

-- CreateIndex
CREATE INDEX "role_assignments_role_unit_id_idx" ON "role_assignments"("role", "unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "seats_ord_key" ON "seats"("ord");

-- CreateIndex
CREATE INDEX "seat_terms_person_id_idx" ON "seat_terms"("person_id");

-- CreateIndex
CREATE INDEX "sessions_person_id_idx" ON "sessions"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "api_tokens_person_id_idx" ON "api_tokens"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "legal_entities_entity_key_key" ON "legal_entities"("entity_key");

-- CreateIndex
CREATE INDEX "legal_entities_client_id_idx" ON "legal_entities"("client_id");

-- CreateIndex
CREATE INDEX "entity_names_name_key_idx" ON "entity_names"("name_key");

-- CreateIndex
CREATE UNIQUE INDEX "cases_number_key" ON "cases"("number");

-- CreateIndex
CREATE INDEX "cases_process_state_idx" ON "cases"("process", "state");

-- CreateIndex
CREATE INDEX "cases_unit_id_idx" ON "cases"("unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "co_recommendations_case_id_unit_id_key" ON "co_recommendations"("case_id", "unit_id");

-- CreateIndex
CREATE INDEX "tasks_case_id_step_round_idx" ON "tasks"("case_id", "step", "round");

-- CreateIndex
CREATE INDEX "tasks_assignee_id_idx" ON "tasks"("assignee_id");

-- CreateIndex
CREATE INDEX "delegations_to_id_idx" ON "delegations"("to_id");

-- CreateIndex
CREATE INDEX "delegations_from_id_idx" ON "delegations"("from_id");

-- CreateIndex
CREATE INDEX "facts_actor_id_idx" ON "facts"("actor_id");

-- CreateIndex
CREATE INDEX "facts_ballot_id_idx" ON "facts"("ballot_id");

-- CreateIndex
CREATE UNIQUE INDEX "ballots_case_id_step_round_key" ON "ballots"("case_id", "step", "round");

-- CreateIndex
CREATE INDEX "comments_case_id_idx" ON "comments"("case_id");

-- CreateIndex
CREATE INDEX "attachments_case_id_idx" ON "attachments"("case_id");

-- CreateIndex
CREATE INDEX "copies_person_id_idx" ON "copies"("person_id");

-- CreateIndex
CREATE INDEX "notifications_person_id_read_at_idx" ON "notifications"("person_id", "read_at");

-- CreateIndex
CREATE INDEX "outbox_next_at_idx" ON "outbox"("next_at");

-- CreateIndex
CREATE INDEX "outbox_case_id_idx" ON "outbox"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_archive_no_key" ON "accounts"("archive_no");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_decision_case_id_key" ON "accounts"("decision_case_id");

-- CreateIndex
CREATE INDEX "accounts_client_id_idx" ON "accounts"("client_id");

-- CreateIndex
CREATE INDEX "holdings_account_id_idx" ON "holdings"("account_id");

-- CreateIndex
CREATE INDEX "holdings_manager_id_idx" ON "holdings"("manager_id");

-- CreateIndex
CREATE INDEX "audit_entries_at_idx" ON "audit_entries"("at");

-- CreateIndex
CREATE INDEX "audit_entries_actor_id_idx" ON "audit_entries"("actor_id");

-- AddForeignKey
ALTER TABLE "territories" ADD CONSTRAINT "territories_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity_names" ADD CONSTRAINT "entity_names_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "legal_entities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "facts" ADD CONSTRAINT "facts_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holdings" ADD CONSTRAINT "holdings_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand, from here on: what schema.prisma cannot say.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE SEQUENCE case_numbers;
CREATE SEQUENCE archive_numbers;

-- Article 7.1, first developer first: one open recommendation an entity.
CREATE UNIQUE INDEX recommendation_entities_one_open ON recommendation_entities (entity_key) WHERE open;

-- Article 7.3, exclusivity: no two lead holdings of one entity at one instant.
ALTER TABLE holding_entities ADD CONSTRAINT holding_entities_one_lead
  EXCLUDE USING gist (entity_key WITH =, tstzrange(valid_from, valid_to) WITH &&) WHERE (kind = 'lead');
ALTER TABLE holding_entities ADD CONSTRAINT holding_entities_holding_id_fkey FOREIGN KEY (holding_id) REFERENCES holdings (id);
ALTER TABLE holding_entities ADD CONSTRAINT holding_entities_period CHECK (valid_to IS NULL OR valid_to > valid_from);
-- Article 7.4: a co-holder is a unit with a manager, once at a time.
CREATE UNIQUE INDEX holdings_one_co ON holdings (client_id, unit_id, manager_id) WHERE kind = 'co' AND valid_to IS NULL;

-- One person a seat at a time.
ALTER TABLE seat_terms ADD CONSTRAINT seat_terms_one_holder
  EXCLUDE USING gist (seat_id WITH =, daterange(valid_from, valid_to) WITH &&);

-- The inbox: tasks by the keys of their candidates.
CREATE INDEX tasks_open_candidates ON tasks USING gin (candidates) WHERE status = 'open';
CREATE INDEX tasks_open_case ON tasks (case_id) WHERE status = 'open';
CREATE INDEX tasks_ballot ON tasks (ballot_id) WHERE ballot_id IS NOT NULL;
CREATE INDEX ballots_open_roll ON ballots USING gin (roll jsonb_path_ops) WHERE status = 'open';

-- Near names (7.3).
CREATE INDEX entity_names_near ON entity_names USING gin (near_key gin_trgm_ops);

-- What has happened stays as it was: facts and audit entries are only ever added.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER facts_append_only BEFORE UPDATE OR DELETE ON facts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER policy_versions_append_only BEFORE UPDATE OR DELETE ON policy_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
