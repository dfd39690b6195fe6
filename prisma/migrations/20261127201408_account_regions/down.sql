-- Loses: the contracts expected at establishment by region, which the recommendations still hold.
DROP TABLE "account_regions";
DROP INDEX "steps_opened_at_idx";
