-- Loses: nothing.
DROP INDEX "clients_name_id_idx", "cases_process_state_unit_id_id_idx", "recommendations_grade_case_id_idx", "holdings_client_id_idx",
  "audit_entries_case_id_idx", audit_entries_act, audit_entries_on_behalf_of, audit_seals_heads, steps_going, recommendations_linked;
CREATE INDEX "cases_process_state_idx" ON "cases"("process", "state");
