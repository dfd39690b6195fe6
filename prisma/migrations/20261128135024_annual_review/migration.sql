-- CreateTable
CREATE TABLE "campaigns" (
    "year" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "cutoff_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "responsible_id" TEXT NOT NULL,
    "scheduled" BOOLEAN NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "remaining" INTEGER NOT NULL,
    "paused_until" DATE,
    "clock_at" TIMESTAMPTZ,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("year")
);

-- CreateTable
CREATE TABLE "reviews" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "case_id" TEXT,
    "state" TEXT NOT NULL,
    "added_by" TEXT,
    "excluded_by" TEXT,
    "reported_at" TIMESTAMPTZ,
    "endorsed_at" TIMESTAMPTZ,
    "data_at_hand" BOOLEAN NOT NULL DEFAULT false,
    "score" INTEGER,
    "proposal" TEXT,
    "proposed_grade" TEXT,
    "outcome" TEXT,
    "decided" BOOLEAN,
    "grade_before" TEXT NOT NULL,
    "grade_after" TEXT,
    "pulled_out_by" TEXT,
    "pulled_out_at" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    "secret" BYTEA,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_votes" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,

    CONSTRAINT "bulk_votes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_vote_items" (
    "bulk_vote_id" TEXT NOT NULL,
    "ord" INTEGER NOT NULL,
    "task_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT,
    "at" TIMESTAMPTZ,

    CONSTRAINT "bulk_vote_items_pkey" PRIMARY KEY ("bulk_vote_id","ord")
);

-- CreateTable
CREATE TABLE "editions" (
    "case_id" TEXT NOT NULL,
    "number" INTEGER,
    "open" BOOLEAN NOT NULL,
    "cutoff_at" TIMESTAMPTZ NOT NULL,
    "corrects" INTEGER,
    "notice_no" TEXT,
    "readers" TEXT,
    "secrecy_level" TEXT,
    "secrecy_term" TEXT,
    "signed_by" TEXT,
    "published_at" TIMESTAMPTZ,
    "hash" BYTEA,
    "previous_hash" BYTEA,

    CONSTRAINT "editions_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "edition_lines" (
    "case_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "ord" INTEGER NOT NULL,
    "archive_no" TEXT NOT NULL,
    "client_name" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "managed_by" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "unit_name" TEXT NOT NULL,
    "manager_id" TEXT,
    "manager_name" TEXT,
    "co_holders" JSONB NOT NULL DEFAULT '[]',
    "established_on" DATE NOT NULL,
    "decision_case_id" TEXT,
    "struck_at" TIMESTAMPTZ,
    "struck_why" TEXT,

    CONSTRAINT "edition_lines_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reviews_case_id_key" ON "reviews"("case_id");

-- CreateIndex
CREATE INDEX "reviews_account_id_idx" ON "reviews"("account_id");

-- CreateIndex
CREATE INDEX "reviews_year_state_idx" ON "reviews"("year", "state");

-- CreateIndex
CREATE UNIQUE INDEX "reviews_year_account_id_key" ON "reviews"("year", "account_id");

-- CreateIndex
CREATE INDEX "bulk_votes_person_id_created_at_idx" ON "bulk_votes"("person_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "bulk_vote_items_bulk_vote_id_task_id_key" ON "bulk_vote_items"("bulk_vote_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "editions_number_key" ON "editions"("number");

-- CreateIndex
CREATE INDEX "edition_lines_account_id_idx" ON "edition_lines"("account_id");

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_year_fkey" FOREIGN KEY ("year") REFERENCES "campaigns"("year") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_vote_items" ADD CONSTRAINT "bulk_vote_items_bulk_vote_id_fkey" FOREIGN KEY ("bulk_vote_id") REFERENCES "bulk_votes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edition_lines" ADD CONSTRAINT "edition_lines_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "editions"("case_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One edition is prepared at a time.
CREATE UNIQUE INDEX "editions_one_open" ON "editions" ((true)) WHERE "open";

-- An edition that has been published never changes again (Article 8; 系统默认).
CREATE FUNCTION "edition_is_published"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'editions' THEN
    IF OLD."published_at" IS NOT NULL THEN
      RAISE EXCEPTION 'edition % is published', OLD."number" USING ERRCODE = 'restrict_violation', CONSTRAINT = 'edition_is_published';
    END IF;
  ELSIF EXISTS (SELECT 1 FROM "editions" e WHERE e."case_id" = coalesce(OLD."case_id", NEW."case_id") AND e."published_at" IS NOT NULL) THEN
    RAISE EXCEPTION 'a line of a published edition' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'edition_is_published';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER "editions_published" BEFORE UPDATE OR DELETE ON "editions" FOR EACH ROW EXECUTE FUNCTION "edition_is_published"();
CREATE TRIGGER "edition_lines_published" BEFORE INSERT OR UPDATE OR DELETE ON "edition_lines" FOR EACH ROW EXECUTE FUNCTION "edition_is_published"();

ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_remaining" CHECK ("remaining" >= 0);
