import { localDay } from '../domain/calendar.ts';
import { nearKey, sameName } from '../domain/clientName.ts';
import { DomainError } from '../domain/errors.ts';
import { grade as gradeOf } from '../domain/grading.ts';
import type { Finding, FindingCode, FindingParams } from '../domain/importFinding.ts';
import { isError } from '../domain/importFinding.ts';
import { display } from '../domain/money.ts';
import {
  type LedgerAccount,
  type LedgerMember,
  type LedgerRow,
  ledgerColumns,
  ledgerRowSchema,
} from '../forms/ledgerRow.ts';
import { storeLedgerTotals } from './contractTotals.ts';
import { type Establishment, establishAccounts } from './establishment.ts';
import { bodyHash } from './idempotency.ts';
import type { ImportContext, ImportKind, JudgedRow } from './importKind.ts';
import { grouped, type LedgerGroup } from './ledgerGroups.ts';
import { type HeldEntity, loadRegister, type Register } from './ledgerRegister.ts';
import { currentPolicy } from './policies.ts';
import { violatedConstraint } from './sqlErrors.ts';

/** 台账: the key accounts that were established before this system, each with the decision it rests on. */
export const ledgerImport: ImportKind<LedgerRow> = {
  kind: 'ledger',
  columns: ledgerColumns,
  preview: ['name', 'code', 'unit', 'manager', 'grade', 'establishedOn'],
  checkers: ['dataClerk', 'office'],
  appliers: ['office'],
  schemaFor: ledgerRowSchema,

  /**
   * Takes the clients as a recommendation does (7.1), and lets go of them when the transaction ends: of a recommendation and a row at the
   * same instant one waits for the other and is refused, and of two ledgers with one client likewise.
   */
  async take({ client }, rows) {
    const { accounts } = grouped(rows);
    const keys = [...new Set(accounts.flatMap(({ entities }) => entities.flatMap((entity) => entity.keys)))];
    try {
      // Rows, since there is not room for thousands of advisory locks. In the order of the keys, so that two transactions never wait for each other crosswise.
      await client.query(
        `INSERT INTO recommendation_entities (case_id, entity_key, open) SELECT $1, key, true FROM unnest($2::text[]) AS key ORDER BY key`,
        [TAKER, keys],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'recommendation_entities_one_open')
        throw new DomainError('importRefused', { count: 1 });
      throw error;
    }
    await client.query('DELETE FROM recommendation_entities WHERE case_id = $1 AND entity_key = ANY ($2)', [
      TAKER,
      keys,
    ]);
    // A manager who leaves meanwhile waits, and so does whoever dissolves a unit.
    const named = accounts.flatMap(({ value }) => value.manager ?? []);
    await client.query(
      'SELECT 1 FROM persons WHERE login = ANY ($1) OR name = ANY ($1) OR name_en = ANY ($1) ORDER BY id FOR SHARE',
      [named],
    );
    await client.query('SELECT 1 FROM units WHERE dissolved_on IS NULL ORDER BY id FOR SHARE');
  },

  async judge(context, rows) {
    const { accounts, members } = grouped(rows);
    const register = await loadRegister(context.client, accounts);
    const { values } = await currentPolicy(context.client);
    const lines = { companyLineFen: BigInt(values.companyLineFen), branchLineFen: BigInt(values.branchLineFen) };
    const today = localDay(context.now.getTime());
    const twice = repeated(accounts);
    const judged = new Map<number, JudgedRow>();
    for (const account of accounts) {
      const same = register.entryOf(account);
      const contentHash = hashOf(context, account);
      if (same?.contentHash === contentHash) {
        judged.set(account.row, { row: account.row, verdict: 'same', findings: [] });
        continue;
      }
      const findings = [
        ...(twice.get(account.row) ?? []),
        ...(same
          ? [found('name', 'takenOverDifferently', { archiveNo: same.archiveNo })]
          : exclusivity(account, register, context.now)),
        ...peopleFindings(account, register),
        ...dayFindings(account.value, today),
        ...gradeFindings(account.value, lines),
      ];
      judged.set(account.row, { row: account.row, verdict: findings.some(isError) ? 'refused' : 'new', findings });
    }
    return rows.map(({ row, value }) => {
      const own = judged.get(row);
      if (own) return own;
      const client = members.get(row);
      if (client === undefined)
        return {
          row,
          verdict: 'refused',
          findings: [found('group', 'groupUnknown', { group: (value as LedgerMember).group })],
        };
      return { row, verdict: judged.get(client)?.verdict ?? 'refused', findings: [] };
    });
  },

  async apply(context, { importId, personId }, rows) {
    const { accounts } = grouped(rows);
    const register = await loadRegister(context.client, accounts);
    const establishments = accounts.map((account): Establishment => {
      const { value, entities } = account;
      return {
        entities,
        archive: archiveOf(account),
        grade: value.grade,
        managedBy: value.managedBy ?? value.grade,
        onList: value.onList === 'yes',
        unitId: register.unit(value.unit)?.id as string,
        managerId: register.manager(value)?.id ?? null,
        from: startOf(value.establishedOn),
        decisionCaseId: null,
        regions: new Map(value.region ? [[value.region, value.expected]] : []),
      };
    });
    const established = await establishAccounts(context.client, context.deps, establishments).catch((error) => {
      if (violatedConstraint(error) === 'holding_entities_one_lead')
        throw new DomainError('importRefused', { count: 1 });
      throw error;
    });
    await context.client.query(
      `INSERT INTO ledger_entries (account_id, import_id, row_no, document, decided_on, body, expected_fen, cumulative_fen, content_hash)
       SELECT account_id, import_id, row_no, document, decided_on, body, expected_fen, cumulative_fen, content_hash FROM jsonb_populate_recordset(NULL::ledger_entries, $1)`,
      [
        JSON.stringify(
          accounts.map((account, index) => ({
            account_id: established[index]?.accountId,
            import_id: importId,
            row_no: account.row,
            document: account.value.document,
            decided_on: account.value.decidedOn,
            body: account.value.body,
            expected_fen: String(account.value.expected),
            cumulative_fen: account.value.cumulative === null ? null : String(account.value.cumulative),
            content_hash: hashOf(context, account),
          })),
        ),
      ],
    );
    await storeLedgerTotals(
      context.client,
      personId,
      accounts.map(({ value: { expected, cumulative, decidedOn } }, index) => ({
        ...{ accountId: established[index]?.accountId, expected, cumulative, asOf: decidedOn },
      })),
    );
  },
};

/** What stands in a case's place while a table takes its clients. */
const TAKER = 'ledger';

/** The first instant of the day, at Asia/Shanghai. */
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

const found = (column: string | null, code: FindingCode, params: FindingParams = {}): Finding => ({
  column,
  code,
  params,
});

/** What an account's rows say, so that the same rows again are known as the same. */
const hashOf = ({ key }: Pick<ImportContext, 'key'>, { value, members }: LedgerGroup): string =>
  bodyHash(
    JSON.parse(
      JSON.stringify([value, members], (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each)),
    ),
    key,
  );

/** What the client's archive begins with (Article 9, part 1). */
function archiveOf({ value, members }: LedgerGroup): unknown {
  const { name, code, codeType, shortName, formerNames, nature, industry, region } = value;
  const given = { shortName, nature, industry };
  return {
    client: {
      name,
      codeType: code !== null && codeType !== 'other' ? 'uscc' : 'other',
      ...(code !== null && codeType !== 'other' ? { uscc: code } : {}),
      ...Object.fromEntries(Object.entries(given).filter(([, each]) => each !== null)),
      formerNames: formerNames ?? [],
      ...(region ? { territory: [region] } : {}),
      members: members.map((member) => ({
        name: member.name,
        ...(member.code && member.codeType !== 'other' ? { uscc: member.code } : {}),
        relation: member.relation ?? '',
      })),
    },
    keyPersons: [],
    projects: [],
  };
}

/** Clients that two rows of the file name (7.3): the later row is told. */
function repeated(accounts: readonly LedgerGroup[]): ReadonlyMap<number, readonly Finding[]> {
  const rowOf = new Map<string, number>();
  const twice = new Map<number, readonly Finding[]>();
  for (const { row, entities } of accounts) {
    for (const key of entities.flatMap(({ keys }) => keys)) {
      const before = rowOf.get(key);
      if (before === undefined) rowOf.set(key, row);
      else if (before !== row) twice.set(row, [found('name', 'sameClient', { row: before })]);
    }
  }
  return twice;
}

/** Whether somebody holds or recommends the client, or the register knows it otherwise (7.1, 7.3). */
function exclusivity({ value, entities }: LedgerGroup, register: Register, now: Date): Finding[] {
  const keys = entities.flatMap((entity) => entity.keys);
  const from = startOf(value.establishedOn).getTime();
  const holdings = keys.flatMap((key): readonly HeldEntity[] => register.heldBy(key));
  const holding = holdings.find(({ to }) => to === null || to.getTime() > now.getTime());
  if (holding) return [found('name', 'held', { holder: holding.holder })];
  if (keys.some((key) => register.isInProgress(key))) return [found('name', 'inProgress')];
  const then = holdings.find(({ to }) => to !== null && to.getTime() > from);
  if (then?.to)
    return [found('establishedOn', 'heldThen', { holder: then.holder, until: localDay(then.to.getTime()) })];
  const owners = new Set(keys.flatMap((key) => register.ownerOf(key) ?? []));
  if (owners.size > 1) return [found('name', 'entityShared')];
  if (owners.size === 1) return [];
  const near = register.near(nearKey(value.name)).find((name) => !sameName(name, value.name));
  return near ? [found('name', 'nearName', { name: near })] : [];
}

/** The recommending unit and its manager, as they are now (7.1). */
function peopleFindings({ value }: LedgerGroup, register: Register): Finding[] {
  const unit = register.unit(value.unit);
  const name = value.manager;
  const findings: Finding[] = [];
  if (!unit) findings.push(found('unit', 'unitUnknown', { unit: value.unit }));
  else if (unit.dissolved) findings.push(found('unit', 'unitDissolved', { unit: value.unit }));
  if (name === null) return [...findings, found('manager', 'managerVacant')];
  const people = register.people(name);
  if (people.length === 0) return [...findings, found('manager', 'managerUnknown', { manager: name })];
  const active = people.filter((person) => person.active);
  if (active.length === 0) return [...findings, found('manager', 'managerLeft', { manager: name })];
  if (!unit) return findings;
  const own = active.filter(({ unitId }) => unitId === unit.id);
  if (own.length > 1) findings.push(found('manager', 'managerAmbiguous', { manager: name, count: own.length }));
  if (own.length === 0) {
    const params = { manager: name, unit: active[0]?.unit ?? '' };
    findings.push(found('manager', 'managerOtherUnit', params));
  }
  return findings;
}

const dayFindings = ({ establishedOn, decidedOn }: LedgerAccount, today: string): Finding[] => [
  ...(establishedOn > today ? [found('establishedOn', 'establishedInFuture')] : []),
  ...(decidedOn > establishedOn ? [found('decidedOn', 'decidedLater', { decidedOn })] : []),
];

/** The decision stands as it was taken; a grade that does not fit the standard of Article 12 is only told. */
function gradeFindings(
  { expected, grade }: LedgerAccount,
  lines: { readonly companyLineFen: bigint; readonly branchLineFen: bigint },
): Finding[] {
  const fitting = gradeOf(expected, lines);
  if (fitting === grade) return [];
  const amount = display(expected);
  if (fitting === 'below') return [found('grade', 'gradeBelow', { amount })];
  return [found('grade', 'gradeDiffers', { amount, grade: fitting })];
}
