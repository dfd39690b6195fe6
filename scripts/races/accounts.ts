import type { RollEntry } from '../../domain/ballot.ts';
import type { BallotRule } from '../../domain/ballotRule.ts';
import type { Chance } from '../system/random.ts';
import type { Answer, Arena } from './arena.ts';
import { freshEntity, UNITS, type Unit, unitName } from './forms.ts';

const DATA_CLERK = 'data-clerk';
export const CLERK = 'office-clerk-1';
export const OTHER_CLERK = 'office-clerk-2';

export type HeldAccount = { readonly id: string; readonly unit: Unit };

const HEADINGS =
  '单位名称,单位代码,级别,推荐单位,专职客户经理,确立日期,决定文号,决定日期,决定机构,预计后续合同额（万元）';

/** A key account of some unit's and its first manager's, taken over from a ledger, as one stands that was established before. */
export async function held(arena: Arena, chance: Chance): Promise<HeldAccount> {
  const unit = chance.of(UNITS);
  const { name, uscc } = freshEntity(chance);
  const table = `${HEADINGS}\n${name},${uscc},分公司级,${unitName(unit)},${unitName(unit)}客户经理甲,2024-03-15,公司发〔2024〕18号,2024-03-12,大客户管理委员会,15000\n`;
  const { id: importId } = await arena.upload(
    DATA_CLERK,
    '/imports',
    { kind: 'ledger' },
    new Blob([table]),
    'table.csv',
  );
  accepted('the ledger', await arena.post(CLERK, `/imports/${importId}/application`, {}));
  const [row] = await arena.rows<{ id: string }>(
    'SELECT a.id FROM accounts a JOIN clients c ON c.id = a.client_id WHERE c.name = $1',
    name,
  );
  if (!row) throw new Error('the ledger was not taken over');
  return { id: row.id, unit };
}

/** What an answer brought that must be taken. */
export function accepted(what: string, { taken, code, body }: Answer): Answer['body'] {
  if (!taken) throw new Error(`${what} was refused with ${code}: ${JSON.stringify(body)}`);
  return body;
}

/** Answers the open task of a kind for the person who has it. */
export async function decided(
  arena: Arena,
  caseId: string,
  kind: string,
  personId: string,
  action: string,
  body: object = {},
): Promise<void> {
  const { id } = await arena.task(caseId, kind);
  accepted(kind, await arena.post(personId, `/tasks/${id}/decisions`, { action, body }));
}

export const exitForm = {
  ground: 'insolvency',
  since: '2026-01-05',
  source: '（2026）示例破1号',
  grounds: '法院已受理破产',
};

/** An exit as far as its ballot. @returns its case */
export async function toTheEnd(arena: Arena, { id, unit }: HeldAccount): Promise<string> {
  const manager = `${unit}-manager`;
  const { caseId } = accepted('the exit', await arena.post(manager, `/accounts/${id}/exits`, exitForm));
  await arena.upload(manager, '/attachments', { caseId, purpose: 'evidence' }, new Blob(['裁定书']), '裁定书.txt');
  await decided(arena, caseId, 'admitExit', OTHER_CLERK, 'admit');
  await decided(arena, caseId, 'stateUnit', `${unit}-head`, 'state', { statement: '情况属实' });
  await decided(arena, caseId, 'stateManager', manager, 'state', { statement: '情况属实' });
  return caseId;
}

/** A reassignment without fault as far as the ballot on the successor. @returns its case */
export async function toTheSuccessor(arena: Arena, { id, unit }: HeldAccount, managerId: string): Promise<string> {
  const form = {
    ground: 'personnel',
    of: 'manager',
    adjustment: 'transfer',
    effectiveOn: '2026-12-01',
    document: '人字1号',
  };
  const asked = await arena.post(`${unit}-head`, `/accounts/${id}/reassignments`, { form });
  const { caseId } = accepted('the reassignment', asked);
  await decided(arena, caseId, 'admit', CLERK, 'arrange');
  await decided(arena, caseId, 'nominate', `${unit}-submitter`, 'nominate', { managerId });
  return caseId;
}

/** Gives the votes of a case's open ballot, all for the same, but the one with which it closes. @returns that one, to be given */
export async function untilTheLastVote(arena: Arena, caseId: string, choice: string): Promise<() => Promise<Answer>> {
  const ballot = await arena.until('the ballot', async () => {
    const [open] = await arena.rows<{ rule: BallotRule; roll: RollEntry[] }>(
      `SELECT rule, roll FROM ballots WHERE case_id = $1 AND status = 'open'`,
      caseId,
    );
    return open;
  });
  const body = ballot.roll.filter(({ recusal }) => recusal === null).length;
  const vote = ({ taskId, personId }: { readonly taskId: string; readonly personId: string }): Promise<Answer> =>
    arena.post(personId, `/tasks/${taskId}/decisions`, { action: 'vote', body: { choice } });
  const asked = await arena.votes(caseId);
  // In the order of the seats: no ballot closes before one who may preside has voted.
  const members = ballot.roll.flatMap((entry) =>
    asked.filter(({ personId }) => personId === entry.personId && personId !== 'director'),
  );
  // Where it may close before its time, it closes as soon as more than half of the body agree.
  const before = ballot.rule.early ? Math.floor(body / 2) : members.length;
  const answers = await Promise.all(members.slice(0, before).map(vote));
  for (const answer of answers) accepted('a vote', answer);
  const last = ballot.rule.early
    ? members[before]
    : await arena.until('the director’s task', async () =>
        (await arena.votes(caseId)).find(({ personId }) => personId === 'director'),
      );
  if (!last) throw new Error('nobody is left to vote');
  return () => vote(last);
}
