-- AlterTable
ALTER TABLE "reviews" ADD COLUMN     "due_on" DATE,
ADD COLUMN     "moved_by" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "campaign_acts" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "act" TEXT NOT NULL,
    "account_id" TEXT,
    "by_id" TEXT,
    "at" TIMESTAMPTZ NOT NULL,
    "from_on" DATE,
    "until_on" DATE,
    "work_days" INTEGER,
    "secret" BYTEA,

    CONSTRAINT "campaign_acts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "campaign_acts_year_number_key" ON "campaign_acts"("year", "number");

-- AddForeignKey
ALTER TABLE "campaign_acts" ADD CONSTRAINT "campaign_acts_year_fkey" FOREIGN KEY ("year") REFERENCES "campaigns"("year") ON DELETE RESTRICT ON UPDATE CASCADE;
