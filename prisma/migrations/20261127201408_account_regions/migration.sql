-- CreateTable
CREATE TABLE "account_regions" (
    "account_id" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "expected_fen" BIGINT NOT NULL,

    CONSTRAINT "account_regions_pkey" PRIMARY KEY ("account_id","region_code")
);

-- CreateIndex
CREATE INDEX "account_regions_region_code_idx" ON "account_regions"("region_code");

-- CreateIndex
CREATE INDEX "steps_opened_at_idx" ON "steps"("opened_at");

-- AddForeignKey
ALTER TABLE "account_regions" ADD CONSTRAINT "account_regions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
