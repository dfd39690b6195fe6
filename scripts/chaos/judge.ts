import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { factPlace } from '../../cases/transaction.ts';
import { agreementOf, isChoice, type Proof } from '../../domain/choice.ts';
import { openJson } from '../../platform/cipher.ts';
import { folderKeyStore } from '../../platform/keyStore.ts';
import { root } from '../system/servers.ts';
import type { Act, Journal } from './journal.ts';
import type { ChaosSystem, SteadyPool } from './system.ts';

/** One promise, how much was looked at, and what broke it. */
export type Verdict = { readonly promise: string; readonly examined: number; readonly broken: readonly string[] };

type Fact = {
  case_id: string;
  seq: number;
  kind: string;
  action: string | null;
  actor_id: string;
  task_id: string | null;
  ballot_id: string | null;
  secret: Buffer | null;
  entries: number;
};

type Ballot = {
  id: string;
  case_id: string;
  outcome: string;
  rule_version: number;
  policy_version: number;
  in_force: number;
  roll: { seatId: string; personId: string }[];
  proof: Proof | null;
};

/** Judges, by what the clients know and by what is stored, whether anything was lost, doubled, wrong, or left standing. */
export async function judge(
  system: ChaosSystem,
  database: SteadyPool,
  { acts, errors }: Journal,
  stuck: readonly string[],
): Promise<Verdict[]> {
  const facts = await database.query<Fact>(
    `SELECT f.case_id, f.seq, f.kind, f.action, f.actor_id, f.task_id, f.ballot_id, f.secret,
       (SELECT count(*)::int FROM audit_entries a WHERE a.case_id = f.case_id AND a.stream = 'case:' || f.case_id AND a.seq = f.seq) AS entries
     FROM facts f WHERE f.actor_id IS NOT NULL AND NOT (f.kind = 'submitted' AND f.action = 'begin') ORDER BY f.case_id, f.seq`,
  );
  const ballots = await database.query<Ballot>(
    `SELECT b.id, b.case_id, b.outcome, b.rule_version, c.policy_version, b.roll, b.proof,
       (SELECT p.version FROM policy_versions p WHERE p.effective_from <= s.at ORDER BY p.effective_from DESC, p.version DESC LIMIT 1) AS in_force
     FROM ballots b JOIN cases c ON c.id = b.case_id JOIN facts s ON s.case_id = c.id AND s.kind = 'submitted'
       AND s.seq = (SELECT min(seq) FROM facts WHERE case_id = c.id AND kind = 'submitted') ORDER BY b.opened_at`,
  );
  return [
    unanswered(acts),
    noFaults(errors),
    await votesKept(system, facts, acts),
    actsOnce(facts, acts),
    oneVoteASeat(ballots),
    recounted(ballots),
    await rulesOnce(database, acts),
    await oneHolder(database),
    await nothingStuck(database, stuck),
    await verifiedClean(system),
  ];
}

const unanswered = (acts: readonly Act[]): Verdict => ({
  promise: 'every client was answered in the end',
  examined: acts.length,
  broken: acts.filter((act) => act.outcome === 'open').map((act) => `${act.what} of ${act.personId}`),
});

const noFaults = (errors: ReadonlyMap<string, number>): Verdict => ({
  promise: 'no answer was an internal error',
  examined: errors.size,
  broken: [...errors].map(([what, count]) => `${what}, ${count} times`),
});

/** By case and number, the choice as its voter gave it. */
async function votesKept({ dataDir }: ChaosSystem, facts: readonly Fact[], acts: readonly Act[]): Promise<Verdict> {
  const keys = await folderKeyStore(join(dataDir, 'keys'));
  const stored = new Map(facts.map((fact) => [`${fact.case_id}:${fact.seq}`, fact]));
  const votes = acts.filter((act) => act.action === 'vote' && act.outcome === 'taken');
  const broken: string[] = [];
  for (const vote of votes) {
    const at = `${vote.caseId}:${vote.seq}`;
    const fact = stored.get(at);
    if (fact?.kind !== 'voted' || fact.actor_id !== vote.personId || fact.task_id !== vote.taskId) {
      broken.push(`the vote ${at} of ${vote.personId} is not stored`);
      continue;
    }
    const key = await keys.get(`case:${fact.case_id}`);
    const { choice } = openJson(key, fact.secret as Buffer, factPlace(fact.case_id, fact.seq)) as { choice: string };
    if (choice !== vote.choice) broken.push(`the vote ${at} was ${vote.choice} and is stored as ${choice}`);
  }
  return { promise: 'every acknowledged vote is stored, as it was given', examined: votes.length, broken };
}

/** Kinds of fact by the act that makes one; the facts a second person's check brings with it are the recording's. */
const kindsOf: Readonly<Record<string, string>> = {
  draft: 'drafted',
  submit: 'submitted',
  withdraw: 'withdrawn',
  comment: 'commented',
  attach: 'attached',
  claim: 'claimed',
  transfer: 'transferred',
  vote: 'voted',
  recuse: 'recused',
  record: 'recorded',
};

/** Each fact of a person is one acknowledged act of his and the other way round, and has one audit entry. */
function actsOnce(facts: readonly Fact[], acts: readonly Act[]): Verdict {
  const broken: string[] = [];
  const of = (caseId: string | null, personId: string, kind: string, taskId: string | null): string =>
    [caseId, personId, kind, taskId ?? ''].join(' ');
  const wanted = new Map<string, number>();
  for (const act of acts.filter(({ outcome, action }) => outcome === 'taken' && action !== 'policy')) {
    const kind = kindsOf[act.action] ?? 'decided';
    const name = of(act.caseId, act.personId, kind, act.taskId);
    wanted.set(name, (wanted.get(name) ?? 0) + 1);
  }
  for (const fact of facts) {
    if (fact.entries !== 1) broken.push(`fact ${fact.case_id}:${fact.seq} has ${fact.entries} audit entries`);
    // What was recorded of a meeting is entered by the check, for each seat; it is no act of the voter's.
    if (fact.kind === 'voted' && fact.task_id === null) continue;
    const kind =
      fact.kind === 'recused' && (fact.action === 'accept' || fact.action === 'refuse') ? 'decided' : fact.kind;
    const name = of(fact.case_id, fact.actor_id, kind, fact.task_id);
    wanted.set(name, (wanted.get(name) ?? 0) - 1);
  }
  for (const [name, left] of wanted) {
    if (left > 0) broken.push(`${name}: ${left} acknowledged and not stored`);
    if (left < 0) broken.push(`${name}: ${-left} stored and not acknowledged`);
  }
  return { promise: 'every act was stored once, with one audit entry', examined: facts.length, broken };
}

function oneVoteASeat(ballots: readonly Ballot[]): Verdict {
  const broken = ballots.flatMap((ballot) => {
    const { proof } = ballot;
    if (!proof) return [];
    const persons = ballot.roll.map((entry) => entry.personId);
    const seats = ballot.roll.map((entry) => entry.seatId);
    const twice = new Set(persons).size !== persons.length || new Set(seats).size !== seats.length;
    const voters = new Set(proof.votes.map((vote) => vote.personId));
    const given = isChoice(proof) ? Object.values(proof.tally.counts) : [proof.tally.for, proof.tally.against];
    const counted = given.reduce((sum, count) => sum + count, proof.tally.abstain);
    const strangers = [...voters].filter((voter) => !persons.includes(voter));
    return [
      ...(twice ? [`ballot ${ballot.id}: a person or a seat twice on the roll`] : []),
      ...(strangers.length > 0 ? [`ballot ${ballot.id}: votes of ${strangers.join(', ')}, who have no seat`] : []),
      ...(counted > voters.size ? [`ballot ${ballot.id}: more votes counted than persons voted`] : []),
    ];
  });
  return { promise: 'one counted vote per seat and round', examined: ballots.length, broken };
}

function recounted(ballots: readonly Ballot[]): Verdict {
  const broken = ballots.flatMap(({ id, proof, rule_version: rule, policy_version: version, in_force: inForce }) => [
    ...(proof && !agreementOf(proof).agrees ? [`ballot ${id}: recounted it comes to something else`] : []),
    ...(rule === version && version === inForce
      ? []
      : [`ballot ${id}: rule ${rule}, its case began under ${version}, in force was ${inForce}`]),
  ]);
  return { promise: 'each result is the recount under the rule version in force', examined: ballots.length, broken };
}

/** The policy a case begins with never changes under it. */
async function rulesOnce(database: SteadyPool, acts: readonly Act[]): Promise<Verdict> {
  const set = await database.query<{ version: number; isLate: boolean }>(
    `SELECT version, effective_from <= created_at AS "isLate" FROM policy_versions WHERE created_by IS NOT NULL`,
  );
  const taken = acts.filter((act) => act.action === 'policy' && act.outcome === 'taken').length;
  return {
    promise: 'every policy was set once, and before it took effect',
    examined: set.length,
    broken: [
      ...set.filter((each) => each.isLate).map((each) => `version ${each.version} was in force before it was set`),
      ...(set.length === taken ? [] : [`${taken} acknowledged, ${set.length} stored`]),
    ],
  };
}

async function oneHolder(database: SteadyPool): Promise<Verdict> {
  const held = await database.query<{ entity_key: string; holders: number; what: string }>(
    `SELECT entity_key, count(*)::int AS holders, 'open recommendations' AS what FROM recommendation_entities WHERE open GROUP BY entity_key HAVING count(*) > 1
     UNION ALL SELECT e.entity_key, count(*)::int, 'lead holders' FROM holding_entities e WHERE e.kind = 'lead' AND e.valid_to IS NULL GROUP BY e.entity_key HAVING count(*) > 1
     UNION ALL SELECT e.entity_key, count(DISTINCT c.id)::int, 'established recommendations' FROM recommendation_entities e JOIN cases c ON c.id = e.case_id AND c.state = 'established' GROUP BY e.entity_key HAVING count(DISTINCT c.id) > 1`,
  );
  const [count] = await database.query<{ count: number }>(
    'SELECT count(DISTINCT entity_key)::int AS count FROM recommendation_entities',
  );
  return {
    promise: 'one exclusive holder of each client',
    examined: count?.count ?? 0,
    broken: held.map(({ entity_key, holders, what }) => `${entity_key}: ${holders} ${what}`),
  };
}

const RINGS_OUT_WITHIN_MS = 60_000;

async function nothingStuck(database: SteadyPool, stuck: readonly string[]): Promise<Verdict> {
  const waiting = () =>
    database.query<{ what: string }>(
      `SELECT 'case ' || id || ' is open in ' || state AS what FROM cases WHERE closed_at IS NULL AND state <> 'draft'
       UNION ALL SELECT 'a doorbell of case ' || case_id || ' waits' FROM outbox`,
    );
  const end = Date.now() + RINGS_OUT_WITHIN_MS;
  let left = await waiting();
  while (left.length > 0 && Date.now() < end) {
    await pause(250);
    left = await waiting();
  }
  const [cases] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM cases');
  return {
    promise: 'nothing is stuck after healing',
    examined: cases?.count ?? 0,
    broken: [...new Set([...stuck, ...left.map((row) => row.what)])],
  };
}

/** `npm run verify` on the system as it stands. */
async function verifiedClean({ env }: ChaosSystem): Promise<Verdict> {
  const child = spawn(process.execPath, [join(root, 'scripts/verify.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const findings = said.split('\n').filter((line) => line.startsWith('✗') && line.includes(' · '));
  return {
    promise: 'npm run verify finds nothing',
    examined: 1,
    broken: code === 0 ? [] : findings.length > 0 ? findings : [`it exits with ${code}: ${said.slice(-400)}`],
  };
}
