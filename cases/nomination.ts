import { DomainError } from '../domain/errors.ts';
import { type Answer, settle } from './answer.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** The recommending unit chooses the account manager (7.1); after three refusals the director names one of that unit. */
export async function nominate(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const managerId = String(answer.body.managerId);
  await checkNominee(tx, managerId, tx.case.unitId);
  await tx.sql(
    'UPDATE recommendations SET nominee_id = $2, nominated_by = $3, nominations = nominations + 1 WHERE case_id = $1',
    [tx.case.id, managerId, answer.actor.personId],
  );
  return settle(tx, answer);
}

/** Whether somebody may manage an account for a unit: an active person of it. @throws DomainError `nomineeUnfit` */
export async function checkManager(tx: CaseTransaction, managerId: string, unitId: string): Promise<void> {
  const [person] = await tx.sql('SELECT unit_id, active FROM persons WHERE id = $1', [managerId]);
  const why = !person?.active ? 'inactive' : person.unit_id !== unitId ? 'notOfRecommendingUnit' : null;
  if (why) throw new DomainError('nomineeUnfit', { why }, 'managerId');
}

/** Whether somebody may be nominated: as above, and not one the committee has refused in this case. @throws DomainError `nomineeUnfit` */
export async function checkNominee(tx: CaseTransaction, managerId: string, unitId: string): Promise<void> {
  await checkManager(tx, managerId, unitId);
  const refused = tx.ballots.all.some(
    (ballot) =>
      ballot.rule.matter === 'confirm' && ballot.outcome === 'failed' && namesNominee(ballot.subject, managerId),
  );
  if (refused) throw new DomainError('nomineeUnfit', { why: 'refusedBefore' }, 'managerId');
}

const namesNominee = (
  subject: { readonly kind: string; readonly personIds?: readonly string[] },
  personId: string,
): boolean => subject.personIds?.includes(personId) ?? false;
