import { DomainError } from '../domain/errors.ts';
import { type Answer, settle } from './answer.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** The office accepts a recommendation 受理 and names who examines it: evaluators, and departments that countersign. */
export async function acceptScreening(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const { evaluatorIds, departmentIds } = answer.body as { evaluatorIds: string[]; departmentIds: string[] };
  refuseTwice(evaluatorIds, 'evaluatorIds');
  refuseTwice(departmentIds, 'departmentIds');
  const persons = await tx.sql('SELECT id, unit_id FROM persons WHERE active AND id = ANY ($1)', [evaluatorIds]);
  for (const [index, id] of evaluatorIds.entries()) {
    const person = persons.find((row) => row.id === id);
    const field = `evaluatorIds.${index}`;
    if (!person) throw new DomainError('unfitPerson', { field, why: 'inactive' }, field);
    // The recommending unit does not examine its own recommendation (系统默认).
    if (person.unit_id === tx.case.unitId)
      throw new DomainError('unfitPerson', { field, why: 'ofRecommendingUnit' }, field);
  }
  const departments = await tx.sql(
    `SELECT id FROM units WHERE kind IN ('department', 'office') AND dissolved_on IS NULL AND id = ANY ($1)`,
    [departmentIds],
  );
  for (const [index, id] of departmentIds.entries()) {
    const field = `departmentIds.${index}`;
    if (!departments.some((row) => row.id === id))
      throw new DomainError('invalid', { field, reason: 'notADepartment' }, field);
  }
  await tx.sql('UPDATE recommendations SET evaluator_ids = $2, department_ids = $3 WHERE case_id = $1', [
    tx.case.id,
    evaluatorIds,
    departmentIds,
  ]);
  return settle(tx, answer);
}

function refuseTwice(ids: readonly string[], field: string): void {
  if (new Set(ids).size !== ids.length) throw new DomainError('invalid', { field, reason: 'repeated' }, field);
}
