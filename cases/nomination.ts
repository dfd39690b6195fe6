import { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import type { AccountRow } from './accounts.ts';
import { roleKey } from './actor.ts';
import { type Answer, settle } from './answer.ts';
import { id, reason, withReason } from './decisionBody.ts';
import type { Slate } from './processDefinition.ts';
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

/** @throws DomainError `nomineeUnfit` for one who is a manager of the account already */
export function checkNotHolding(managerId: string, { holdings }: Pick<AccountRow, 'holdings'>): void {
  if (holdings.some((holding) => holding.managerId === managerId))
    throw new DomainError('nomineeUnfit', { why: 'alreadyManager' }, 'managerId');
}

const namesNominee = (
  subject: { readonly kind: string; readonly personIds?: readonly string[] },
  personId: string,
): boolean => subject.personIds?.includes(personId) ?? false;

/** What nominating and naming a manager is answered with, in every process that has these steps (`workflows/contracts/nomination.ts`). */
const named = z.strictObject({ managerId: id, reason: reason.optional() });
export const nominationBodies = {
  nominate: { nominate: named },
  appoint: { appoint: named, reject: withReason },
} as const;

/** Who nominates: the officers of the case's unit that deal with clients, then its head. */
export const nominationSlates = {
  recommendingUnit: async (tx: CaseTransaction): Promise<Slate[]> => [
    {
      candidates: [roleKey('submitter', tx.case.unitId), roleKey('marketingDeputy', tx.case.unitId)],
      escalations: [[roleKey('unitHead', tx.case.unitId)]],
    },
  ],
};

/** Who was nominated or named last in this case, or null. */
export function nomineeOf(tx: CaseTransaction): string | null {
  const named = tx.steps.all
    .filter(({ name, codes }) => ['nominating', 'appointing'].includes(name) && codes.managerId !== undefined)
    .toSorted((one, other) => Number(one.closedSeq) - Number(other.closedSeq))
    .at(-1);
  return named ? String(named.codes.managerId) : null;
}
