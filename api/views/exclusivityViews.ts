import { type Actor, hasRole } from '../../cases/actor.ts';
import { type CheckAnswer, openCheck } from '../../cases/exclusivityChecks.ts';
import { openNearMatch } from '../../cases/nearMatches.ts';
import type { NearReason } from '../../domain/exclusivity.ts';
import { type ExclusivityCheck, Prisma } from '../../prisma/generated/client.ts';
import type { ClientCheckResult } from '../contract/clients.ts';
import type { NearMatchView, ReceiptOfCheck } from '../contract/exclusivity.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';
import { keyOf, pageOf } from './pages.ts';

type Listed = { readonly accountId: string; readonly unitId: string };

/** What of an answer its asker is told: of near names, those that the published list tells anyway (7.1, 7.3). */
export type Told = {
  readonly checkId: string;
  readonly result: ClientCheckResult['result'];
  readonly holder: Listed | null;
  readonly names: readonly (Listed & { readonly name: string; readonly why: NearReason })[];
  readonly withheld: boolean;
  readonly left: number;
};

export const told = ({ checkId, result, holder, near, left }: CheckAnswer): Told => ({
  checkId,
  result,
  holder,
  names: near.flatMap(({ name, why, listed }) => (listed ? [{ name, why, ...listed }] : [])),
  withheld: near.some(({ listed }) => listed === null),
  left,
});

export async function checkView({ prisma }: Pick<ApiDeps, 'prisma'>, answer: Told): Promise<ClientCheckResult> {
  const names = await loadNames(prisma, {
    units: [answer.holder?.unitId, ...answer.names.map(({ unitId }) => unitId)],
  });
  return {
    result: answer.result,
    holder: names.unitOrNull(answer.holder?.unitId ?? null),
    accountId: answer.holder?.accountId ?? null,
    names: answer.names.map(({ name, why, unitId, accountId }) => ({
      name,
      why,
      holder: names.unit(unitId),
      accountId,
    })),
    withheld: answer.withheld,
    left: answer.left,
  };
}

/** Receipts as they are shown, with what they keep sealed. */
export async function receiptViews(deps: ApiDeps, rows: readonly ExclusivityCheck[]): Promise<ReceiptOfCheck[]> {
  const names = await loadNames(deps.prisma, {
    persons: rows.map(({ personId }) => personId),
    units: rows.map(({ unitId }) => unitId),
  });
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      receiptNo: Number(row.receiptNo),
      kind: row.kind as ReceiptOfCheck['kind'],
      person: names.person(row.personId),
      unit: names.unit(row.unitId),
      caseId: row.caseId,
      at: timeOf(row.at),
      ...(await openCheck(deps.keys, row.id, row.secret)),
      outcome: row.outcome as ReceiptOfCheck['outcome'],
      hash: Buffer.from(row.hash ?? []).toString('hex'),
      auditStream: row.auditStream,
      auditSeq: row.auditSeq,
    })) as Promise<ReceiptOfCheck>[],
  );
}

/** Whose receipts one reads: one’s own, those of the unit one leads, and all for the office. */
export function mayReadReceipt(actor: Actor, row: Pick<ExclusivityCheck, 'personId' | 'unitId'>): boolean {
  return (
    row.personId === actor.personId ||
    hasRole(actor, 'office') ||
    hasRole(actor, 'unitHead', row.unitId) ||
    hasRole(actor, 'marketingDeputy', row.unitId)
  );
}

type NearRow = {
  id: string;
  state: NearMatchView['state'];
  verdict: NearMatchView['verdict'];
  why: NearMatchView['why'];
  openedAt: Date;
  judgedBy: string | null;
  judgedAt: Date | null;
  secret: Buffer;
  personId: string;
  unitId: string;
  caseId: string | null;
  holderUnitId: string | null;
  accountId: string | null;
  onList: boolean | null;
};

/** Near matches in a state, the oldest first; judged ones the newest first. Whoever is not of the office sees those of his unit. */
export async function nearMatchPage(
  deps: ApiDeps,
  actor: Actor,
  asked: { readonly state: NearMatchView['state']; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<NearMatchView>> {
  const office = hasRole(actor, 'office');
  const after = keyOf(asked.cursor, 'instant', 'text');
  const backwards = asked.state === 'judged';
  const beyond = !after
    ? Prisma.sql`true`
    : backwards
      ? Prisma.sql`(n.opened_at, n.id) < (${after[0]}, ${after[1]})`
      : Prisma.sql`(n.opened_at, n.id) > (${after[0]}, ${after[1]})`;
  const { rows } = await deps.pool.query<NearRow>(
    Prisma.sql`SELECT n.id, n.state, n.verdict, n.why, n.opened_at AS "openedAt", n.judged_by AS "judgedBy", n.judged_at AS "judgedAt", n.secret,
        c.person_id AS "personId", c.unit_id AS "unitId", c.case_id AS "caseId", h.unit_id AS "holderUnitId", h.account_id AS "accountId", h.on_list AS "onList"
      FROM near_matches n JOIN exclusivity_checks c ON c.id = n.check_id
      LEFT JOIN LATERAL (SELECT s.unit_id, s.account_id, a.on_list FROM holdings s JOIN accounts a ON a.id = s.account_id
        WHERE s.client_id = n.client_id AND s.kind = 'lead' AND s.valid_to IS NULL LIMIT 1) h ON true
      WHERE n.state = ${asked.state} AND ${beyond} AND ${office ? Prisma.sql`true` : Prisma.sql`c.unit_id = ${actor.unitId}`}
      ORDER BY n.opened_at ${backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`}, n.id ${backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${asked.limit + 1}`,
  );
  const page = pageOf(rows, asked.limit, (row) => [row.openedAt.toISOString(), row.id]);
  const names = await loadNames(deps.prisma, {
    persons: page.items.flatMap(({ personId, judgedBy }) => [personId, judgedBy]),
    units: page.items.flatMap(({ unitId, holderUnitId }) => [unitId, holderUnitId]),
  });
  const items = await Promise.all(
    page.items.map(async (row): Promise<NearMatchView> => {
      const secret = await openNearMatch(deps.keys, row.id, row.secret);
      // What is in progress, or held and not published, the unit is not told (7.1).
      const open = office || row.onList === true;
      return {
        id: row.id,
        asked: secret.asked,
        name: open ? secret.name : '',
        why: row.why,
        state: row.state,
        verdict: row.verdict,
        person: names.person(row.personId),
        unit: names.unit(row.unitId),
        caseId: row.caseId,
        holder: open ? names.unitOrNull(row.holderUnitId) : null,
        accountId: open ? row.accountId : null,
        question: secret.question ?? null,
        word: secret.word ?? null,
        reason: office ? (secret.reason ?? null) : null,
        openedAt: timeOf(row.openedAt),
        judgedBy: names.personOrNull(row.judgedBy),
        judgedAt: timeOrNull(row.judgedAt),
      };
    }),
  );
  return { items, nextCursor: page.nextCursor };
}
