import { type Actor, hasRole } from '../../cases/actor.ts';
import { factPlace } from '../../cases/transaction.ts';
import { openJson } from '../../platform/cipher.ts';
import type { Fact } from '../../prisma/generated/client.ts';
import type { TimelineEntry } from '../contract/cases.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf } from './days.ts';
import { articleOf } from './holders.ts';
import { loadNames } from './names.ts';
import type { ReadableCase } from './readableCases.ts';
import { hidesOfScore } from './scoreReaders.ts';
import { isTold, type SealingContext } from './sealing.ts';

/** Of a case's contents they read one thing: why one of them wants to end it or start it again, which the other confirms. */
const isAdministrator = (actor: Actor): boolean => hasRole(actor, 'systemAdmin') || hasRole(actor, 'securityAdmin');

const REASONS_OF_ADMINISTRATORS = ['overrideProposed', 'redriveProposed', 'proposalRefused'];

/** Facts of a case after `after`, in order, as this person may read them. */
export async function timeline(
  deps: ApiDeps,
  actor: Actor,
  { row, contents }: ReadableCase,
  page: { readonly after: number; readonly limit: number },
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const { prisma } = deps;
  const [facts, ballots, steps] = await Promise.all([
    prisma.fact.findMany({
      where: { caseId: row.id, seq: { gt: page.after } },
      orderBy: { seq: 'asc' },
      take: page.limit + 1,
    }),
    prisma.ballot.findMany({ where: { caseId: row.id } }),
    prisma.step.findMany({ where: { caseId: row.id } }),
  ]);
  const shown = facts.slice(0, page.limit);
  const mayOpen = (contents || isAdministrator(actor)) && shown.some((fact) => fact.secret);
  const key = mayOpen ? await deps.keys.get(`case:${row.id}`) : null;
  const tasks = await prisma.task.findMany({
    where: { id: { in: shown.flatMap((fact) => fact.taskId ?? []) } },
    select: { id: true, kind: true },
  });
  const kindOf = new Map(tasks.map((task) => [task.id, task.kind]));
  const names = await loadNames(prisma, {
    persons: shown.flatMap((fact) => [fact.actorId, fact.onBehalfOf, fact.enteredBy]),
  });
  const hides = await hidesOfScore(deps, actor, row);
  const sealing = { ballots, steps, isClosed: row.closedAt !== null };
  const textOf = (fact: Fact): TimelineEntry['text'] =>
    key &&
    fact.secret &&
    !hides(fact) &&
    (contents ? mayRead(fact, sealing, actor) : REASONS_OF_ADMINISTRATORS.includes(fact.kind))
      ? withoutArchive(openJson(key, fact.secret, factPlace(row.id, fact.seq)) as TimelineEntry['text'])
      : null;
  const items = shown.map((fact): TimelineEntry => {
    const text = textOf(fact);
    return {
      seq: fact.seq,
      kind: fact.kind,
      step: fact.step,
      round: fact.round,
      taskId: fact.taskId,
      taskKind: fact.taskId ? (kindOf.get(fact.taskId) ?? null) : null,
      action: fact.action,
      actor: names.personOrNull(fact.actorId),
      onBehalfOf: names.personOrNull(fact.onBehalfOf),
      enteredBy: names.personOrNull(fact.enteredBy),
      at: timeOf(fact.at),
      article: fact.step ? articleOf(row.process, fact.step) : null,
      codes: fact.codes as TimelineEntry['codes'],
      text,
      // What stood in the archive before is told where the yearly report is read.
      withheld: fact.secret !== null && text === null && fact.kind !== 'archiveUpdated',
    };
  });
  return { items, nextCursor: facts.length > page.limit ? String(shown.at(-1)?.seq) : null };
}

/** The archive has a door of its own, where whoever reads it is on record (Article 11). */
function withoutArchive(text: TimelineEntry['text']): TimelineEntry['text'] {
  const { archive: _, ...rest } = text ?? {};
  return rest;
}

/**
 * A choice is its voter's alone until closing; a recording is the office's, whose second person checks it, until then. Everything else is for all
 * who may read the case's contents, but for what only readers of a score are told.
 */
function mayRead(fact: Fact, context: SealingContext, actor: Actor): boolean {
  const ballot = context.ballots.find((each) => each.id === fact.ballotId);
  const told = ballot !== undefined && isTold(ballot, context);
  if (fact.kind === 'voted') return told || fact.actorId === actor.personId;
  if (fact.kind === 'recorded') return told || hasRole(actor, 'office');
  if (fact.kind === 'archiveUpdated') return false;
  return true;
}
