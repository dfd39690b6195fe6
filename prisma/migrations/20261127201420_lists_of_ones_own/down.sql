-- Loses: which notifications people muted, and their saved filters.
DROP TABLE "muted_notifications", "saved_filters";
DROP INDEX "notifications_person_id_at_idx";
