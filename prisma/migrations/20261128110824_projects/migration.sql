-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "projects_carried" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "projects" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,
    "prior" BOOLEAN NOT NULL DEFAULT false,
    "stage" TEXT,
    "region_code" TEXT NOT NULL,
    "employer_id" TEXT,
    "builder_unit_id" TEXT,
    "amount_fen" BIGINT NOT NULL,
    "counts_toward_grade" BOOLEAN NOT NULL DEFAULT true,
    "contracted_on" DATE,
    "planned_on" DATE,
    "started_on" DATE,
    "finished_on" DATE,
    "receivable_fen" BIGINT,
    "received_fen" BIGINT,
    "secret" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "entered_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_changes" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "operation_id" TEXT,
    "act" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "actor_id" TEXT,
    "case_id" TEXT,
    "fields" TEXT[],
    "secret" BYTEA NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_operations" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "claimed_fen" BIGINT NOT NULL,
    "agreed_fen" BIGINT,
    "claimed_on" DATE NOT NULL,
    "secret" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "entered_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_operations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation_kinds" (
    "id" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "ord" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ,

    CONSTRAINT "operation_kinds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_totals" (
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "year" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "as_of" DATE,
    "entered_by" TEXT,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_totals_pkey" PRIMARY KEY ("account_id","kind","year","source")
);

-- CreateIndex
CREATE INDEX "projects_account_id_idx" ON "projects"("account_id");

-- CreateIndex
CREATE INDEX "projects_builder_unit_id_idx" ON "projects"("builder_unit_id");

-- CreateIndex
CREATE INDEX "project_changes_project_id_at_idx" ON "project_changes"("project_id", "at");

-- CreateIndex
CREATE INDEX "project_operations_project_id_idx" ON "project_operations"("project_id");

-- CreateIndex
CREATE INDEX "project_operations_account_id_idx" ON "project_operations"("account_id");

-- By hand: what a row refers to, what an amount may be, and that history stays.
ALTER TABLE projects
  ADD CONSTRAINT projects_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
  ADD CONSTRAINT projects_employer_id_fkey FOREIGN KEY (employer_id) REFERENCES legal_entities(id),
  ADD CONSTRAINT projects_builder_unit_id_fkey FOREIGN KEY (builder_unit_id) REFERENCES units(id),
  ADD CONSTRAINT projects_state CHECK (state IN ('upcoming', 'building', 'past')),
  ADD CONSTRAINT projects_amounts CHECK (amount_fen >= 0 AND receivable_fen >= 0 AND received_fen >= 0);
ALTER TABLE project_changes ADD CONSTRAINT project_changes_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id);
ALTER TABLE project_operations
  ADD CONSTRAINT project_operations_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id),
  ADD CONSTRAINT project_operations_kind_id_fkey FOREIGN KEY (kind_id) REFERENCES operation_kinds(id),
  ADD CONSTRAINT project_operations_amounts CHECK (claimed_fen >= 0 AND agreed_fen >= 0);
ALTER TABLE operation_kinds ADD CONSTRAINT operation_kinds_tier CHECK (tier IN ('secondary', 'tertiary'));
ALTER TABLE contract_totals
  ADD CONSTRAINT contract_totals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
  ADD CONSTRAINT contract_totals_amount CHECK (amount_fen >= 0),
  ADD CONSTRAINT contract_totals_year CHECK ((kind = 'yearly') = (year > 0));

CREATE TRIGGER project_changes_append_only BEFORE UPDATE OR DELETE ON project_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The kinds a company begins with (系统默认); the office adds others and retires these.
INSERT INTO operation_kinds (id, tier, name, name_en, ord) VALUES
  ('changeOrder', 'secondary', '设计变更', 'Change order', 1),
  ('siteVisa', 'secondary', '现场签证', 'Site instruction', 2),
  ('claim', 'secondary', '索赔', 'Claim', 3),
  ('priceAdjustment', 'secondary', '价差调整', 'Price adjustment', 4),
  ('finalSettlement', 'tertiary', '竣工结算', 'Final settlement', 5),
  ('collection', 'tertiary', '清收清欠', 'Collection', 6),
  ('retention', 'tertiary', '质保金回收', 'Release of retention', 7);

CREATE UNIQUE INDEX operation_kinds_in_use ON operation_kinds (tier, name) WHERE retired_at IS NULL;
