import type { ClientBase } from 'pg';
import type { AuditEntry } from '../../cases/auditHash.ts';
import { caseStream } from '../../cases/caseAudit.ts';
import { loadEntries } from '../../cases/storedCase.ts';
import { canonicalJson } from '../../domain/auditContent.ts';

/** Stands in a pattern for the first eight digits of every id; a copy puts its own number there. */
const MARK = '@@@@@@@@';
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';

/** Columns that a copy has of its own, as SQL over the copy `s` and the row `t` it is made from. */
type Own = Readonly<Record<string, string>>;
type Copied = { readonly table: string; readonly of: string; readonly own?: Own };

const ownEntity = { entity_key: `t.entity_key || ':' || s.hex` };
const ACCOUNT = 'JOIN accounts a ON a.decision_case_id = p.pattern';

/** What is copied of a case, in the order of its references. `of` leads from a pattern `p` to its rows `x`. */
const copied: readonly Copied[] = [
  {
    table: 'cases',
    of: 'JOIN cases x ON x.id = p.pattern',
    own: {
      number: 's.number',
      title: 's.title',
      audit_head: `(SELECT e.hash FROM audit_entries e WHERE e.stream = 'case:' || s.id AND e.seq = t.seq)`,
    },
  },
  {
    table: 'recommendations',
    of: 'JOIN recommendations x ON x.case_id = p.pattern',
    own: { form: `''::bytea`, linked_case_id: 'NULL' },
  },
  {
    table: 'recommendation_entities',
    of: 'JOIN recommendation_entities x ON x.case_id = p.pattern',
    own: { ...ownEntity, near_key: 't.near_key || s.n' },
  },
  { table: 'steps', of: 'JOIN steps x ON x.case_id = p.pattern' },
  { table: 'ballots', of: 'JOIN ballots x ON x.case_id = p.pattern' },
  { table: 'tasks', of: 'JOIN tasks x ON x.case_id = p.pattern' },
  { table: 'facts', of: 'JOIN facts x ON x.case_id = p.pattern', own: { secret: 'NULL' } },
  { table: 'copies', of: 'JOIN copies x ON x.case_id = p.pattern' },
  {
    table: 'notifications',
    of: 'JOIN notifications x ON x.case_id = p.pattern',
    own: { read_at: 't.at - s.earlier' },
  },
  {
    table: 'clients',
    of: `${ACCOUNT} JOIN clients x ON x.id = a.client_id`,
    own: { name: 's.title', name_key: 's.title', near_key: 's.title', secret: 'NULL' },
  },
  {
    table: 'legal_entities',
    of: `${ACCOUNT} JOIN legal_entities x ON x.client_id = a.client_id`,
    own: { ...ownEntity, code: 'NULL', code_type: `'other'`, name: 't.name || s.n' },
  },
  {
    table: 'entity_names',
    of: `${ACCOUNT} JOIN legal_entities e ON e.client_id = a.client_id JOIN entity_names x ON x.entity_id = e.id`,
    own: { name: 't.name || s.n', name_key: 't.name_key || s.n', near_key: 't.near_key || s.n' },
  },
  {
    table: 'accounts',
    of: 'JOIN accounts x ON x.decision_case_id = p.pattern',
    own: { archive_no: `'A-' || lpad(nextval('archive_numbers')::text, 6, '0')`, clock_at: 'NULL' },
  },
  { table: 'account_regions', of: `${ACCOUNT} JOIN account_regions x ON x.account_id = a.id` },
  { table: 'holdings', of: `${ACCOUNT} JOIN holdings x ON x.account_id = a.id` },
  {
    table: 'holding_entities',
    of: `${ACCOUNT} JOIN holdings h ON h.account_id = a.id JOIN holding_entities x ON x.holding_id = h.id`,
    own: ownEntity,
  },
];

export type Copies = {
  /** The cases that are copied. */
  readonly patterns: readonly string[];
  readonly count: number;
  /** SQL of how much earlier than its pattern the copy number `i` of `count` was, to the millisecond. */
  readonly earlier: string;
};

/**
 * Copies cases as they are stored, with ids, numbers, names and times of their own and audit chains that hold; nothing confidential is
 * copied. Runs inside a transaction. @returns the copies' ids with the case each is made from
 */
export async function multiplyCases(
  client: ClientBase,
  { patterns, count, earlier }: Copies,
): Promise<{ id: string; patternId: string }[]> {
  await series(client, patterns, count, earlier);
  await copyChains(client, patterns);
  for (const each of copied) await copyRows(client, each);
  await client.query(`INSERT INTO grown_streams (stream) SELECT 'case:' || s.id FROM fill_series s`);
  const { rows } = await client.query('SELECT id, pattern AS "patternId" FROM fill_series ORDER BY n');
  await client.query('DROP TABLE fill_series');
  return rows;
}

const towns = [
  '武汉',
  '长沙',
  '郑州',
  '合肥',
  '南昌',
  '成都',
  '西安',
  '杭州',
  '南京',
  '济南',
  '青岛',
  '广州',
  '昆明',
  '贵阳',
];
const trades = [
  '城建投资',
  '轨道交通',
  '港务',
  '能源',
  '置业',
  '科技园开发',
  '水务',
  '文旅',
  '机场建设',
  '产业投资',
  '医疗健康',
];

/** One row a copy. Short stories are more frequent than long ones, as in life most recommendations end early. */
async function series(client: ClientBase, patterns: readonly string[], count: number, earlier: string): Promise<void> {
  const pick = (words: readonly string[], by: string) => `(ARRAY['${words.join("','")}'])[1 + ${by} % ${words.length}]`;
  await client.query(
    `CREATE TEMP TABLE fill_series AS
     WITH weighed AS (SELECT id, unit_id, number, opened_at, sum(1.0 / seq) OVER (ORDER BY id) AS upto, sum(1.0 / seq) OVER () AS whole
         FROM cases WHERE id = ANY ($1)),
       numbered AS (SELECT i, nextval('case_numbers')::int AS n, ((i::bigint * 7919) % $2::bigint)::numeric / $2 AS draw FROM generate_series(1, $2::int) AS i)
     SELECT n, lpad(to_hex(n), 8, '0') AS hex, w.id AS pattern, lpad(to_hex(n), 8, '0') || substr(w.id, 9) AS id, e.earlier,
       split_part(w.number, '-', 1) || '-' || to_char(w.opened_at - e.earlier, 'YYYY') || '-' || lpad(n::text, greatest(4, length(n::text)), '0') AS number,
       ${pick(towns, 'n')} || ${pick(trades, '(n / 14)')} || '集团有限公司' || n AS title
     FROM numbered JOIN LATERAL (SELECT * FROM weighed WHERE upto >= draw * whole ORDER BY upto LIMIT 1) w ON true
       CROSS JOIN LATERAL (SELECT date_trunc('milliseconds', ${earlier}) AS earlier) e ORDER BY n`,
    [patterns, count],
  );
  await client.query('ANALYZE fill_series');
}

/** The patterns' audit entries, chained anew for each copy: of what was confidential no hash is kept. */
async function copyChains(client: ClientBase, patterns: readonly string[]): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE fill_entries (pattern text, seq integer, at timestamptz, act text, actor_id text, on_behalf_of text, entered_by text,
       task_id text, codes text, canon text, PRIMARY KEY (pattern, seq))`,
  );
  for (const pattern of patterns) {
    // biome-ignore lint/suspicious/noExplicitAny: a client asks like a pooled one
    const entries = await loadEntries(client as any, [caseStream(pattern)]);
    for (const entry of entries)
      await client.query('INSERT INTO fill_entries VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        pattern,
        entry.seq,
        entry.at,
        entry.act,
        entry.actorId,
        entry.onBehalfOf,
        entry.enteredBy,
        entry.taskId && marked(entry.taskId),
        marked(JSON.stringify(entry.codes)),
        marked(canonOf(entry)),
      ]);
  }
  await client.query(
    `CREATE FUNCTION pg_temp.fill_chain(of_pattern text, hex text, earlier interval) RETURNS TABLE (seq integer, prev_hash bytea, hash bytea) LANGUAGE plpgsql AS $$
     DECLARE e record;
     BEGIN
       hash := decode(repeat('00', 32), 'hex');
       FOR e IN SELECT f.seq, f.at, f.canon FROM fill_entries f WHERE f.pattern = of_pattern ORDER BY f.seq LOOP
         seq := e.seq;
         prev_hash := hash;
         hash := sha256(convert_to(E'audit entry 1\\n', 'UTF8') || prev_hash || convert_to(replace(replace(e.canon, '${MARK}', hex), '#at#',
           to_char((e.at - earlier) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), 'UTF8'));
         RETURN NEXT;
       END LOOP;
     END $$`,
  );
  await client.query(
    `INSERT INTO audit_entries (stream, seq, at, act, actor_id, on_behalf_of, entered_by, case_id, task_id, codes, content_hash, prev_hash, hash)
     SELECT 'case:' || s.id, e.seq, e.at - s.earlier, e.act, e.actor_id, e.on_behalf_of, e.entered_by, s.id, replace(e.task_id, '${MARK}', s.hex),
       replace(e.codes, '${MARK}', s.hex)::jsonb, NULL, h.prev_hash, h.hash
     FROM fill_series s CROSS JOIN LATERAL pg_temp.fill_chain(s.pattern, s.hex, s.earlier) h JOIN fill_entries e ON e.pattern = s.pattern AND e.seq = h.seq`,
  );
  await client.query('DROP TABLE fill_entries; DROP FUNCTION pg_temp.fill_chain');
}

const marked = (text: string): string => text.replaceAll(new RegExp(UUID, 'g'), `${MARK}$1`);

/** An entry as it is hashed, with a mark in place of its time. */
const canonOf = ({ stream, seq, actorId, onBehalfOf, enteredBy, act, caseId, taskId, codes }: AuditEntry): string =>
  canonicalJson({
    stream,
    seq,
    at: '#at#',
    actorId,
    onBehalfOf,
    enteredBy,
    act,
    caseId,
    taskId,
    codes,
    contentHash: null,
  });

async function copyRows(client: ClientBase, { table, of, own = {} }: Copied): Promise<void> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  const withIds = columns.filter(({ type }) => type === 'text' || type === 'jsonb').map(({ name }) => name);
  const read = columns.map(({ name }) =>
    withIds.includes(name) ? `regexp_replace(x.${name}::text, '${UUID}', '${MARK}\\1', 'g') AS ${name}` : `x.${name}`,
  );
  await client.query(
    `CREATE TEMP TABLE fill_rows AS SELECT p.pattern, ${read.join(', ')} FROM (SELECT DISTINCT pattern FROM fill_series) p ${of}`,
  );
  const written = columns.map(({ name, type }) => {
    if (own[name]) return own[name];
    if (type === 'text') return `replace(t.${name}, '${MARK}', s.hex)`;
    if (type === 'jsonb') return `replace(t.${name}, '${MARK}', s.hex)::jsonb`;
    if (type === 'timestamp with time zone') return `t.${name} - s.earlier`;
    return type === 'date' ? `(t.${name} - s.earlier)::date` : `t.${name}`;
  });
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  await client.query(
    `INSERT INTO ${table} (${names}) SELECT ${written.join(', ')} FROM fill_series s JOIN fill_rows t ON t.pattern = s.pattern`,
  );
  await client.query('DROP TABLE fill_rows');
}

/** Every table that copies are written to. */
export const filledTables = [...copied.map(({ table }) => table), 'audit_entries', 'grown_streams'];

/** Every table that is left as it is, and why. */
export const untouchedTables = {
  'the organisation, and how it signs in': [
    'units',
    'territories',
    'persons',
    'organisation_changes',
    'role_assignments',
    'seats',
    'seat_terms',
    'sessions',
    'identities',
    'strangers',
    'refused_roles',
    'local_credentials',
    'password_history',
    'recovery_codes',
    'setup_codes',
    'sign_in_attempts',
    'sign_in_brakes',
    'known_devices',
    'api_tokens',
    'appointment_proposals',
  ],
  'of what is brought from outside': ['imports', 'ledger_entries'],
  'what holds for all cases': ['policy_versions', 'policy_withdrawals', 'calendars'],
  'what a person keeps for himself': ['delegations', 'absences', 'muted_notifications', 'saved_filters'],
  // Copied cases are recommendations, and of no account that was there before.
  'of cases that go on after establishment': [
    'case_accounts',
    'case_parties',
    'breaches',
    'memberships',
    'reassignments',
    'reassignment_accounts',
    'handover_items',
    'co_holders',
    'allocations',
    'suggestions',
    'exits',
    'campaigns',
    'campaign_acts',
    'bulk_votes',
    'bulk_vote_items',
    'editions',
    'edition_lines',
  ],
  'what happens to an account after its establishment': ['account_notices'],
  'confidential through and through': [
    'co_recommendations',
    'comments',
    'attachments',
    'marketing_tasks',
    'visits',
    'account_reports',
    'exclusivity_checks',
    'near_matches',
    'plans',
    'plan_measures',
    'reviews',
  ],
  'projects with their terms, what is added up from them, and the words for their operations': [
    ...['projects', 'project_changes', 'project_operations', 'contract_totals', 'operation_kinds'],
  ],
  'what is under way at this moment': ['idempotency_keys', 'outbox', 'signal_references', 'heartbeats'],
  'written by the sealer that follows, or by the day': ['audit_streams', 'audit_seals', 'sealed_streams'],
} as const;
