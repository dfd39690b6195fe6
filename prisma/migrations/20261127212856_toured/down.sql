-- Loses: who has taken the tour; it is offered again.
ALTER TABLE "persons" DROP COLUMN "toured";
