import type { Actor } from '../../cases/actor.ts';
import { factPlace } from '../../cases/transaction.ts';
import { type CurrentHolding, readsFile, standings } from '../../domain/accountStanding.ts';
import { yuanFromFen } from '../../domain/money.ts';
import type { ReassignmentForm } from '../../forms/reassignment.ts';
import { openJson } from '../../platform/cipher.ts';
import type { HandoverItemView, ReassignmentMatter } from '../contract/reassignments.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames, type Names } from './names.ts';

type Account = {
  readonly id: string;
  readonly archiveNo: string;
  readonly client: string;
  readonly state: string;
  readonly managerId: string | null;
  readonly nomineeId: string | null;
  readonly since: Date | null;
  readonly managedBy: 'company' | 'branch';
  readonly holders: readonly CurrentHolding[];
};

/** What a reassignment is about, for those who may read its contents. */
export async function reassignmentMatter(
  deps: Pick<ApiDeps, 'pool' | 'prisma' | 'keys'>,
  actor: Actor,
  caseId: string,
): Promise<ReassignmentMatter> {
  const { prisma } = deps;
  const row = await prisma.reassignment.findUniqueOrThrow({ where: { caseId } });
  const [accounts, items, form] = await Promise.all([
    accountsOf(deps, caseId),
    prisma.handoverItem.findMany({ where: { caseId }, orderBy: { ord: 'asc' } }),
    formOf(deps, caseId),
  ]);
  const names = await loadNames(prisma, {
    persons: [
      ...accounts.flatMap(({ managerId, nomineeId }) => [managerId, nomineeId]),
      ...items.flatMap(({ givenBy, takenBy }) => [givenBy, takenBy]),
    ],
    units: [row.unitId, row.newUnitId],
  });
  const mayRead = new Set(
    accounts.filter((one) => readsFile(standings(actor, one.holders), one.managedBy)).map(({ id }) => id),
  );
  return {
    process: 'reassignment',
    replaces: row.replaces as ReassignmentMatter['replaces'],
    ground: row.ground as ReassignmentMatter['ground'],
    adjustment: row.adjustment as ReassignmentMatter['adjustment'],
    form,
    unit: names.unit(row.unitId),
    newUnit: names.unitOrNull(row.newUnitId),
    accounts: accounts.map(({ managerId, nomineeId, since, managedBy: _, holders: __, ...account }) => ({
      ...account,
      manager: names.personOrNull(managerId),
      nominee: names.personOrNull(nomineeId),
      since: timeOrNull(since),
    })),
    items: items.map((item) => ({
      id: item.id,
      accountId: item.accountId,
      kind: item.kind as HandoverItemView['kind'],
      ref: item.ref,
      codes: codesFor(item.codes as HandoverItemView['codes'], mayRead.has(item.accountId)),
      given: tickOf(names, item.givenBy, item.givenAt),
      taken: tickOf(names, item.takenBy, item.takenAt),
    })),
  };
}

/** What is owed is of the account's file: whoever reads the case but not the file is told that something is, and not how much (Article 11). */
const codesFor = ({ fen, ...codes }: HandoverItemView['codes'], readsIt: boolean): HandoverItemView['codes'] =>
  fen !== undefined && readsIt ? { ...codes, yuan: yuanFromFen(BigInt(String(fen))) } : codes;

const tickOf = (names: Names, by: string | null, at: Date | null): HandoverItemView['given'] =>
  by && at ? { by: names.person(by), at: timeOf(at) } : null;

async function accountsOf({ pool }: Pick<ApiDeps, 'pool'>, caseId: string): Promise<Account[]> {
  const { rows } = await pool.query<Account>(
    `SELECT a.id, a.archive_no AS "archiveNo", c.name AS client, a.state, x.manager_id AS "managerId", x.nominee_id AS "nomineeId", h.valid_from AS since,
       a.managed_by AS "managedBy", (SELECT coalesce(json_agg(json_build_object('unitId', o.unit_id, 'managerId', o.manager_id)), '[]')
        FROM holdings o WHERE o.account_id = a.id AND o.valid_to IS NULL) AS holders
     FROM reassignment_accounts x JOIN accounts a ON a.id = x.account_id JOIN clients c ON c.id = a.client_id LEFT JOIN holdings h ON h.id = x.successor_id
     WHERE x.case_id = $1 ORDER BY a.archive_no`,
    [caseId],
  );
  return rows;
}

/** What was brought forward is the secret of the fact that submitted it. @throws DecryptionError */
async function formOf({ prisma, keys }: Pick<ApiDeps, 'prisma' | 'keys'>, caseId: string): Promise<ReassignmentForm> {
  const { seq, secret } = await prisma.fact.findFirstOrThrow({ where: { caseId, kind: 'submitted' } });
  const key = await keys.get(`case:${caseId}`);
  return openJson(key, secret && Buffer.from(secret), factPlace(caseId, seq)) as ReassignmentForm;
}
