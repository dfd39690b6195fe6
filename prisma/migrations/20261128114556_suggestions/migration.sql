-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "delisted_case_id" TEXT;

-- CreateTable
CREATE TABLE "suggestions" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT,

    CONSTRAINT "suggestions_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "plans" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "result" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_measures" (
    "id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "ord" INTEGER NOT NULL,
    "owner_id" TEXT NOT NULL,
    "first_due_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ,
    "done_at" TIMESTAMPTZ,
    "confirmed_by" TEXT,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "plan_measures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exits" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "successor_id" TEXT,

    CONSTRAINT "exits_pkey" PRIMARY KEY ("case_id")
);

-- CreateIndex
CREATE INDEX "suggestions_account_id_idx" ON "suggestions"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "plans_case_id_key" ON "plans"("case_id");

-- CreateIndex
CREATE INDEX "plans_account_id_idx" ON "plans"("account_id");

-- CreateIndex
CREATE INDEX "plan_measures_state_due_on_idx" ON "plan_measures"("state", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "plan_measures_plan_id_ord_key" ON "plan_measures"("plan_id", "ord");

-- CreateIndex
CREATE INDEX "exits_account_id_idx" ON "exits"("account_id");

-- AddForeignKey
ALTER TABLE "plan_measures" ADD CONSTRAINT "plan_measures_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
