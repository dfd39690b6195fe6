import type { AccountRow } from '../cases/accounts.ts';
import { type Actor, hasRole } from '../cases/actor.ts';
import { recordAudit } from '../cases/audit.ts';
import type { Standings } from '../domain/accountStanding.ts';
import type { Case, Prisma } from '../prisma/generated/client.ts';
import type { ApiDeps } from './deps.ts';

export type Contents = 'form' | 'timeline' | 'comments' | 'attachment';

const AGAIN_AFTER_MS = 3_600_000;

/**
 * Logs that a person read confidential parts of a case, and to what purpose (Article 11): in which capacity he may. A page that
 * is shown anew within the hour is one reading; every file is its own. The submitter's reading of his own is not logged.
 */
export async function recordReading(
  deps: ApiDeps,
  actor: Actor,
  row: Pick<Case, 'id' | 'unitId' | 'submitterId'>,
  what: Contents,
  codes: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (row.submitterId === actor.personId) return;
  const reading = { act: `${what}.read`, actorId: actor.personId, caseId: row.id };
  if (what !== 'attachment' && (await isAgain(deps, reading))) return;
  await recordAudit(deps.pool, { ...reading, codes: { ...codes, purpose: purposeOf(actor, row) } });
}

/** Whether it was read within the hour. */
async function isAgain(deps: ApiDeps, reading: Prisma.AuditEntryWhereInput): Promise<boolean> {
  const at = { gt: new Date(Date.now() - AGAIN_AFTER_MS) };
  return (await deps.prisma.auditEntry.findFirst({ where: { ...reading, at }, select: { seq: true } })) !== null;
}

function purposeOf(actor: Actor, row: Pick<Case, 'unitId'>): 'ownUnit' | 'office' | 'committee' | 'task' {
  if (actor.roles.some((held) => held.unitId === row.unitId)) return 'ownUnit';
  if (hasRole(actor, 'office') || hasRole(actor, 'dataClerk')) return 'office';
  return actor.seats.length > 0 ? 'committee' : 'task';
}

/**
 * The same for the confidential file of an account, its visits, marketing tasks, plans and scores. Nobody is asked what for: how he stands to the account
 * says it, its own manager too (Article 11). Within the hour it is one reading; every file is its own.
 */
export async function recordAccountReading(
  deps: ApiDeps,
  actor: Actor,
  account: Pick<AccountRow, 'id'> & { readonly standing: Standings },
  what:
    | 'visits'
    | 'marketingTasks'
    | 'accountReports'
    | 'yearlyReport'
    | 'score'
    | 'reviews'
    | 'keyPersons'
    | 'projects'
    | 'plans'
    | 'attachment',
  codes: Readonly<Record<string, string>> = {},
): Promise<void> {
  const reading = { act: `${what}.read`, actorId: actor.personId };
  const ofAccount = { ...reading, codes: { path: ['accountId'], equals: account.id } };
  if (what !== 'attachment' && (await isAgain(deps, ofAccount))) return;
  const purpose = capacities.find((each) => account.standing.has(each)) ?? 'task';
  await recordAudit(deps.pool, { ...reading, codes: { ...codes, accountId: account.id, purpose } });
}

/** In which capacity somebody reads who has several. */
const capacities = ['manager', 'head', 'office', 'leader', 'committee', 'auditor', 'unit'] as const;

/**
 * The same for what shows many accounts of a campaign at once: its agenda, its accounts with their scores, its report, and what other values would
 * make of it, which opens the sealed scores (Article 11). Within the hour it is one reading.
 */
export async function recordCampaignReading(
  deps: ApiDeps,
  actor: Actor,
  year: number | null,
  what: 'agenda' | 'campaign' | 'campaignReport' | 'foresight',
): Promise<void> {
  const reading = { act: `${what}.read`, actorId: actor.personId };
  const ofYear = year === null ? reading : { ...reading, codes: { path: ['year'], equals: year } };
  if (await isAgain(deps, ofYear)) return;
  await recordAudit(deps.pool, { ...reading, codes: { year, purpose: campaignPurposeOf(actor) } });
}

function campaignPurposeOf(actor: Actor): 'committee' | 'office' | 'auditor' | 'ownUnit' {
  if (actor.seats.length > 0) return 'committee';
  if (hasRole(actor, 'office')) return 'office';
  return hasRole(actor, 'auditor') ? 'auditor' : 'ownUnit';
}
