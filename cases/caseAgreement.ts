import { differing } from '../domain/ballot.ts';
import { ruleOf } from '../domain/ballotPolicy.ts';
import { agreementOf, isChoice, outcomeOfChoice, type Proof } from '../domain/choice.ts';
import type { Policy } from '../domain/policy.ts';
import { type AuditEntry, type SealedHead, verifyChain } from './auditHash.ts';
import { auditEntryOf } from './caseAudit.ts';
import type { BallotRow, FactRow } from './records.ts';
import type { StoredCase } from './storedCase.ts';

/** What is wrong, as codes and ids; an empty list means agreement. Pure comparisons of what is stored. */
export type Problems = readonly string[];

/** The case's chain, and that it tells its facts, all of them and nothing else. */
export function chainProblems({ row, facts, entries }: StoredCase, sealed: readonly SealedHead[]): Problems {
  const chain = verifyChain(entries, sealed);
  const head = entries.at(-1)?.hash ?? Buffer.alloc(0);
  const told = new Map(entries.map((entry) => [entry.seq, entry]));
  return [
    ...(chain.ok ? [] : [`chain.${chain.fault} at entry ${chain.index + 1}`]),
    ...(Buffer.compare(head, row.auditHead ?? Buffer.alloc(0)) === 0 ? [] : ['cases.audit_head']),
    ...(row.seq === entries.length && row.seq === facts.length
      ? []
      : [`cases.seq ${row.seq}, facts ${facts.length}, entries ${entries.length}`]),
    ...facts.flatMap((fact, index) => (fact.seq === index + 1 ? [] : [`gap before fact ${fact.seq}`])).slice(0, 1),
    ...facts.flatMap((fact) => {
      const entry = told.get(fact.seq);
      if (!entry) return [`fact ${fact.seq} has no entry`];
      return differing(`fact ${fact.seq}`, plain(entry), plain(auditEntryOf(fact)));
    }),
  ];
}

/** An entry as JSON, without its links. */
function plain({
  stream,
  seq,
  at,
  actorId,
  onBehalfOf,
  enteredBy,
  act,
  caseId,
  taskId,
  codes,
  contentHash,
}: AuditEntry) {
  const hash = contentHash ? Buffer.from(contentHash).toString('hex') : null;
  return { stream, seq, at: at.toISOString(), actorId, onBehalfOf, enteredBy, act, caseId, taskId, codes, hash };
}

/**
 * Ballot by ballot: the rule is that of the case's policy version, each person has one voice, the tally follows from the proof, the
 * proof's votes are the votes that were given, and ballot, proof, fact and step have one outcome. `secrets` are the facts' opened secrets,
 * by number.
 */
export function ballotProblems(stored: StoredCase, policy: Policy, secrets: ReadonlyMap<number, unknown>): Problems {
  return stored.ballots.flatMap((ballot) =>
    [...ruleProblems(ballot, policy), ...voiceProblems(stored, ballot), ...oneBallot(stored, ballot, secrets)].map(
      (problem) => `ballot ${ballot.id}: ${problem}`,
    ),
  );
}

/** It is held and counted under the policy version the case keeps, and by what that version says. */
function ruleProblems({ rule, ruleVersion, proof }: BallotRow, policy: Policy): Problems {
  return [
    ...(ruleVersion === policy.version && (proof?.ruleVersion ?? ruleVersion) === ruleVersion
      ? []
      : [`rule version ${ruleVersion}, the case's ${policy.version}`]),
    ...differing('rule of the policy', ruleOf(rule.matter, policy.values), rule),
  ];
}

/** A person stands on the roll once and is asked once at a time; of his votes one counts, and of a seat's. */
function voiceProblems({ tasks }: StoredCase, ballot: BallotRow): Problems {
  const asked = tasks.filter((task) => task.kind === 'vote' && task.status === 'open' && task.ballotId === ballot.id);
  const counted = (ballot.proof?.votes ?? []).filter((vote) => vote.counted);
  const counts = Object.entries(ballot.proof ? countsOf(ballot.proof) : {}).every(
    ([choice, count]) => counted.filter((vote) => vote.choice === choice).length === count,
  );
  const present = ballot.proof === null || ballot.proof.tally.P === counted.length;
  return [
    ...repeated(ballot.roll.filter((entry) => !entry.vacated).map((entry) => entry.personId)).map(
      (id) => `${id} stands on the roll twice`,
    ),
    ...repeated(asked.flatMap((task) => task.candidates)).map((key) => `${key} is asked twice`),
    ...repeated(counted.map((vote) => vote.personId)).map((id) => `two votes of ${id} count`),
    ...repeated(counted.map((vote) => vote.seatId)).map((id) => `two votes of seat ${id} count`),
    ...(counts && present ? [] : ['the tally is not the sum of the votes that count']),
  ];
}

const countsOf = (proof: Proof): Readonly<Record<string, number>> =>
  isChoice(proof)
    ? { ...proof.tally.counts, abstain: proof.tally.abstain }
    : { for: proof.tally.for, against: proof.tally.against, abstain: proof.tally.abstain };

const repeated = <T>(values: readonly T[]): T[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

function oneBallot(stored: StoredCase, ballot: BallotRow, secrets: ReadonlyMap<number, unknown>): Problems {
  const step = stored.steps.find((each) => each.name === ballot.step && each.round === ballot.round);
  const closing = stored.facts.find((fact) => fact.kind === 'ballotClosed' && fact.ballotId === ballot.id);
  if (ballot.status === 'open') {
    return [
      ...(ballot.outcome === null && ballot.proof === null ? [] : ['open with an outcome']),
      ...(step && step.outcome === null ? [] : ['open in a settled step']),
      ...(closing ? ['open, though a fact closed it'] : []),
    ];
  }
  // A higher body decides after the step had settled as inquorate; nothing else changes an outcome.
  const isHigher = ballot.proof !== null && !isChoice(ballot.proof) && ballot.proof.higherBody !== null;
  const settledAs = isHigher ? 'inquorate' : ballot.outcome;
  const outcomes = [
    ...(step?.outcome === settledAs ? [] : [`step outcome ${step?.outcome}, ballot ${settledAs}`]),
    ...(closing?.codes.outcome === settledAs ? [] : [`fact outcome ${closing?.codes.outcome}, ballot ${settledAs}`]),
    ...(closing?.seq === ballot.closedSeq ? [] : ['closed_seq']),
  ];
  const { proof } = ballot;
  // A ballot that came to nothing has none; a choice may have an option of the same name as how it was ended.
  if (!proof) return [...outcomes, ...(['ended', 'unavailable'].includes(String(ballot.outcome)) ? [] : ['no proof'])];
  const given = votesGiven(stored.facts, ballot, secrets);
  const proved = isChoice(proof) ? outcomeOfChoice(proof) : proof.outcome;
  const counted = proof.votes.map(({ seq, personId, choice }) => ({ seq, personId, choice }));
  return [
    ...outcomes,
    ...(proved === ballot.outcome ? [] : [`proof outcome ${proved}, ballot ${ballot.outcome}`]),
    ...agreementOf(proof).differences.map((path) => `recomputed ${path}`),
    ...differing('rule', ballot.rule, proof.rule),
    ...differing('roll', ballot.roll, proof.roll),
    ...differing('question', ballot.question, isChoice(proof) ? proof.question : null),
    ...differing('votes given', given, counted),
  ];
}

function votesGiven(facts: readonly FactRow[], ballot: BallotRow, secrets: ReadonlyMap<number, unknown>) {
  return facts
    .filter((fact) => fact.kind === 'voted' && (fact.ballotId === ballot.id || isContinued(fact, ballot)))
    .map(({ seq, actorId }) => ({
      seq,
      personId: actorId,
      choice: (secrets.get(seq) as { choice?: string } | undefined)?.choice ?? null,
    }));
}

const isContinued = (fact: FactRow, ballot: BallotRow): boolean =>
  ballot.continues !== null && fact.ballotId === ballot.continues;

/** The read model says what the facts say: state, ending, that nothing is open in a case that is closed, and that one that is not waits for somebody. */
export function stateProblems(stored: StoredCase, terminal: (state: string) => boolean): Problems {
  const { row, facts, steps, tasks, ballots, entities, submittedAt } = stored;
  const openTasks = tasks.filter((task) => task.status === 'open');
  const openBallots = ballots.filter((ballot) => ballot.status === 'open');
  const told = toldState(facts);
  const concluded = facts.some((fact) => fact.kind === 'concluded');
  const closed = row.closedAt !== null;
  return [
    ...(told === row.state ? [] : [`state ${row.state}, facts say ${told}`]),
    ...(terminal(row.state) === closed && concluded === closed ? [] : [`state ${row.state}, closed ${closed}`]),
    ...(row.ending === null || !closed || row.ending === row.state ? [] : [`ended ${row.ending}, state ${row.state}`]),
    ...(closed
      ? openTasks.filter(({ kind }) => kind !== 'reviewRecusal').map(({ id }) => `task ${id} open in a closed case`)
      : []),
    ...(closed ? openBallots.map(({ id }) => `ballot ${id} open in a closed case`) : []),
    ...(closed || row.ending !== null
      ? []
      : steps
          .filter(({ outcome }) => outcome === null)
          .filter((step) => ![...openTasks.filter(({ blocking }) => blocking), ...openBallots].some(isIn(step)))
          .map(({ name, round }) => `step ${name} ${round} waits for nobody`)),
    // Not which: the key of an entity may be its name (Article 11).
    ...(entities.some((entity) => entity.open === closed) ? [`entities open ${!closed} expected`] : []),
    ...(submittedAt !== null && entities.length === 0 ? ['a submitted recommendation without its client'] : []),
  ];
}

const isIn =
  (place: { readonly name: string; readonly round: number }) =>
  ({ step, round }: { readonly step: string; readonly round: number }): boolean =>
    step === place.name && round === place.round;

/** What is decided is decided once: no task but a vote, which may be changed, and a recording, which may be refused, has two decisions. */
export function decisionProblems({ facts, tasks }: StoredCase): Problems {
  const once = new Set(tasks.filter(({ kind }) => kind !== 'vote' && kind !== 'record').map(({ id }) => id));
  const decided = facts.filter(({ kind, taskId }) => kind === 'decided' && taskId !== null && once.has(taskId));
  return repeated(decided.map(({ taskId }) => taskId)).map((id) => `task ${id} was decided twice`);
}

function toldState(facts: readonly FactRow[]): unknown {
  const states = facts.flatMap(({ kind, codes }) => {
    if (kind === 'drafted') return ['draft'];
    if (kind === 'submitted') return [codes.state ?? 'endorsing'];
    return kind === 'opened' || kind === 'concluded' ? [codes.state] : [];
  });
  return states.at(-1);
}
