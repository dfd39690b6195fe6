import type { Answer } from './answer.ts';
import { recordDecision } from './answer.ts';
import { ballotOf, guardChoice, guardVote } from './guard.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';
import { settleBallot } from './voting.ts';

/**
 * One person's vote. Choice and reason are sealed in the fact; the last vote of a person counts and all are kept. The vote that
 * closes the ballot closes it here, in its own transaction.
 */
export async function castVote(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const ballot = ballotOf(tx, answer.task);
  guardVote(tx, ballot, answer.actor.personId);
  guardChoice(ballot, String(answer.body.choice));
  const fact = recordDecision(tx, sealedWhole(answer), { kind: 'voted' });
  tx.votes.push(fact);
  if (answer.task.status === 'open') tx.closeTask(answer.task, 'voted');
  await settleBallot(tx, ballot);
  return fact;
}

/** In bulk nothing is voted for but maintaining: that a vote was given so is sealed with it. */
const sealedWhole = (answer: Answer): Answer =>
  answer.bulkId ? { ...answer, bulkId: null, secret: { ...answer.secret, bulkId: answer.bulkId } } : answer;
