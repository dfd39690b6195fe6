-- AlterTable
ALTER TABLE "accounts" ALTER COLUMN "decision_case_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "holdings" ALTER COLUMN "decision_case_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "ledger_entries" (
    "account_id" TEXT NOT NULL,
    "import_id" TEXT NOT NULL,
    "row_no" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "body" TEXT NOT NULL,
    "expected_fen" BIGINT NOT NULL,
    "cumulative_fen" BIGINT,
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "imports" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "stored_hash" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "new_rows" INTEGER NOT NULL,
    "refused_rows" INTEGER NOT NULL,
    "secret" BYTEA,
    "checked_by" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ NOT NULL,
    "applied_by" TEXT,
    "applied_at" TIMESTAMPTZ,

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ledger_entries_import_id_idx" ON "ledger_entries"("import_id");

-- CreateIndex
CREATE INDEX "imports_kind_checked_at_idx" ON "imports"("kind", "checked_at");

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand, from here on: what schema.prisma cannot say.

-- The same contents are applied once: of two at the same instant the second waits for the first, and is told that it is done.
CREATE UNIQUE INDEX imports_applied_once ON imports (kind, content_hash) WHERE state = 'applied';
-- Whoever checked a table does not apply it.
ALTER TABLE imports ADD CONSTRAINT imports_two_persons CHECK ((state = 'applied') = (applied_by IS NOT NULL) AND (state = 'applied') = (applied_at IS NOT NULL) AND applied_by IS DISTINCT FROM checked_by);
