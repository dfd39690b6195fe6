-- Loses: what reassignments were about, who was nominated, and what was handed over.
DROP TRIGGER "holdings_no_gap" ON "holdings";
DROP FUNCTION refuse_unheld_account();
ALTER TABLE "holdings" DROP CONSTRAINT "holdings_one_lead";
ALTER TABLE "holdings" DROP CONSTRAINT "holdings_period";
-- DropTable
DROP TABLE "case_parties";

-- DropTable
DROP TABLE "reassignments";

-- DropTable
DROP TABLE "reassignment_accounts";

-- DropTable
DROP TABLE "handover_items";
