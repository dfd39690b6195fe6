-- Loses: nothing.
-- DropIndex
DROP INDEX "accounts_closed_at_id_idx";
