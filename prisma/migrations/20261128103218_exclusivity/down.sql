-- Loses: every check and receipt, what was judged of near names, reported breaches and changes of members; of a member that left a holding and came
-- again, the earlier time.
DROP SEQUENCE exclusivity_receipts;
DROP INDEX recommendation_entities_near;
DELETE FROM holding_entities e USING holding_entities later WHERE later.holding_id = e.holding_id AND later.entity_key = e.entity_key AND later.valid_from > e.valid_from;
-- AlterTable
ALTER TABLE "recommendation_entities" DROP COLUMN "near_key";

-- AlterTable
ALTER TABLE "holding_entities" DROP CONSTRAINT "holding_entities_pkey",
ADD CONSTRAINT "holding_entities_pkey" PRIMARY KEY ("holding_id", "entity_key");

-- DropTable
DROP TABLE "exclusivity_checks";

-- DropTable
DROP TABLE "near_matches";

-- DropTable
DROP TABLE "breaches";

-- DropTable
DROP TABLE "memberships";
