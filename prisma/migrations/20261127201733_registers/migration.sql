-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "appearance" TEXT,
ADD COLUMN     "language" TEXT;

-- CreateTable
CREATE TABLE "organisation_changes" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "codes" JSONB NOT NULL DEFAULT '{}',
    "changed_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_withdrawals" (
    "version" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "withdrawn_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_withdrawals_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "absences" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "ended_on" DATE,
    "deputy_id" TEXT,
    "delegation_id" TEXT,
    "entered_by" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "absences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "organisation_changes_subject_subject_id_idx" ON "organisation_changes"("subject", "subject_id");

-- CreateIndex
CREATE INDEX "absences_person_id_idx" ON "absences"("person_id");

-- CreateIndex
CREATE INDEX "absences_last_day_idx" ON "absences"("last_day");

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Withdrawals and changes of the organisation are written once.
ALTER TABLE policy_withdrawals ADD CONSTRAINT policy_withdrawals_version_fkey FOREIGN KEY (version) REFERENCES policy_versions (version);
CREATE TRIGGER policy_withdrawals_append_only BEFORE DELETE OR UPDATE ON policy_withdrawals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER organisation_changes_append_only BEFORE DELETE OR UPDATE ON organisation_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE absences ADD CONSTRAINT absences_days CHECK (last_day >= first_day);
-- Nobody is away twice on one day.
ALTER TABLE absences ADD CONSTRAINT absences_once EXCLUDE USING gist (person_id WITH =, daterange(first_day, coalesce(ended_on, last_day + 1)) WITH &&);
