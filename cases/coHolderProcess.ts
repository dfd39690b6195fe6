import { newId } from '../platform/id.ts';
import { coHolder as contract } from '../workflows/contracts/coHolder.ts';
import { lockAccount } from './accounts.ts';
import { type Answer, settle } from './answer.ts';
import { accountOf } from './caseAccounts.ts';
import { checkNominee, checkNotHolding, nominationBodies, nominationSlates, nomineeOf } from './nomination.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/** 增加推荐单位或客户经理 (Article 7.4): what the process brings to the engine besides its workflow. The case is the unit's that is to be added. */
export const coHolderProcess: ProcessDefinition = {
  contract,
  bodies: nominationBodies,
  codes: ['managerId'],
  effects: { 'nominate.nominate': nominate, 'appoint.appoint': nominate },
  slates: nominationSlates,
  async matters(tx) {
    const account = await accountOf(tx);
    const lead = account.holdings.filter(({ kind }) => kind === 'lead').map(({ unitId }) => unitId);
    const nominee = nomineeOf(tx);
    return {
      level: account.grade,
      specialConsideration: false,
      // Both units: whose matter it is, and who leads the account.
      subject: {
        kind: 'client',
        unitIds: [...new Set([tx.case.unitId, ...lead])],
        personIds: nominee ? [nominee] : [],
      },
    };
  },
  /** Nobody comes to hold an account that was terminated while the committee decided. */
  async endsIn(tx, state) {
    if (state !== 'added') return state;
    const { id } = await accountOf(tx);
    return (await lockAccount(tx.client, id)).state === 'terminated' ? 'lapsed' : state;
  },
  async conclude(tx, state) {
    if (state === 'added') await addHolding(tx);
  },
};

/** A manager of that unit, and nobody who is one of the account's managers already. @throws DomainError `nomineeUnfit` */
async function nominate(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const managerId = String(answer.body.managerId);
  await checkNominee(tx, managerId, tx.case.unitId);
  checkNotHolding(managerId, await accountOf(tx));
  return settle(tx, answer);
}

/**
 * The unit and its manager hold the account too, with every entity the leading holding covers. A manager who left since is not entered:
 * the holding is the unit's, and wants one. A holding of the same unit and manager that came about meanwhile is the one.
 */
async function addHolding(tx: CaseTransaction): Promise<void> {
  const account = await lockAccount(tx.client, (await accountOf(tx)).id);
  const unitId = tx.case.unitId;
  const [person] = await tx.sql('SELECT id FROM persons WHERE id = $1 AND active AND unit_id = $2', [
    nomineeOf(tx),
    unitId,
  ]);
  const managerId = person ? String(person.id) : null;
  const same = account.holdings.find((holding) => holding.unitId === unitId && holding.managerId === managerId);
  const holdingId = same?.id ?? newId();
  if (!same) {
    await tx.sql(
      `INSERT INTO holdings (id, account_id, client_id, unit_id, manager_id, kind, valid_from, decision_case_id) VALUES ($1, $2, $3, $4, $5, 'co', $6, $7)`,
      [holdingId, account.id, account.clientId, unitId, managerId, tx.now, tx.case.id],
    );
    await tx.sql(
      `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from)
       SELECT $1, e.entity_key, 'co', $3 FROM holding_entities e JOIN holdings h ON h.id = e.holding_id
       WHERE h.account_id = $2 AND h.kind = 'lead' AND h.valid_to IS NULL AND e.valid_to IS NULL ON CONFLICT DO NOTHING`,
      [holdingId, account.id, tx.now],
    );
  }
  await tx.sql('UPDATE co_holders SET holding_id = $2 WHERE case_id = $1', [tx.case.id, holdingId]);
}
