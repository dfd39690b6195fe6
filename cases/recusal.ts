import { entryOf, recusalDecider, recuse } from '../domain/ballot.ts';
import { DomainError } from '../domain/errors.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, recordDecision, settle } from './answer.ts';
import { ballotOf } from './guard.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';
import { closeVote, settleBallot } from './voting.ts';

/**
 * A voter declares that he is concerned 回避. The director decides (about himself: the first vice director not concerned); after
 * closing it changes nothing and the office reviews it (系统默认).
 */
export function declareRecusal(tx: CaseTransaction, answer: Answer): FactRow {
  const ballot = ballotOf(tx, answer.task);
  const { personId } = answer.actor;
  const entry = entryOf(ballot.roll, personId);
  if (!entry) throw new DomainError('notCandidate');
  if (entry.recusal) throw new DomainError('conflicted', { why: 'recused' });
  const declared = tx.tasks.all.filter(
    (task) => task.kind === 'decideRecusal' && task.status === 'open' && task.ballotId === ballot.id,
  );
  const declaring = declared.map((task) => String(task.subject.personId));
  if (declaring.includes(personId)) throw new DomainError('taskClosed', { outcome: 'recuse' });
  const fact = recordDecision(tx, answer, { kind: 'recused', codes: { ...answer.codes, is: 'declared' } });
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
