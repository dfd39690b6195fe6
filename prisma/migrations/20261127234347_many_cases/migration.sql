-- DropIndex
DROP INDEX "cases_process_state_idx";

-- CreateIndex
CREATE INDEX "clients_name_id_idx" ON "clients"("name", "id");

-- CreateIndex
CREATE INDEX "cases_process_state_unit_id_id_idx" ON "cases"("process", "state", "unit_id", "id");

-- CreateIndex
CREATE INDEX "recommendations_grade_case_id_idx" ON "recommendations"("grade", "case_id");

-- CreateIndex
CREATE INDEX "holdings_client_id_idx" ON "holdings"("client_id");

-- CreateIndex
CREATE INDEX "audit_entries_case_id_idx" ON "audit_entries"("case_id");

-- By hand, from here on: what schema.prisma cannot say.

-- Acts are searched by how they begin; few are done on behalf of another.
CREATE INDEX audit_entries_act ON audit_entries (act text_pattern_ops);
CREATE INDEX audit_entries_on_behalf_of ON audit_entries (on_behalf_of) WHERE on_behalf_of IS NOT NULL;

-- Which seals hold a stream's heads.
CREATE INDEX audit_seals_heads ON audit_seals USING gin (heads jsonb_path_ops);

-- The few steps that go on among the many that ended.
CREATE INDEX steps_going ON steps (opened_at) WHERE outcome IS NULL;

-- Few recommendations resume an earlier one.
CREATE INDEX recommendations_linked ON recommendations (linked_case_id) WHERE linked_case_id IS NOT NULL;
