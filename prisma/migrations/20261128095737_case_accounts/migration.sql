-- CreateTable
CREATE TABLE "case_accounts" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "alone" TEXT,
    "open" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "case_accounts_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateIndex
CREATE INDEX "case_accounts_account_id_idx" ON "case_accounts"("account_id");

-- AddForeignKey
ALTER TABLE "case_accounts" ADD CONSTRAINT "case_accounts_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_accounts" ADD CONSTRAINT "case_accounts_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An account has one open case at most under one word: of two at the same instant the second waits for the first, and is refused.
CREATE UNIQUE INDEX "case_accounts_alone" ON "case_accounts"("account_id", "alone") WHERE "open" AND "alone" IS NOT NULL;
