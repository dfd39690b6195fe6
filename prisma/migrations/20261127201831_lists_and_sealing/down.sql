-- Loses: nothing. What had grown and is not sealed yet is found again by going forward.
DROP TABLE "grown_streams";
DROP INDEX "cases_unit_id_opened_at_id_idx", "cases_submitter_id_opened_at_id_idx", "cases_opened_at_id_idx", "cases_client_id_idx",
  "recommendation_entities_entity_key_idx", "facts_actor_id_at_case_id_seq_idx", "holdings_unit_id_idx", tasks_past_candidates,
  tasks_open_assignee, cases_title_part, cases_number_part, clients_near_part, clients_name_part, entity_names_part, cases_open,
  cases_closed, recommendations_drafts;
CREATE INDEX "cases_unit_id_idx" ON "cases"("unit_id");
CREATE INDEX "facts_actor_id_idx" ON "facts"("actor_id");
