import { entryOf, recusalDecider, recuse } from '../domain/ballot.ts';
import { DomainError } from '../domain/errors.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, recordDecision, settle } from './answer.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import { ballotOf, namesPerson } from './guard.ts';
import type { BallotRow, FactRow, Receipt } from './records.ts';
import type { CaseTransaction } from './transaction.ts';
import { closeVote, settleBallot } from './voting.ts';

/**
 * A voter declares that he is concerned 回避. The director decides (about himself: the first vice director not concerned); after
 * closing it changes nothing and the office reviews it (系统默认).
 */
export function declareRecusal(tx: CaseTransaction, answer: Answer): FactRow {
  const ballot = ballotOf(tx, answer.task);
  return declared(tx, ballot, answer.actor.personId, () =>
    recordDecision(tx, answer, { kind: 'recused', codes: { ...answer.codes, is: 'declared' } }),
  );
}

export type Declaration = {
  readonly personId: string;
  readonly caseId: string;
  readonly ballotId: string;
  readonly reason: string;
  readonly key: string;
};

/**
 * The same before his turn: who votes last 末位表态 has no task yet, and need not wait for it to say that he is concerned.
 * @throws DomainError `notFound`, `ballotClosed`, `notCandidate` off the roll, `notYourMatter` for one who has his vote to answer
 */
export async function declareBeforeTurn(deps: CaseDeps, declaration: Declaration): Promise<Receipt> {
  const { ballotId, reason } = declaration;
  return actOnCase(deps, declaration, 'declareRecusal', (tx, actor) => {
    const ballot = tx.ballots.all.find((each) => each.id === ballotId);
    if (!ballot) throw new DomainError('notFound');
    if (ballot.status !== 'open') throw new DomainError('ballotClosed');
    const hasTask = tx.tasks.all.some(
      (task) => task.kind === 'vote' && task.ballotId === ballot.id && namesPerson(task, actor.personId),
    );
    if (hasTask) throw new DomainError('notYourMatter', { state: tx.case.state });
    return declared(tx, ballot, actor.personId, () =>
      tx.fact({
        kind: 'recused',
        step: ballot.step,
        round: ballot.round,
        ballotId: ballot.id,
        action: 'recuse',
        actorId: actor.personId,
        codes: { is: 'declared' },
        secret: { reason },
      }),
    );
  });
}

function declared(
  tx: CaseTransaction,
  ballot: Readonly<BallotRow>,
  personId: string,
  recordFact: () => FactRow,
): FactRow {
  const entry = entryOf(ballot.roll, personId);
  if (!entry) throw new DomainError('notCandidate');
  if (entry.recusal) throw new DomainError('conflicted', { why: 'recused' });
  const undecided = tx.tasks.all.filter(
    (task) => task.kind === 'decideRecusal' && task.status === 'open' && task.ballotId === ballot.id,
  );
  const declaring = undecided.map((task) => String(task.subject.personId));
  if (declaring.includes(personId)) throw new DomainError('taskClosed', { outcome: 'recuse' });
  const fact = recordFact();
  const place = {
    step: ballot.step,
    round: ballot.round,
    blocking: false,
    ballotId: ballot.id,
    silence: 'none' as const,
  };
  const subject = { personId, seatId: entry.seatId };
  if (ballot.status === 'closed') {
    tx.openTask({ ...place, kind: 'reviewRecusal', actions: ['note'], candidates: [roleKey('office')], subject });
    return fact;
  }
  const decider = recusalDecider(ballot.roll, personId, declaring);
  if (decider)
    tx.openTask({
      ...place,
      kind: 'decideRecusal',
      actions: ['accept', 'refuse'],
      candidates: [personKey(decider)],
      subject,
    });
  return fact;
}

/** Accepted, it strikes the person: his vote is void though kept, the counts change, the file is withdrawn from him. */
export async function decideRecusal(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const ballot = ballotOf(tx, answer.task);
  const personId = String(answer.task.subject.personId);
  if (answer.action === 'refuse') return settle(tx, answer);
  const { roll, effect } = recuse(ballot.roll, personId, { closed: ballot.status === 'closed' });
  const fact = recordDecision(tx, answer, { kind: 'recused', codes: { is: 'accepted', personId } });
  tx.closeTask(answer.task, 'accept');
  if (effect !== 'recused') return fact;
  tx.ballots.change(ballot, { roll });
  closeVote(tx, ballot, personId);
  await settleBallot(tx, ballot);
  return fact;
}
