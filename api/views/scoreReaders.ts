import { type AccountRow, accountRow } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import { concernedBy } from '../../cases/reviews.ts';
import { readsFile, standings } from '../../domain/accountStanding.ts';
import { dissentStates } from '../../domain/review.ts';
import { isConcerned, type RollEntry } from '../../domain/roll.ts';
import type { Case, Fact } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';

/**
 * Whether one is shown what an account's score of the year is made of, and what was said of it: who reads the account's file, who takes part in
 * deciding while it is decided, and who voted on it (系统默认).
 */
export async function readsScore(deps: ApiDeps, actor: Actor, row: Case, account: AccountRow): Promise<boolean> {
  return (
    readsFile(standings(actor, account.holdings), account.managedBy) ||
    (takesPart(actor, account) && (dissentStates.includes(row.state) || (await votedOn(deps, actor, row.id))))
  );
}

/** Which facts of a case say what only they are told; none where this one is among them, or the case is no review. */
export async function hidesOfScore(deps: ApiDeps, actor: Actor, row: Case): Promise<(fact: Fact) => boolean> {
  const review = row.process === 'review' ? await deps.prisma.review.findUnique({ where: { caseId: row.id } }) : null;
  if (!review || (await readsScore(deps, actor, row, await accountRow(deps.pool, review.accountId))))
    return () => false;
  return ({ kind, action, actorId }) =>
    actorId !== actor.personId &&
    (SAID_OF_IT.includes(kind) || (kind === 'decided' && SAID_BY.includes(String(action))));
}

const SAID_OF_IT: readonly string[] = ['dissented', 'pulledOut'];
const SAID_BY: readonly string[] = ['report', 'assess', 'assessGrade'];

/** Whether one has a seat and is not recused by rule. Checked again, under the lock and against the rolls, by each act itself. */
export const takesPart = ({ personId, seats }: Actor, { holdings }: AccountRow): boolean =>
  seats.length > 0 && !seats.some((seat) => isConcerned({ ...seat, personId }, concernedBy(holdings)));

/** Whether one was on the roll of a ballot of the case, and not recused: what it was decided on stays open to who decided. */
async function votedOn({ prisma }: ApiDeps, { personId }: Actor, caseId: string): Promise<boolean> {
  const ballots = await prisma.ballot.findMany({ where: { caseId }, select: { roll: true } });
  return ballots.some(({ roll }) =>
    (roll as unknown as readonly RollEntry[]).some((entry) => entry.personId === personId && entry.recusal === null),
  );
}
