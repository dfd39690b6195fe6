import { type Actor, candidateKeys, hasRole } from '../../cases/actor.ts';
import type { Case, Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { delegatedTasks } from './delegatedTasks.ts';

/**
 * Which cases a person may read, as a condition on the table of cases, so that lists and single reads cannot disagree. Who
 * reads what is an assumption 系统默认, after Article 11: those who work on it, its unit's officers, the committee unless
 * recused, the office.
 */
export async function readableCases(deps: ApiDeps, actor: Actor): Promise<Prisma.CaseWhereInput> {
  const { personId } = actor;
  const { prisma } = deps;
  const readsAll = actor.seats.length > 0 || hasRole(actor, 'office') || hasRole(actor, 'dataClerk');
  const [copies, recusals, delegated] = await Promise.all([
    prisma.copy.findMany({ where: { personId }, select: { caseId: true } }),
    prisma.$queryRaw<{ caseId: string }[]>`SELECT DISTINCT b.case_id AS "caseId" FROM ballots b,
      jsonb_array_elements(b.roll) entry WHERE entry->>'personId' = ${personId} AND entry->>'recusal' IS NOT NULL`,
    delegatedTasks(deps, actor),
  ]);
  // A recusal withdraws the file: from a seat, its tasks and copies, not from whoever works for the recommending unit.
  const notRecused = { id: { notIn: recusals.map((row) => row.caseId) } };
  return {
    OR: [
      { submitterId: personId },
      unitOf(actor),
      {
        ...notRecused,
        OR: [
          { id: { in: copies.map((copy) => copy.caseId) } },
          // An override is confirmed by an administrator, who is shown its reason and nothing of what it ends.
          { tasks: { some: { kind: { not: 'confirmOverride' }, candidates: { hasSome: candidateKeys(actor) } } } },
          { tasks: { some: { assigneeId: personId } } },
          { facts: { some: { actorId: personId, kind: 'decided' } } },
          // What is delegated is the open task, not the past of its owner.
          ...delegated.map(({ where }) => ({ tasks: { some: { AND: [where, { status: 'open' }] } } })),
          ...(readsAll ? [submitted] : []),
        ],
      },
    ],
  };
}

/** A draft is its unit's own; also one that was withdrawn or lapsed and never submitted, which no task was ever opened in. */
const submitted: Prisma.CaseWhereInput = {
  state: { not: 'draft' },
  OR: [{ closedAt: null }, { tasks: { some: {} } }],
};

/** Officers of the unit whose case it is. */
function unitOf(actor: Actor): Prisma.CaseWhereInput {
  const units = actor.roles.flatMap(({ unitId }) => unitId ?? []);
  return { unitId: { in: units } };
}

/** The administrators and the auditor see that a case is and where it stands, nothing of its contents. */
export const isOverseer = (actor: Actor): boolean =>
  ['systemAdmin', 'securityAdmin', 'auditor'].some((role) => hasRole(actor, role));

export type ReadableCase = {
  readonly row: Case;
  /** Whether opinions, reasons, the form and files may be shown. */
  readonly contents: boolean;
};

/** @returns null when there is none, or none for this person: the two are told alike. */
export async function readCase(deps: ApiDeps, actor: Actor, caseId: string): Promise<ReadableCase | null> {
  const readable = await readableCases(deps, actor);
  const row = await deps.prisma.case.findFirst({ where: { AND: [{ id: caseId }, readable] } });
  if (row) return { row, contents: true };
  if (!isOverseer(actor)) return null;
  const overseen = await deps.prisma.case.findFirst({ where: { AND: [{ id: caseId }, submitted] } });
  return overseen ? { row: overseen, contents: false } : null;
}
