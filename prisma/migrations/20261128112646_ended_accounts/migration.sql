-- CreateIndex
CREATE INDEX "accounts_closed_at_id_idx" ON "accounts"("closed_at", "id");
