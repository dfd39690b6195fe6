-- Loses: what the cases about co-holders and allocations are about, and which unit was to build a project.
-- DropTable
DROP TABLE "co_holders";

-- DropTable
DROP TABLE "allocations";
