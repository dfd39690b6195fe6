-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "visit_id" TEXT,
ALTER COLUMN "case_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "marketing_tasks" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "marketing_tasks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "marketing_tasks_account_id_idx" ON "marketing_tasks"("account_id");

-- CreateIndex
CREATE INDEX "marketing_tasks_owner_id_idx" ON "marketing_tasks"("owner_id");

-- CreateIndex
CREATE INDEX "attachments_visit_id_idx" ON "attachments"("visit_id");

-- By hand: what schema.prisma cannot say.

ALTER TABLE marketing_tasks
  ADD CONSTRAINT marketing_tasks_state CHECK (state IN ('open', 'done', 'dropped')),
  ADD CONSTRAINT marketing_tasks_closed CHECK ((state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL));

-- A file belongs to one thing.
ALTER TABLE attachments ADD CONSTRAINT attachments_one_owner CHECK (num_nonnulls(case_id, visit_id) = 1);
