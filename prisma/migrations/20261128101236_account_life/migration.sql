-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "account_id" TEXT;

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "clock_at" TIMESTAMPTZ,
ADD COLUMN     "closed_at" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "visits" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "holding_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "planned_on" DATE,
    "visited_on" DATE,
    "by_id" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ NOT NULL,
    "secret" BYTEA,
    "corrects" TEXT,

    CONSTRAINT "visits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_reports" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "by_id" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ NOT NULL,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "account_reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_notices" (
    "account_id" TEXT NOT NULL,
    "duty" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "level" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "account_notices_pkey" PRIMARY KEY ("account_id","duty","due_on","level")
);

-- CreateIndex
CREATE UNIQUE INDEX "visits_corrects_key" ON "visits"("corrects");

-- CreateIndex
CREATE INDEX "visits_account_id_visited_on_idx" ON "visits"("account_id", "visited_on");

-- CreateIndex
CREATE INDEX "visits_holding_id_idx" ON "visits"("holding_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_reports_account_id_to_on_key" ON "account_reports"("account_id", "to_on");

-- AddForeignKey
ALTER TABLE "visits" ADD CONSTRAINT "visits_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_reports" ADD CONSTRAINT "account_reports_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_notices" ADD CONSTRAINT "account_notices_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: what schema.prisma cannot say.

ALTER TABLE visits
  ADD CONSTRAINT visits_day CHECK (state <> 'planned' OR planned_on IS NOT NULL),
  ADD CONSTRAINT visits_done CHECK ((state = 'done') = (visited_on IS NOT NULL) AND (state <> 'done' OR secret IS NOT NULL));
ALTER TABLE account_reports ADD CONSTRAINT account_reports_period CHECK (to_on >= from_on);
-- Of what was reported nothing is taken back.
CREATE TRIGGER account_reports_append_only BEFORE UPDATE OR DELETE ON account_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();
