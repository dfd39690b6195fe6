-- Generated from the migrations by: npm run dump-schema

CREATE EXTENSION btree_gist;

CREATE EXTENSION pg_trgm;

CREATE TABLE absences (
  delegation_id text,
  deputy_id text,
  ended_on date,
  entered_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  entered_by text NOT NULL,
  first_day date NOT NULL,
  id text NOT NULL,
  last_day date NOT NULL,
  person_id text NOT NULL,
  CONSTRAINT absences_days CHECK ((last_day >= first_day)),
  CONSTRAINT absences_once EXCLUDE USING gist (person_id WITH =, daterange(first_day, COALESCE(ended_on, (last_day + 1))) WITH &&),
  CONSTRAINT absences_pkey PRIMARY KEY (id)
);

CREATE TABLE account_notices (
  account_id text NOT NULL,
  due_on date NOT NULL,
  duty text NOT NULL,
  level text NOT NULL,
  subject text DEFAULT ''::text NOT NULL,
  told_at timestamp with time zone NOT NULL,
  CONSTRAINT account_notices_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT account_notices_pkey PRIMARY KEY (account_id, duty, subject, due_on, level)
);

CREATE TABLE account_regions (
  account_id text NOT NULL,
  expected_fen bigint NOT NULL,
  region_code text NOT NULL,
  CONSTRAINT account_regions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT account_regions_pkey PRIMARY KEY (account_id, region_code)
);

CREATE TABLE account_reports (
  account_id text NOT NULL,
  by_id text NOT NULL,
  entered_at timestamp with time zone NOT NULL,
  from_on date NOT NULL,
  id text NOT NULL,
  secret bytea NOT NULL,
  to_on date NOT NULL,
  CONSTRAINT account_reports_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT account_reports_period CHECK ((to_on >= from_on)),
  CONSTRAINT account_reports_pkey PRIMARY KEY (id)
);

CREATE TABLE accounts (
  archive_no text NOT NULL,
  client_id text NOT NULL,
  clock_at timestamp with time zone,
  closed_at timestamp with time zone,
  decision_case_id text,
  delisted_case_id text,
  established_on date NOT NULL,
  grade text NOT NULL,
  id text NOT NULL,
  managed_by text NOT NULL,
  on_list boolean DEFAULT false NOT NULL,
  projects_carried boolean DEFAULT false NOT NULL,
  state text NOT NULL,
  terminated_on date,
  CONSTRAINT accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT accounts_pkey PRIMARY KEY (id)
);

CREATE TABLE allocations (
  account_id text NOT NULL,
  amount_fen bigint,
  builder_id text,
  case_id text NOT NULL,
  chooser_ids text[],
  claimed_by text,
  covering_ids text[],
  place text NOT NULL,
  project_id text,
  proposed_id text,
  region_code text NOT NULL,
  CONSTRAINT allocations_pkey PRIMARY KEY (case_id)
);

CREATE TABLE api_tokens (
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  id text NOT NULL,
  last_used_at timestamp with time zone,
  name text NOT NULL,
  person_id text NOT NULL,
  revoked_at timestamp with time zone,
  scopes text[],
  token_hash text NOT NULL,
  CONSTRAINT api_tokens_pkey PRIMARY KEY (id)
);

CREATE TABLE appointment_proposals (
  answer_secret bytea,
  answered_at timestamp with time zone,
  answered_by text,
  confirmers text[],
  document text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  id text NOT NULL,
  person_id text,
  proposed_at timestamp with time zone NOT NULL,
  proposed_by text NOT NULL,
  role text,
  seat_id text,
  secret bytea NOT NULL,
  status text NOT NULL,
  valid_from date NOT NULL,
  CONSTRAINT appointment_proposals_pkey PRIMARY KEY (id),
  CONSTRAINT appointment_proposals_role_of_a_person CHECK (((role IS NULL) OR (person_id IS NOT NULL))),
  CONSTRAINT appointment_proposals_seat_or_role CHECK (((seat_id IS NULL) <> (role IS NULL)))
);

CREATE TABLE attachments (
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  case_id text,
  id text NOT NULL,
  keyed_hash text NOT NULL,
  mime text NOT NULL,
  name bytea NOT NULL,
  purpose text NOT NULL,
  removed_at timestamp with time zone,
  size integer NOT NULL,
  stored_hash text NOT NULL,
  uploaded_by text NOT NULL,
  visit_id text,
  CONSTRAINT attachments_one_owner CHECK ((num_nonnulls(case_id, visit_id) = 1)),
  CONSTRAINT attachments_pkey PRIMARY KEY (id)
);

CREATE TABLE audit_entries (
  act text NOT NULL,
  actor_id text,
  at timestamp(3) with time zone NOT NULL,
  case_id text,
  codes jsonb NOT NULL,
  content_hash bytea,
  entered_by text,
  hash bytea NOT NULL,
  on_behalf_of text,
  prev_hash bytea NOT NULL,
  seq integer NOT NULL,
  stream text NOT NULL,
  task_id text,
  CONSTRAINT audit_entries_pkey PRIMARY KEY (stream, seq)
);

CREATE TABLE audit_seals (
  at timestamp(3) with time zone NOT NULL,
  hash bytea NOT NULL,
  heads jsonb NOT NULL,
  id integer NOT NULL,
  prev_hash bytea NOT NULL,
  CONSTRAINT audit_seals_pkey PRIMARY KEY (id)
);

CREATE TABLE audit_streams (
  head bytea NOT NULL,
  seq integer NOT NULL,
  stream text NOT NULL,
  CONSTRAINT audit_streams_pkey PRIMARY KEY (stream)
);

CREATE TABLE ballots (
  case_id text NOT NULL,
  closed_at timestamp with time zone,
  closed_seq integer,
  continues text,
  director_due_at timestamp with time zone,
  due_at timestamp with time zone NOT NULL,
  id text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  outcome text,
  proof jsonb,
  question jsonb,
  roll jsonb NOT NULL,
  round integer NOT NULL,
  rule jsonb NOT NULL,
  rule_version integer NOT NULL,
  standing jsonb NOT NULL,
  status text NOT NULL,
  step text NOT NULL,
  subject jsonb NOT NULL,
  CONSTRAINT ballots_pkey PRIMARY KEY (id)
);

CREATE TABLE breaches (
  account_id text NOT NULL,
  accused_unit_id text NOT NULL,
  admitted boolean DEFAULT false NOT NULL,
  case_id text NOT NULL,
  holder_unit_id text NOT NULL,
  CONSTRAINT breaches_pkey PRIMARY KEY (case_id)
);

CREATE TABLE bulk_vote_items (
  at timestamp with time zone,
  bulk_vote_id text NOT NULL,
  case_id text NOT NULL,
  code text,
  ord integer NOT NULL,
  state text NOT NULL,
  task_id text NOT NULL,
  CONSTRAINT bulk_vote_items_bulk_vote_id_fkey FOREIGN KEY (bulk_vote_id) REFERENCES bulk_votes(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT bulk_vote_items_pkey PRIMARY KEY (bulk_vote_id, ord)
);

CREATE TABLE bulk_votes (
  created_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  id text NOT NULL,
  person_id text NOT NULL,
  state text NOT NULL,
  year integer NOT NULL,
  CONSTRAINT bulk_votes_pkey PRIMARY KEY (id)
);

CREATE TABLE calendars (
  imported_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  imported_by text,
  source text NOT NULL,
  version text NOT NULL,
  years jsonb NOT NULL,
  CONSTRAINT calendars_pkey PRIMARY KEY (version)
);

CREATE TABLE campaign_acts (
  account_id text,
  act text NOT NULL,
  at timestamp with time zone NOT NULL,
  by_id text,
  from_on date,
  id text NOT NULL,
  number integer NOT NULL,
  secret bytea,
  until_on date,
  work_days integer,
  year integer NOT NULL,
  CONSTRAINT campaign_acts_pkey PRIMARY KEY (id),
  CONSTRAINT campaign_acts_year_fkey FOREIGN KEY (year) REFERENCES campaigns(year) ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE TABLE campaigns (
  clock_at timestamp with time zone,
  closed_at timestamp with time zone,
  cutoff_on date NOT NULL,
  due_on date NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  paused_until date,
  policy_version integer NOT NULL,
  remaining integer NOT NULL,
  responsible_id text NOT NULL,
  scheduled boolean NOT NULL,
  state text NOT NULL,
  year integer NOT NULL,
  CONSTRAINT campaigns_pkey PRIMARY KEY (year),
  CONSTRAINT campaigns_remaining CHECK ((remaining >= 0))
);

CREATE TABLE case_accounts (
  account_id text NOT NULL,
  alone text,
  case_id text NOT NULL,
  open boolean DEFAULT true NOT NULL,
  CONSTRAINT case_accounts_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT case_accounts_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT case_accounts_pkey PRIMARY KEY (case_id, account_id)
);

CREATE TABLE case_parties (
  case_id text NOT NULL,
  party text NOT NULL,
  CONSTRAINT case_parties_pkey PRIMARY KEY (case_id, party)
);

CREATE TABLE cases (
  audit_head bytea,
  client_id text,
  closed_at timestamp with time zone,
  ending text,
  id text NOT NULL,
  number text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  policy_version integer NOT NULL,
  process text NOT NULL,
  seq integer DEFAULT 0 NOT NULL,
  settled_seq integer DEFAULT 0 NOT NULL,
  state text NOT NULL,
  state_since timestamp with time zone NOT NULL,
  submitter_id text NOT NULL,
  title text NOT NULL,
  unit_id text NOT NULL,
  CONSTRAINT cases_pkey PRIMARY KEY (id)
);

CREATE TABLE clients (
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  near_key text NOT NULL,
  secret bytea,
  CONSTRAINT clients_pkey PRIMARY KEY (id)
);

CREATE TABLE co_holders (
  account_id text NOT NULL,
  case_id text NOT NULL,
  co_recommendation_id text,
  holding_id text,
  region_codes text[],
  volume_fen bigint,
  CONSTRAINT co_holders_pkey PRIMARY KEY (case_id)
);

CREATE TABLE co_recommendations (
  asked_at timestamp with time zone NOT NULL,
  case_id text NOT NULL,
  id text NOT NULL,
  person_id text NOT NULL,
  secret bytea NOT NULL,
  status text NOT NULL,
  unit_id text NOT NULL,
  CONSTRAINT co_recommendations_pkey PRIMARY KEY (id)
);

CREATE TABLE comments (
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  case_id text NOT NULL,
  id text NOT NULL,
  person_id text NOT NULL,
  secret bytea NOT NULL,
  CONSTRAINT comments_pkey PRIMARY KEY (id)
);

CREATE TABLE contract_totals (
  account_id text NOT NULL,
  amount_fen bigint NOT NULL,
  as_of date,
  entered_by text,
  kind text NOT NULL,
  source text NOT NULL,
  updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  year integer DEFAULT 0 NOT NULL,
  CONSTRAINT contract_totals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
  CONSTRAINT contract_totals_amount CHECK ((amount_fen >= 0)),
  CONSTRAINT contract_totals_pkey PRIMARY KEY (account_id, kind, year, source),
  CONSTRAINT contract_totals_year CHECK (((kind = 'yearly'::text) = (year > 0)))
);

CREATE TABLE copies (
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  by_id text NOT NULL,
  case_id text NOT NULL,
  person_id text NOT NULL,
  CONSTRAINT copies_pkey PRIMARY KEY (case_id, person_id)
);

CREATE TABLE delegations (
  from_id text NOT NULL,
  id text NOT NULL,
  kinds text[],
  revoked_at timestamp with time zone,
  task_id text,
  to_id text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone NOT NULL,
  CONSTRAINT delegations_pkey PRIMARY KEY (id)
);

CREATE TABLE edition_lines (
  account_id text NOT NULL,
  archive_no text NOT NULL,
  case_id text NOT NULL,
  client_name text NOT NULL,
  co_holders jsonb DEFAULT '[]'::jsonb NOT NULL,
  decision_case_id text,
  established_on date NOT NULL,
  grade text NOT NULL,
  managed_by text NOT NULL,
  manager_id text,
  manager_name text,
  ord integer NOT NULL,
  part text NOT NULL,
  struck_at timestamp with time zone,
  struck_why text,
  unit_id text NOT NULL,
  unit_name text NOT NULL,
  CONSTRAINT edition_lines_case_id_fkey FOREIGN KEY (case_id) REFERENCES editions(case_id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT edition_lines_pkey PRIMARY KEY (case_id, account_id)
);

CREATE TABLE editions (
  case_id text NOT NULL,
  corrects integer,
  cutoff_at timestamp with time zone NOT NULL,
  hash bytea,
  notice_no text,
  number integer,
  open boolean NOT NULL,
  previous_hash bytea,
  published_at timestamp with time zone,
  readers text,
  secrecy_level text,
  secrecy_term text,
  signed_by text,
  CONSTRAINT editions_pkey PRIMARY KEY (case_id)
);

CREATE TABLE entity_names (
  entity_id text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  near_key text NOT NULL,
  CONSTRAINT entity_names_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES legal_entities(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT entity_names_pkey PRIMARY KEY (id)
);

CREATE TABLE exclusivity_checks (
  account_id text,
  at timestamp(3) with time zone NOT NULL,
  audit_seq integer NOT NULL,
  audit_stream text NOT NULL,
  case_id text,
  hash bytea,
  id text NOT NULL,
  key_hashes text[],
  kind text NOT NULL,
  outcome text NOT NULL,
  person_id text NOT NULL,
  receipt_no integer,
  secret bytea NOT NULL,
  unit_id text NOT NULL,
  CONSTRAINT exclusivity_checks_pkey PRIMARY KEY (id)
);

CREATE TABLE exits (
  account_id text NOT NULL,
  case_id text NOT NULL,
  ground text NOT NULL,
  successor_id text,
  CONSTRAINT exits_pkey PRIMARY KEY (case_id)
);

CREATE TABLE facts (
  action text,
  actor_id text,
  at timestamp(3) with time zone NOT NULL,
  ballot_id text,
  case_id text NOT NULL,
  codes jsonb DEFAULT '{}'::jsonb NOT NULL,
  entered_by text,
  kind text NOT NULL,
  on_behalf_of text,
  round integer,
  secret bytea,
  seq integer NOT NULL,
  step text,
  task_id text,
  CONSTRAINT facts_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT facts_pkey PRIMARY KEY (case_id, seq)
);

CREATE TABLE grown_streams (
  id bigint DEFAULT nextval('grown_streams_id_seq'::regclass) NOT NULL,
  stream text NOT NULL,
  CONSTRAINT grown_streams_pkey PRIMARY KEY (id)
);

CREATE TABLE handover_items (
  account_id text NOT NULL,
  case_id text NOT NULL,
  codes jsonb DEFAULT '{}'::jsonb NOT NULL,
  given_at timestamp with time zone,
  given_by text,
  id text NOT NULL,
  kind text NOT NULL,
  ord integer NOT NULL,
  ref text NOT NULL,
  taken_at timestamp with time zone,
  taken_by text,
  CONSTRAINT handover_items_pkey PRIMARY KEY (id)
);

CREATE TABLE heartbeats (
  detail jsonb NOT NULL,
  host text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  pid integer NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone NOT NULL,
  version text NOT NULL,
  CONSTRAINT heartbeats_pkey PRIMARY KEY (id)
);

CREATE TABLE holding_entities (
  entity_key text NOT NULL,
  holding_id text NOT NULL,
  kind text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  CONSTRAINT holding_entities_holding_id_fkey FOREIGN KEY (holding_id) REFERENCES holdings(id),
  CONSTRAINT holding_entities_one_lead EXCLUDE USING gist (entity_key WITH =, tstzrange(valid_from, valid_to) WITH &&) WHERE ((kind = 'lead'::text)),
  CONSTRAINT holding_entities_period CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  CONSTRAINT holding_entities_pkey PRIMARY KEY (holding_id, entity_key, valid_from)
);

CREATE TABLE holdings (
  account_id text NOT NULL,
  client_id text NOT NULL,
  decision_case_id text,
  id text NOT NULL,
  kind text NOT NULL,
  manager_id text,
  unit_id text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  CONSTRAINT holdings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT holdings_one_lead EXCLUDE USING gist (account_id WITH =, tstzrange(valid_from, valid_to) WITH &&) WHERE ((kind = 'lead'::text)),
  CONSTRAINT holdings_period CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  CONSTRAINT holdings_pkey PRIMARY KEY (id)
);

CREATE TABLE idempotency_keys (
  actor_id text NOT NULL,
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  body_hash text NOT NULL,
  key text NOT NULL,
  response jsonb NOT NULL,
  status integer NOT NULL,
  target text NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (actor_id, target, key)
);

CREATE TABLE identities (
  linked_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  linked_by text,
  method text NOT NULL,
  person_id text NOT NULL,
  subject text NOT NULL,
  CONSTRAINT identities_pkey PRIMARY KEY (method, subject)
);

CREATE TABLE imports (
  applied_at timestamp with time zone,
  applied_by text,
  checked_at timestamp with time zone NOT NULL,
  checked_by text NOT NULL,
  content_hash text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  new_rows integer NOT NULL,
  refused_rows integer NOT NULL,
  rows integer NOT NULL,
  secret bytea,
  size integer NOT NULL,
  state text NOT NULL,
  stored_hash text NOT NULL,
  CONSTRAINT imports_pkey PRIMARY KEY (id),
  CONSTRAINT imports_two_persons CHECK ((((state = 'applied'::text) = (applied_by IS NOT NULL)) AND ((state = 'applied'::text) = (applied_at IS NOT NULL)) AND (applied_by IS DISTINCT FROM checked_by)))
);

CREATE TABLE known_devices (
  device_hash text NOT NULL,
  last_used_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  person_id text NOT NULL,
  CONSTRAINT known_devices_pkey PRIMARY KEY (device_hash, person_id)
);

CREATE TABLE ledger_entries (
  account_id text NOT NULL,
  body text NOT NULL,
  content_hash text NOT NULL,
  cumulative_fen bigint,
  decided_on date NOT NULL,
  document text NOT NULL,
  expected_fen bigint NOT NULL,
  import_id text NOT NULL,
  row_no integer NOT NULL,
  CONSTRAINT ledger_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT ledger_entries_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT ledger_entries_pkey PRIMARY KEY (account_id)
);

CREATE TABLE legal_entities (
  client_id text NOT NULL,
  code text,
  code_type text NOT NULL,
  entity_key text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  relation text,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT legal_entities_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT legal_entities_pkey PRIMARY KEY (id)
);

CREATE TABLE local_credentials (
  changed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  expires_at timestamp with time zone,
  issued_by text,
  must_change boolean NOT NULL,
  other_half bytea,
  password_hash text NOT NULL,
  person_id text NOT NULL,
  totp_secret bytea,
  totp_since timestamp with time zone,
  totp_step integer,
  CONSTRAINT local_credentials_pkey PRIMARY KEY (person_id)
);

CREATE TABLE marketing_tasks (
  account_id text NOT NULL,
  closed_at timestamp(3) with time zone,
  closed_by text,
  due_on date NOT NULL,
  id text NOT NULL,
  owner_id text NOT NULL,
  secret bytea NOT NULL,
  set_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  set_by text NOT NULL,
  state text NOT NULL,
  CONSTRAINT marketing_tasks_closed CHECK ((((state = 'open'::text) = (closed_at IS NULL)) AND ((state = ANY (ARRAY['open'::text, 'ended'::text])) = (closed_by IS NULL)))),
  CONSTRAINT marketing_tasks_pkey PRIMARY KEY (id),
  CONSTRAINT marketing_tasks_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text, 'ended'::text])))
);

CREATE TABLE memberships (
  account_id text NOT NULL,
  case_id text NOT NULL,
  change text NOT NULL,
  client_id text NOT NULL,
  entity_id text,
  CONSTRAINT memberships_pkey PRIMARY KEY (case_id)
);

CREATE TABLE muted_notifications (
  kind text NOT NULL,
  person_id text NOT NULL,
  CONSTRAINT muted_notifications_pkey PRIMARY KEY (person_id, kind)
);

CREATE TABLE near_matches (
  asked_hash text NOT NULL,
  check_id text NOT NULL,
  client_id text,
  id text NOT NULL,
  judged_at timestamp with time zone,
  judged_by text,
  near_case_id text,
  near_hash text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  secret bytea NOT NULL,
  state text NOT NULL,
  verdict text,
  why text NOT NULL,
  CONSTRAINT near_matches_pkey PRIMARY KEY (id)
);

CREATE TABLE notifications (
  account_id text,
  at timestamp with time zone NOT NULL,
  case_id text,
  id text NOT NULL,
  kind text NOT NULL,
  person_id text NOT NULL,
  read_at timestamp with time zone,
  task_id text,
  CONSTRAINT notifications_pkey PRIMARY KEY (id)
);

CREATE TABLE operation_kinds (
  id text NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  ord integer NOT NULL,
  retired_at timestamp with time zone,
  tier text NOT NULL,
  CONSTRAINT operation_kinds_pkey PRIMARY KEY (id),
  CONSTRAINT operation_kinds_tier CHECK ((tier = ANY (ARRAY['secondary'::text, 'tertiary'::text])))
);

CREATE TABLE organisation_changes (
  at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  change text NOT NULL,
  changed_by text NOT NULL,
  codes jsonb DEFAULT '{}'::jsonb NOT NULL,
  document text NOT NULL,
  effective_on date NOT NULL,
  id text NOT NULL,
  subject text NOT NULL,
  subject_id text NOT NULL,
  CONSTRAINT organisation_changes_pkey PRIMARY KEY (id)
);

CREATE TABLE outbox (
  attempts integer DEFAULT 0 NOT NULL,
  case_id text NOT NULL,
  ends_run text,
  id bigint DEFAULT nextval('outbox_id_seq'::regclass) NOT NULL,
  next_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  process text NOT NULL,
  request_id text,
  sent_at timestamp with time zone,
  seq integer NOT NULL,
  trace_parent text,
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);

CREATE TABLE password_history (
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  password_hash text NOT NULL,
  person_id text NOT NULL,
  CONSTRAINT password_history_pkey PRIMARY KEY (person_id, at)
);

CREATE TABLE persons (
  active boolean DEFAULT true NOT NULL,
  appearance text,
  id text NOT NULL,
  language text,
  left_on date,
  login text NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  toured boolean DEFAULT false NOT NULL,
  unit_id text NOT NULL,
  CONSTRAINT persons_pkey PRIMARY KEY (id)
);

CREATE TABLE plan_measures (
  confirmed_by text,
  done_at timestamp with time zone,
  due_on date NOT NULL,
  first_due_on date NOT NULL,
  id text NOT NULL,
  ord integer NOT NULL,
  owner_id text NOT NULL,
  plan_id text NOT NULL,
  reported_at timestamp with time zone,
  secret bytea NOT NULL,
  state text NOT NULL,
  CONSTRAINT plan_measures_pkey PRIMARY KEY (id),
  CONSTRAINT plan_measures_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id) ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE TABLE plans (
  account_id text NOT NULL,
  case_id text NOT NULL,
  closed_at timestamp with time zone,
  id text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  result text,
  secret bytea NOT NULL,
  state text NOT NULL,
  CONSTRAINT plans_pkey PRIMARY KEY (id)
);

CREATE TABLE policy_versions (
  "values" jsonb NOT NULL,
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  created_by text,
  effective_from timestamp with time zone NOT NULL,
  note text NOT NULL,
  version integer NOT NULL,
  CONSTRAINT policy_versions_pkey PRIMARY KEY (version)
);

CREATE TABLE policy_withdrawals (
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  note text NOT NULL,
  version integer NOT NULL,
  withdrawn_by text NOT NULL,
  CONSTRAINT policy_withdrawals_pkey PRIMARY KEY (version),
  CONSTRAINT policy_withdrawals_version_fkey FOREIGN KEY (version) REFERENCES policy_versions(version)
);

CREATE TABLE project_changes (
  act text NOT NULL,
  actor_id text,
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  case_id text,
  fields text[],
  id text NOT NULL,
  operation_id text,
  project_id text NOT NULL,
  secret bytea NOT NULL,
  version integer NOT NULL,
  CONSTRAINT project_changes_pkey PRIMARY KEY (id),
  CONSTRAINT project_changes_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id)
);

CREATE TABLE project_operations (
  account_id text NOT NULL,
  agreed_fen bigint,
  claimed_fen bigint NOT NULL,
  claimed_on date NOT NULL,
  entered_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  id text NOT NULL,
  kind_id text NOT NULL,
  project_id text NOT NULL,
  secret bytea NOT NULL,
  state text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  CONSTRAINT project_operations_amounts CHECK (((claimed_fen >= 0) AND (agreed_fen >= 0))),
  CONSTRAINT project_operations_kind_id_fkey FOREIGN KEY (kind_id) REFERENCES operation_kinds(id),
  CONSTRAINT project_operations_pkey PRIMARY KEY (id),
  CONSTRAINT project_operations_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id)
);

CREATE TABLE projects (
  account_id text NOT NULL,
  amount_fen bigint NOT NULL,
  builder_unit_id text,
  cancelled boolean DEFAULT false NOT NULL,
  client_id text NOT NULL,
  contracted_on date,
  counts_toward_grade boolean DEFAULT true NOT NULL,
  employer_id text,
  entered_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  finished_on date,
  id text NOT NULL,
  planned_on date,
  prior boolean DEFAULT false NOT NULL,
  receivable_fen bigint,
  received_fen bigint,
  region_code text NOT NULL,
  secret bytea NOT NULL,
  stage text,
  started_on date,
  state text NOT NULL,
  updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  CONSTRAINT projects_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
  CONSTRAINT projects_amounts CHECK (((amount_fen >= 0) AND (receivable_fen >= 0) AND (received_fen >= 0))),
  CONSTRAINT projects_builder_unit_id_fkey FOREIGN KEY (builder_unit_id) REFERENCES units(id),
  CONSTRAINT projects_employer_id_fkey FOREIGN KEY (employer_id) REFERENCES legal_entities(id),
  CONSTRAINT projects_pkey PRIMARY KEY (id),
  CONSTRAINT projects_state CHECK ((state = ANY (ARRAY['upcoming'::text, 'building'::text, 'past'::text])))
);

CREATE TABLE reassignment_accounts (
  account_id text NOT NULL,
  case_id text NOT NULL,
  holding_id text NOT NULL,
  manager_id text,
  nominee_id text,
  successor_id text,
  CONSTRAINT reassignment_accounts_pkey PRIMARY KEY (case_id, account_id)
);

CREATE TABLE reassignments (
  adjustment text,
  case_id text NOT NULL,
  ground text NOT NULL,
  new_unit_id text,
  replaces text NOT NULL,
  unit_id text NOT NULL,
  CONSTRAINT reassignments_pkey PRIMARY KEY (case_id)
);

CREATE TABLE recommendation_entities (
  case_id text NOT NULL,
  entity_key text NOT NULL,
  near_key text,
  open boolean NOT NULL,
  CONSTRAINT recommendation_entities_pkey PRIMARY KEY (case_id, entity_key)
);

CREATE TABLE recommendations (
  announced_at timestamp with time zone,
  case_id text NOT NULL,
  department_ids text[],
  evaluator_ids text[],
  expected_fen bigint NOT NULL,
  form bytea NOT NULL,
  form_version integer DEFAULT 1 NOT NULL,
  grade text,
  linked_case_id text,
  nominated_by text,
  nominations integer DEFAULT 0 NOT NULL,
  nominee_id text,
  outside_territory boolean DEFAULT false NOT NULL,
  proposed_grade text NOT NULL,
  special_consideration boolean DEFAULT false NOT NULL,
  submitted_at timestamp with time zone,
  updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT recommendations_pkey PRIMARY KEY (case_id)
);

CREATE TABLE recovery_codes (
  code_hash text NOT NULL,
  person_id text NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT recovery_codes_pkey PRIMARY KEY (person_id, code_hash)
);

CREATE TABLE refused_roles (
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  method text NOT NULL,
  person_id text NOT NULL,
  role text NOT NULL,
  unit_id text DEFAULT ''::text NOT NULL,
  why text NOT NULL,
  CONSTRAINT refused_roles_pkey PRIMARY KEY (method, person_id, role, unit_id)
);

CREATE TABLE reviews (
  account_id text NOT NULL,
  added_by text,
  case_id text,
  data_at_hand boolean DEFAULT false NOT NULL,
  decided boolean,
  due_on date,
  endorsed_at timestamp with time zone,
  excluded_by text,
  finished_at timestamp with time zone,
  grade_after text,
  grade_before text NOT NULL,
  id text NOT NULL,
  moved_by integer DEFAULT 0 NOT NULL,
  outcome text,
  proposal text,
  proposed_grade text,
  pulled_out_at timestamp with time zone,
  pulled_out_by text,
  replaced boolean DEFAULT false NOT NULL,
  reported_at timestamp with time zone,
  score integer,
  secret bytea,
  state text NOT NULL,
  year integer NOT NULL,
  CONSTRAINT reviews_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT reviews_pkey PRIMARY KEY (id),
  CONSTRAINT reviews_year_fkey FOREIGN KEY (year) REFERENCES campaigns(year) ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE TABLE role_assignments (
  document text NOT NULL,
  granted_by text,
  id text NOT NULL,
  person_id text NOT NULL,
  role text NOT NULL,
  source text DEFAULT 'manual'::text NOT NULL,
  unit_id text,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT role_assignments_pkey PRIMARY KEY (id)
);

CREATE TABLE saved_filters (
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  criteria jsonb NOT NULL,
  id text NOT NULL,
  is_default boolean DEFAULT false NOT NULL,
  list text NOT NULL,
  name text NOT NULL,
  ord integer NOT NULL,
  person_id text NOT NULL,
  CONSTRAINT saved_filters_pkey PRIMARY KEY (id)
);

CREATE TABLE sealed_streams (
  seq integer NOT NULL,
  stream text NOT NULL,
  CONSTRAINT sealed_streams_pkey PRIMARY KEY (stream)
);

CREATE TABLE seat_terms (
  document text NOT NULL,
  id text NOT NULL,
  person_id text NOT NULL,
  seat_id text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT seat_terms_one_holder EXCLUDE USING gist (seat_id WITH =, daterange(valid_from, valid_to) WITH &&),
  CONSTRAINT seat_terms_pkey PRIMARY KEY (id)
);

CREATE TABLE seats (
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  ord integer NOT NULL,
  unit_id text,
  CONSTRAINT seats_pkey PRIMARY KEY (id)
);

CREATE TABLE sessions (
  authenticated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  csrf_token text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  id text NOT NULL,
  last_seen_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  method text NOT NULL,
  person_id text NOT NULL,
  revoked_at timestamp with time zone,
  step_up_at timestamp with time zone,
  user_agent text,
  CONSTRAINT sessions_pkey PRIMARY KEY (id)
);

CREATE TABLE setup_codes (
  code_hash text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT setup_codes_pkey PRIMARY KEY (code_hash)
);

CREATE TABLE sign_in_attempts (
  expires_at timestamp with time zone NOT NULL,
  id text NOT NULL,
  method text NOT NULL,
  person_id text,
  purpose text NOT NULL,
  session_id text,
  state jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (id)
);

CREATE TABLE sign_in_brakes (
  failures integer NOT NULL,
  key text NOT NULL,
  last_at timestamp with time zone NOT NULL,
  locked_until timestamp with time zone,
  CONSTRAINT sign_in_brakes_pkey PRIMARY KEY (key)
);

CREATE TABLE signal_references (
  action text NOT NULL,
  body_hash text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  id text NOT NULL,
  person_id text NOT NULL,
  session_id text,
  task_id text NOT NULL,
  token_id text,
  used_at timestamp with time zone,
  CONSTRAINT signal_references_pkey PRIMARY KEY (id),
  CONSTRAINT signal_references_under_one CHECK (((num_nonnulls(session_id, token_id) = 1) OR (used_at IS NOT NULL)))
);

CREATE TABLE steps (
  case_id text NOT NULL,
  closed_seq integer,
  codes jsonb DEFAULT '{}'::jsonb NOT NULL,
  name text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  opened_seq integer NOT NULL,
  outcome text,
  round integer NOT NULL,
  CONSTRAINT steps_pkey PRIMARY KEY (case_id, name, round)
);

CREATE TABLE strangers (
  email text,
  first_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  last_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  login text,
  method text NOT NULL,
  name text,
  subject text NOT NULL,
  times integer DEFAULT 1 NOT NULL,
  CONSTRAINT strangers_pkey PRIMARY KEY (method, subject)
);

CREATE TABLE suggestions (
  account_id text NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  severity text,
  CONSTRAINT suggestions_pkey PRIMARY KEY (case_id)
);

CREATE TABLE tasks (
  actions text[],
  assignee_id text,
  ballot_id text,
  blocking boolean NOT NULL,
  calendar_days boolean NOT NULL,
  calendar_version text,
  candidates text[],
  case_id text NOT NULL,
  closed_at timestamp with time zone,
  closed_seq integer,
  due_at timestamp with time zone,
  due_days integer,
  escalations jsonb NOT NULL,
  extended boolean NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  level integer NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  opened_seq integer NOT NULL,
  outcome text,
  parent_id text,
  period_at timestamp with time zone NOT NULL,
  provisional boolean NOT NULL,
  remind_day_at timestamp with time zone,
  remind_half_at timestamp with time zone,
  round integer NOT NULL,
  silence text NOT NULL,
  status text NOT NULL,
  step text NOT NULL,
  subject jsonb NOT NULL,
  urged_at timestamp with time zone,
  CONSTRAINT tasks_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT tasks_pkey PRIMARY KEY (id)
);

CREATE TABLE territories (
  area text,
  carve_out boolean DEFAULT false NOT NULL,
  id text NOT NULL,
  prefix text NOT NULL,
  unit_id text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT territories_pkey PRIMARY KEY (id),
  CONSTRAINT territories_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES units(id) ON UPDATE CASCADE ON DELETE RESTRICT
);

CREATE TABLE units (
  code text NOT NULL,
  dissolved_on date,
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  parent_id text,
  successor_id text,
  CONSTRAINT units_pkey PRIMARY KEY (id)
);

CREATE TABLE visits (
  account_id text NOT NULL,
  by_id text NOT NULL,
  corrects text,
  entered_at timestamp with time zone NOT NULL,
  holding_id text NOT NULL,
  id text NOT NULL,
  planned_on date,
  secret bytea,
  state text NOT NULL,
  visited_on date,
  CONSTRAINT visits_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT visits_day CHECK (((state <> 'planned'::text) OR (planned_on IS NOT NULL))),
  CONSTRAINT visits_done CHECK ((((state = 'done'::text) = (visited_on IS NOT NULL)) AND ((state <> 'done'::text) OR (secret IS NOT NULL)))),
  CONSTRAINT visits_pkey PRIMARY KEY (id)
);

CREATE INDEX absences_last_day_idx ON public.absences USING btree (last_day);

CREATE INDEX absences_person_id_idx ON public.absences USING btree (person_id);

CREATE INDEX account_regions_region_code_idx ON public.account_regions USING btree (region_code);

CREATE UNIQUE INDEX account_reports_account_id_to_on_key ON public.account_reports USING btree (account_id, to_on);

CREATE UNIQUE INDEX accounts_archive_no_key ON public.accounts USING btree (archive_no);

CREATE INDEX accounts_client_id_idx ON public.accounts USING btree (client_id);

CREATE INDEX accounts_closed_at_id_idx ON public.accounts USING btree (closed_at, id);

CREATE UNIQUE INDEX accounts_decision_case_id_key ON public.accounts USING btree (decision_case_id);

CREATE INDEX allocations_account_id_idx ON public.allocations USING btree (account_id);

CREATE INDEX allocations_project_id_idx ON public.allocations USING btree (project_id);

CREATE INDEX api_tokens_person_id_idx ON public.api_tokens USING btree (person_id);

CREATE UNIQUE INDEX api_tokens_token_hash_key ON public.api_tokens USING btree (token_hash);

CREATE UNIQUE INDEX appointment_proposals_one_role ON public.appointment_proposals USING btree (person_id, role) WHERE ((status = 'open'::text) AND (role IS NOT NULL));

CREATE UNIQUE INDEX appointment_proposals_one_seat ON public.appointment_proposals USING btree (seat_id) WHERE ((status = 'open'::text) AND (seat_id IS NOT NULL));

CREATE INDEX attachments_case_id_idx ON public.attachments USING btree (case_id);

CREATE INDEX attachments_visit_id_idx ON public.attachments USING btree (visit_id);

CREATE INDEX audit_entries_act ON public.audit_entries USING btree (act text_pattern_ops);

CREATE INDEX audit_entries_actor_id_idx ON public.audit_entries USING btree (actor_id);

CREATE INDEX audit_entries_at_idx ON public.audit_entries USING btree (at);

CREATE INDEX audit_entries_case_id_idx ON public.audit_entries USING btree (case_id);

CREATE INDEX audit_entries_on_behalf_of ON public.audit_entries USING btree (on_behalf_of) WHERE (on_behalf_of IS NOT NULL);

CREATE INDEX audit_seals_heads ON public.audit_seals USING gin (heads jsonb_path_ops);

CREATE UNIQUE INDEX ballots_case_id_step_round_key ON public.ballots USING btree (case_id, step, round);

CREATE INDEX ballots_open_roll ON public.ballots USING gin (roll jsonb_path_ops) WHERE (status = 'open'::text);

CREATE INDEX breaches_account_id_idx ON public.breaches USING btree (account_id);

CREATE INDEX breaches_accused_unit_id_idx ON public.breaches USING btree (accused_unit_id);

CREATE UNIQUE INDEX bulk_vote_items_bulk_vote_id_task_id_key ON public.bulk_vote_items USING btree (bulk_vote_id, task_id);

CREATE INDEX bulk_votes_person_id_created_at_idx ON public.bulk_votes USING btree (person_id, created_at);

CREATE UNIQUE INDEX campaign_acts_year_number_key ON public.campaign_acts USING btree (year, number);

CREATE INDEX case_accounts_account_id_idx ON public.case_accounts USING btree (account_id);

CREATE UNIQUE INDEX case_accounts_alone ON public.case_accounts USING btree (account_id, alone) WHERE (open AND (alone IS NOT NULL));

CREATE INDEX case_parties_party_idx ON public.case_parties USING btree (party);

CREATE INDEX cases_client_id_idx ON public.cases USING btree (client_id);

CREATE INDEX cases_closed ON public.cases USING btree (closed_at, id) WHERE (closed_at IS NOT NULL);

CREATE UNIQUE INDEX cases_number_key ON public.cases USING btree (number);

CREATE INDEX cases_number_part ON public.cases USING gin (number gin_trgm_ops);

CREATE INDEX cases_open ON public.cases USING btree (opened_at DESC, id DESC) WHERE (closed_at IS NULL);

CREATE INDEX cases_opened_at_id_idx ON public.cases USING btree (opened_at DESC, id DESC);

CREATE INDEX cases_process_state_unit_id_id_idx ON public.cases USING btree (process, state, unit_id, id);

CREATE INDEX cases_submitter_id_opened_at_id_idx ON public.cases USING btree (submitter_id, opened_at DESC, id DESC);

CREATE INDEX cases_title_part ON public.cases USING gin (title gin_trgm_ops);

CREATE INDEX cases_unit_id_opened_at_id_idx ON public.cases USING btree (unit_id, opened_at DESC, id DESC);

CREATE INDEX clients_name_id_idx ON public.clients USING btree (name, id);

CREATE INDEX clients_name_part ON public.clients USING gin (name_key gin_trgm_ops);

CREATE INDEX clients_near_part ON public.clients USING gin (near_key gin_trgm_ops);

CREATE INDEX co_holders_account_id_idx ON public.co_holders USING btree (account_id);

CREATE UNIQUE INDEX co_holders_co_recommendation_id_key ON public.co_holders USING btree (co_recommendation_id);

CREATE UNIQUE INDEX co_recommendations_case_id_unit_id_key ON public.co_recommendations USING btree (case_id, unit_id);

CREATE INDEX comments_case_id_idx ON public.comments USING btree (case_id);

CREATE INDEX copies_person_id_idx ON public.copies USING btree (person_id);

CREATE INDEX delegations_from_id_idx ON public.delegations USING btree (from_id);

CREATE INDEX delegations_to_id_idx ON public.delegations USING btree (to_id);

CREATE INDEX edition_lines_account_id_idx ON public.edition_lines USING btree (account_id);

CREATE UNIQUE INDEX editions_number_key ON public.editions USING btree (number);

CREATE UNIQUE INDEX editions_one_open ON public.editions USING btree ((true)) WHERE open;

CREATE INDEX entity_names_name_key_idx ON public.entity_names USING btree (name_key);

CREATE INDEX entity_names_near ON public.entity_names USING gin (near_key gin_trgm_ops);

CREATE INDEX entity_names_part ON public.entity_names USING gin (name_key gin_trgm_ops);

CREATE INDEX exclusivity_checks_key_hashes_idx ON public.exclusivity_checks USING gin (key_hashes);

CREATE INDEX exclusivity_checks_person_id_at_idx ON public.exclusivity_checks USING btree (person_id, at);

CREATE UNIQUE INDEX exclusivity_checks_receipt_no_key ON public.exclusivity_checks USING btree (receipt_no);

CREATE INDEX exclusivity_checks_unit_id_at_idx ON public.exclusivity_checks USING btree (unit_id, at);

CREATE INDEX exits_account_id_idx ON public.exits USING btree (account_id);

CREATE INDEX facts_actor_id_at_case_id_seq_idx ON public.facts USING btree (actor_id, at DESC, case_id DESC, seq DESC);

CREATE INDEX facts_ballot_id_idx ON public.facts USING btree (ballot_id);

CREATE UNIQUE INDEX handover_items_case_id_account_id_kind_ref_key ON public.handover_items USING btree (case_id, account_id, kind, ref);

CREATE INDEX holdings_account_id_idx ON public.holdings USING btree (account_id);

CREATE INDEX holdings_client_id_idx ON public.holdings USING btree (client_id);

CREATE INDEX holdings_manager_id_idx ON public.holdings USING btree (manager_id);

CREATE UNIQUE INDEX holdings_one_co ON public.holdings USING btree (client_id, unit_id, manager_id) WHERE ((kind = 'co'::text) AND (valid_to IS NULL));

CREATE INDEX holdings_unit_id_idx ON public.holdings USING btree (unit_id);

CREATE INDEX identities_person_id_idx ON public.identities USING btree (person_id);

CREATE UNIQUE INDEX imports_applied_once ON public.imports USING btree (kind, content_hash) WHERE (state = 'applied'::text);

CREATE INDEX imports_kind_checked_at_idx ON public.imports USING btree (kind, checked_at);

CREATE INDEX ledger_entries_import_id_idx ON public.ledger_entries USING btree (import_id);

CREATE INDEX legal_entities_client_id_idx ON public.legal_entities USING btree (client_id);

CREATE UNIQUE INDEX legal_entities_entity_key_key ON public.legal_entities USING btree (entity_key);

CREATE INDEX marketing_tasks_account_id_idx ON public.marketing_tasks USING btree (account_id);

CREATE INDEX marketing_tasks_owner_id_idx ON public.marketing_tasks USING btree (owner_id);

CREATE INDEX memberships_account_id_idx ON public.memberships USING btree (account_id);

CREATE INDEX memberships_entity_id_idx ON public.memberships USING btree (entity_id);

CREATE UNIQUE INDEX near_matches_asked_hash_near_hash_key ON public.near_matches USING btree (asked_hash, near_hash);

CREATE INDEX near_matches_state_opened_at_idx ON public.near_matches USING btree (state, opened_at);

CREATE INDEX notifications_person_id_at_idx ON public.notifications USING btree (person_id, at);

CREATE INDEX notifications_person_id_read_at_idx ON public.notifications USING btree (person_id, read_at);

CREATE UNIQUE INDEX operation_kinds_in_use ON public.operation_kinds USING btree (tier, name) WHERE (retired_at IS NULL);

CREATE INDEX organisation_changes_subject_subject_id_idx ON public.organisation_changes USING btree (subject, subject_id);

CREATE INDEX outbox_case_id_idx ON public.outbox USING btree (case_id);

CREATE INDEX outbox_next_at_idx ON public.outbox USING btree (next_at);

CREATE UNIQUE INDEX persons_login_folded ON public.persons USING btree (lower(login));

CREATE UNIQUE INDEX persons_login_key ON public.persons USING btree (login);

CREATE UNIQUE INDEX plan_measures_plan_id_ord_key ON public.plan_measures USING btree (plan_id, ord);

CREATE INDEX plan_measures_state_due_on_idx ON public.plan_measures USING btree (state, due_on);

CREATE INDEX plans_account_id_idx ON public.plans USING btree (account_id);

CREATE UNIQUE INDEX plans_case_id_key ON public.plans USING btree (case_id);

CREATE INDEX project_changes_project_id_at_idx ON public.project_changes USING btree (project_id, at);

CREATE INDEX project_operations_account_id_idx ON public.project_operations USING btree (account_id);

CREATE INDEX project_operations_project_id_idx ON public.project_operations USING btree (project_id);

CREATE INDEX projects_account_id_idx ON public.projects USING btree (account_id);

CREATE INDEX projects_builder_unit_id_idx ON public.projects USING btree (builder_unit_id);

CREATE INDEX reassignment_accounts_account_id_idx ON public.reassignment_accounts USING btree (account_id);

CREATE INDEX recommendation_entities_entity_key_idx ON public.recommendation_entities USING btree (entity_key);

CREATE INDEX recommendation_entities_near ON public.recommendation_entities USING gin (near_key gin_trgm_ops) WHERE open;

CREATE UNIQUE INDEX recommendation_entities_one_open ON public.recommendation_entities USING btree (entity_key) WHERE open;

CREATE INDEX recommendations_drafts ON public.recommendations USING btree (updated_at) WHERE (submitted_at IS NULL);

CREATE INDEX recommendations_grade_case_id_idx ON public.recommendations USING btree (grade, case_id);

CREATE INDEX recommendations_linked ON public.recommendations USING btree (linked_case_id) WHERE (linked_case_id IS NOT NULL);

CREATE INDEX reviews_account_id_idx ON public.reviews USING btree (account_id);

CREATE UNIQUE INDEX reviews_case_id_key ON public.reviews USING btree (case_id);

CREATE UNIQUE INDEX reviews_one_a_year ON public.reviews USING btree (year, account_id) WHERE (NOT replaced);

CREATE INDEX reviews_year_state_idx ON public.reviews USING btree (year, state);

CREATE INDEX role_assignments_person_id_idx ON public.role_assignments USING btree (person_id);

CREATE INDEX role_assignments_role_unit_id_idx ON public.role_assignments USING btree (role, unit_id);

CREATE UNIQUE INDEX saved_filters_one_default ON public.saved_filters USING btree (person_id, list) WHERE is_default;

CREATE UNIQUE INDEX saved_filters_person_id_list_name_key ON public.saved_filters USING btree (person_id, list, name);

CREATE INDEX seat_terms_person_id_idx ON public.seat_terms USING btree (person_id);

CREATE UNIQUE INDEX seats_ord_key ON public.seats USING btree (ord);

CREATE INDEX sessions_person_id_idx ON public.sessions USING btree (person_id);

CREATE INDEX sign_in_attempts_expires_at_idx ON public.sign_in_attempts USING btree (expires_at);

CREATE INDEX sign_in_brakes_last_at_idx ON public.sign_in_brakes USING btree (last_at);

CREATE INDEX steps_going ON public.steps USING btree (opened_at) WHERE (outcome IS NULL);

CREATE INDEX steps_opened_at_idx ON public.steps USING btree (opened_at);

CREATE INDEX strangers_last_at_idx ON public.strangers USING btree (last_at);

CREATE INDEX suggestions_account_id_idx ON public.suggestions USING btree (account_id);

CREATE INDEX tasks_assignee_id_idx ON public.tasks USING btree (assignee_id);

CREATE INDEX tasks_ballot ON public.tasks USING btree (ballot_id) WHERE (ballot_id IS NOT NULL);

CREATE INDEX tasks_case_id_step_round_idx ON public.tasks USING btree (case_id, step, round);

CREATE INDEX tasks_open_assignee ON public.tasks USING btree (assignee_id) WHERE ((status = 'open'::text) AND (assignee_id IS NOT NULL));

CREATE INDEX tasks_open_candidates ON public.tasks USING gin (candidates) WHERE (status = 'open'::text);

CREATE INDEX tasks_open_case ON public.tasks USING btree (case_id) WHERE (status = 'open'::text);

CREATE INDEX tasks_past_candidates ON public.tasks USING gin (candidates) WHERE (status <> 'open'::text);

CREATE UNIQUE INDEX units_code_key ON public.units USING btree (code);

CREATE INDEX visits_account_id_visited_on_idx ON public.visits USING btree (account_id, visited_on);

CREATE UNIQUE INDEX visits_corrects_key ON public.visits USING btree (corrects);

CREATE INDEX visits_holding_id_idx ON public.visits USING btree (holding_id);

CREATE OR REPLACE FUNCTION public.edition_is_published()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_TABLE_NAME = 'editions' THEN
    IF OLD."published_at" IS NOT NULL THEN
      RAISE EXCEPTION 'edition % is published', OLD."number" USING ERRCODE = 'restrict_violation', CONSTRAINT = 'edition_is_published';
    END IF;
  ELSIF EXISTS (SELECT 1 FROM "editions" e WHERE e."case_id" = coalesce(OLD."case_id", NEW."case_id") AND e."published_at" IS NOT NULL) THEN
    RAISE EXCEPTION 'a line of a published edition' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'edition_is_published';
  END IF;
  RETURN coalesce(NEW, OLD);
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_unheld_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM holdings h WHERE h.account_id = NEW.account_id AND h.kind = 'lead' AND h.valid_from = NEW.valid_to)
     AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = NEW.account_id AND a.state <> 'terminated') THEN
    RAISE EXCEPTION 'account % would have no lead holding from %', NEW.account_id, NEW.valid_to;
  END IF;
  RETURN NULL;
END $function$;

CREATE TRIGGER account_reports_append_only BEFORE DELETE OR UPDATE ON public.account_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_entries_append_only BEFORE DELETE OR UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_seals_append_only BEFORE DELETE OR UPDATE ON public.audit_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER edition_lines_published BEFORE INSERT OR DELETE OR UPDATE ON public.edition_lines FOR EACH ROW EXECUTE FUNCTION edition_is_published();

CREATE TRIGGER editions_published BEFORE DELETE OR UPDATE ON public.editions FOR EACH ROW EXECUTE FUNCTION edition_is_published();

CREATE TRIGGER exclusivity_checks_append_only BEFORE DELETE OR UPDATE ON public.exclusivity_checks FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER facts_append_only BEFORE DELETE OR UPDATE ON public.facts FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE CONSTRAINT TRIGGER holdings_no_gap AFTER UPDATE OF valid_to ON public.holdings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.kind = 'lead'::text) AND (new.valid_to IS NOT NULL))) EXECUTE FUNCTION refuse_unheld_account();

CREATE TRIGGER organisation_changes_append_only BEFORE DELETE OR UPDATE ON public.organisation_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER policy_versions_append_only BEFORE DELETE OR UPDATE ON public.policy_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER policy_withdrawals_append_only BEFORE DELETE OR UPDATE ON public.policy_withdrawals FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER project_changes_append_only BEFORE DELETE OR UPDATE ON public.project_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
