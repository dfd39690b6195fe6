-- CreateTable
CREATE TABLE "case_parties" (
    "case_id" TEXT NOT NULL,
    "party" TEXT NOT NULL,

    CONSTRAINT "case_parties_pkey" PRIMARY KEY ("case_id","party")
);

-- CreateTable
CREATE TABLE "reassignments" (
    "case_id" TEXT NOT NULL,
    "replaces" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "adjustment" TEXT,
    "unit_id" TEXT NOT NULL,
    "new_unit_id" TEXT,

    CONSTRAINT "reassignments_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "reassignment_accounts" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "holding_id" TEXT NOT NULL,
    "manager_id" TEXT,
    "state_before" TEXT NOT NULL,
    "nominee_id" TEXT,
    "successor_id" TEXT,

    CONSTRAINT "reassignment_accounts_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateTable
CREATE TABLE "handover_items" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "codes" JSONB NOT NULL DEFAULT '{}',
    "ord" INTEGER NOT NULL,
    "given_by" TEXT,
    "given_at" TIMESTAMPTZ,
    "taken_by" TEXT,
    "taken_at" TIMESTAMPTZ,

    CONSTRAINT "handover_items_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "case_parties_party_idx" ON "case_parties"("party");

-- CreateIndex
CREATE INDEX "reassignment_accounts_account_id_idx" ON "reassignment_accounts"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "handover_items_case_id_account_id_kind_ref_key" ON "handover_items"("case_id", "account_id", "kind", "ref");

-- Exclusivity (7.3): an account has one lead holding at every instant.
ALTER TABLE "holdings" ADD CONSTRAINT "holdings_period" CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "holdings" ADD CONSTRAINT "holdings_one_lead" EXCLUDE USING gist ("account_id" WITH =, tstzrange("valid_from", "valid_to") WITH &&) WHERE ("kind" = 'lead');

-- And none without: where a lead holding ends, the next begins at the same instant, vacant or not, unless the account itself has ended.
CREATE FUNCTION refuse_unheld_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM holdings h WHERE h.account_id = NEW.account_id AND h.kind = 'lead' AND h.valid_from = NEW.valid_to)
     AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = NEW.account_id AND a.state <> 'terminated') THEN
    RAISE EXCEPTION 'account % would have no lead holding from %', NEW.account_id, NEW.valid_to;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER holdings_no_gap AFTER UPDATE OF "valid_to" ON "holdings" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW."kind" = 'lead' AND NEW."valid_to" IS NOT NULL) EXECUTE FUNCTION refuse_unheld_account();
