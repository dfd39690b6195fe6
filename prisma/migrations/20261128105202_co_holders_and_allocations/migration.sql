-- CreateTable
CREATE TABLE "co_holders" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "region_codes" TEXT[],
    "volume_fen" BIGINT,
    "co_recommendation_id" TEXT,
    "holding_id" TEXT,

    CONSTRAINT "co_holders_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "allocations" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "project_id" TEXT,
    "region_code" TEXT NOT NULL,
    "amount_fen" BIGINT,
    "place" TEXT NOT NULL,
    "covering_ids" TEXT[],
    "chooser_ids" TEXT[],
    "claimed_by" TEXT,
    "proposed_id" TEXT,
    "builder_id" TEXT,

    CONSTRAINT "allocations_pkey" PRIMARY KEY ("case_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "co_holders_co_recommendation_id_key" ON "co_holders"("co_recommendation_id");

-- CreateIndex
CREATE INDEX "co_holders_account_id_idx" ON "co_holders"("account_id");

-- CreateIndex
CREATE INDEX "allocations_account_id_idx" ON "allocations"("account_id");

-- CreateIndex
CREATE INDEX "allocations_project_id_idx" ON "allocations"("project_id");
