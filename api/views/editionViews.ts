import { type Actor, hasRole } from '../../cases/actor.ts';
import { leavingOf, linesNow, linesOfEditions } from '../../cases/editions.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { localDay } from '../../domain/calendar.ts';
import {
  changesBetween,
  type EditionChange,
  type EditionLine,
  type EditionPart,
  editionParts,
  nextEditionOn,
  numbered,
  standing,
} from '../../domain/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Case, Edition } from '../../prisma/generated/client.ts';
import type { EditionLineView, EditionSummary, EditionView, NextEdition } from '../contract/editions.ts';
import type { ApiDeps } from '../deps.ts';
import { stateKeyOf } from './caseSummaries.ts';
import { dayOf, timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';
import { readableAmong, readCase } from './readableCases.ts';
import { toldCounts } from './toldCounts.ts';

/** An edition with what it is compared with: the one published before it. */
export type ReadEdition = {
  readonly row: Edition;
  readonly lines: readonly EditionLine[];
  readonly before: Pick<Edition, 'caseId' | 'number'> | null;
  readonly changes: readonly EditionChange[];
};

/** Who sees an edition before it is published: the office, the committee, the auditor (系统默认). */
export const seesDrafts = (actor: Actor): boolean =>
  actor.seats.length > 0 || hasRole(actor, 'office') || hasRole(actor, 'auditor');

/**
 * An edition by its number, which the whole company may read once it is published (Article 8), or by its case.
 * @throws DomainError `notFound` for one that is not, or not this person's to read
 */
export async function readEdition(deps: ApiDeps, actor: Actor, id: string): Promise<ReadEdition> {
  const row = await deps.prisma.edition.findUnique({
    where: NUMBER.test(id) ? { number: Number(id) } : { caseId: id },
  });
  if (!row) throw new DomainError('notFound');
  if (row.publishedAt === null && !seesDrafts(actor) && !(await readCase(deps, actor, row.caseId))?.contents)
    throw new DomainError('notFound');
  const [read] = await withChanges(deps, [row]);
  if (!read) throw new Error('an edition has its lines');
  return read;
}

const NUMBER = /^[1-9]\d{0,6}$/;

/** Editions with what each is compared with. */
export async function withChanges(
  deps: Pick<ApiDeps, 'pool' | 'prisma'>,
  rows: readonly Edition[],
): Promise<ReadEdition[]> {
  const published = await deps.prisma.edition.findMany({
    where: { number: { not: null } },
    select: { caseId: true, number: true },
    orderBy: { number: 'desc' },
  });
  const beforeOf = (row: Edition) =>
    published.find(({ number }) => row.number === null || Number(number) < row.number) ?? null;
  const before = rows.map(beforeOf);
  const ids = [...rows, ...before].flatMap((each) => each?.caseId ?? []);
  const lines = await linesOfEditions(deps.pool, [...new Set(ids)]);
  const compiled = await deps.prisma.case.findMany({
    where: { id: { in: rows.filter(({ open }) => open).map(({ caseId }) => caseId) }, state: 'compiling' },
    select: { id: true },
  });
  const isCompiled = ({ caseId }: Edition) => compiled.some(({ id }) => id === caseId);
  // The office checks what it would put: putting takes the snapshot anew.
  const asOfNow = (row: Edition): Edition => (isCompiled(row) ? { ...row, cutoffAt: new Date() } : row);
  for (const { id } of compiled) lines.set(id, await linesNow(deps.pool));
  for (const { caseId, open } of rows) {
    if (!open) continue;
    // Whoever looks at what is being prepared sees already what is struck out as it is signed.
    const leaving = await leavingOf(deps.pool, caseId);
    const own = lines.get(caseId) ?? [];
    lines.set(
      caseId,
      own.map((line) => ({ ...line, struckWhy: line.struckWhy ?? leaving.get(line.accountId) ?? null })),
    );
  }
  return rows.map((row, at) => {
    const own = lines.get(row.caseId) ?? [];
    const earlier = before[at] ?? null;
    return {
      row: asOfNow(row),
      lines: own,
      before: earlier,
      changes: changesBetween(earlier ? (lines.get(earlier.caseId) ?? []) : [], own),
    };
  });
}

/** Editions as lists show them, in the order given. */
export async function editionSummaries(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  editions: readonly ReadEdition[],
): Promise<EditionSummary[]> {
  const numbers = editions.flatMap(({ row }) => row.number ?? []);
  const [cases, corrections] = await Promise.all([
    prisma.case.findMany({ where: { id: { in: editions.map(({ row }) => row.caseId) } } }),
    prisma.edition.findMany({
      where: { corrects: { in: numbers }, number: { not: null } },
      select: { corrects: true, number: true },
      orderBy: { number: 'asc' },
    }),
  ]);
  const caseOf = new Map(cases.map((each) => [each.id, each]));
  const correctedBy = new Map(corrections.map(({ corrects, number }) => [corrects, number]));
  return editions.map((edition) => summary(edition, caseOf.get(edition.row.caseId), correctedBy));
}

function summary(
  edition: ReadEdition,
  found: Case | undefined,
  correctedBy: ReadonlyMap<number | null, number | null>,
): EditionSummary {
  const { row } = edition;
  return {
    caseId: row.caseId,
    caseNumber: found?.number ?? '',
    number: row.number,
    stateKey: found ? stateKeyOf(found.process, found.state, 'company') : '',
    cutoffAt: timeOf(row.cutoffAt),
    publishedAt: timeOrNull(row.publishedAt),
    corrects: row.corrects,
    correctedBy: row.number === null ? null : (correctedBy.get(row.number) ?? null),
    ...counted(edition),
  };
}

/** How many lines stand, and how many accounts are otherwise than before. */
function counted({
  lines,
  changes,
}: Pick<ReadEdition, 'lines' | 'changes'>): Pick<EditionSummary, 'lines' | 'changes'> {
  const stand = standing(lines);
  const inPart = (part: EditionPart) => stand.filter((line) => line.part === part).length;
  const changed = (kind: EditionChange['change']) => changes.filter(({ change }) => change === kind).length;
  return {
    lines: { company: inPart('company'), branch: inPart('branch'), struck: lines.length - stand.length },
    changes: { new: changed('new'), changed: changed('changed'), gone: changed('gone') },
  };
}

/** What an edition begun now would have otherwise than the last one, and when the calendar begins it. */
export async function nextEdition({ pool, prisma }: ApiDeps): Promise<NextEdition> {
  const [last, lines, policy] = await Promise.all([
    prisma.edition.findFirst({ where: { number: { not: null } }, orderBy: { number: 'desc' } }),
    linesNow(pool),
    currentPolicy(pool),
  ]);
  const before = last ? ((await linesOfEditions(pool, [last.caseId])).get(last.caseId) ?? []) : [];
  const changes = changesBetween(before, lines);
  return {
    number: (last?.number ?? 0) + 1,
    comparedWith: last?.number ?? null,
    ...counted({ lines, changes }),
    differences: differencesOf(changes),
    dueOn: last && nextEditionOn(localDay(last.cutoffAt.getTime()), policy.values.editionMonths),
    readers: last?.readers ?? null,
    secrecyLevel: last?.secrecyLevel ?? null,
    secrecyTerm: last?.secrecyTerm ?? null,
  };
}

const differencesOf = (changes: readonly EditionChange[]): EditionView['differences'] =>
  changes.map((each) => ({ ...each, fields: [...each.fields] }));

/** One edition with all that is to be read of it. */
export async function editionView(deps: ApiDeps, actor: Actor, edition: ReadEdition): Promise<EditionView> {
  const { prisma } = deps;
  const { row, lines, before, changes } = edition;
  const [[summarised], names, basisOf, ballots, read, begun] = await Promise.all([
    editionSummaries(deps, [edition]),
    loadNames(prisma, { persons: [row.signedBy] }),
    basesOf(deps, actor, lines),
    ballotsOf(deps, row),
    readCase(deps, actor, row.caseId),
    prisma.fact.findUnique({ where: { caseId_seq: { caseId: row.caseId, seq: 1 } }, select: { codes: true } }),
  ]);
  if (!summarised) throw new Error('an edition has a summary');
  // What was struck out before it was signed is not published; it stays to be seen by who reads how it was decided.
  const shown = row.publishedAt === null || read?.contents ? lines : standing(lines);
  const changeOf = new Map(changes.map(({ accountId, change }) => [accountId, change]));
  return {
    ...summarised,
    scheduled: (begun?.codes as { scheduled?: boolean } | undefined)?.scheduled === true,
    noticeNo: row.noticeNo,
    readers: row.readers,
    secrecyLevel: row.secrecyLevel,
    secrecyTerm: row.secrecyTerm,
    signedBy: names.personOrNull(row.signedBy),
    hash: hexOf(row.hash),
    previousHash: hexOf(row.previousHash),
    comparedWith: before?.number ?? null,
    ballots: ballots.map((ballot) =>
      read?.contents ? ballot : { ...ballot, for: null, against: null, abstain: null },
    ),
    items: editionParts
      .flatMap((part) => numbered(shown, part))
      .map(({ line, no }) => {
        const change = changeOf.get(line.accountId);
        return {
          accountId: line.accountId,
          part: line.part,
          ord: no,
          archiveNo: line.archiveNo,
          clientName: line.clientName,
          managedBy: line.managedBy as EditionLineView['managedBy'],
          unitName: line.unitName,
          managerName: line.managerName,
          coHolders: line.coHolders.map(({ unitName, managerName }) => ({ unitName, managerName })),
          establishedOn: line.establishedOn,
          struckAt: line.struckAt,
          struckWhy: line.struckWhy,
          change: change === 'new' || change === 'changed' ? change : 'same',
          basis: basisOf(line),
        };
      }),
    differences: differencesOf(changes),
    readsCase: read !== null,
  };
}

const hexOf = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString('hex');

/** What each line rests on: a case, by a link for who may read it, or the document with which the account was taken over. */
async function basesOf(
  deps: ApiDeps,
  actor: Actor,
  lines: readonly EditionLine[],
): Promise<(line: EditionLine) => EditionLineView['basis']> {
  const caseIds = lines.flatMap(({ decisionCaseId }) => decisionCaseId ?? []);
  const [cases, readable, entries] = await Promise.all([
    deps.prisma.case.findMany({ where: { id: { in: caseIds } }, select: { id: true, number: true } }),
    readableAmong(deps, actor, caseIds),
    deps.prisma.ledgerEntry.findMany({ where: { accountId: { in: lines.map(({ accountId }) => accountId) } } }),
  ]);
  const numberOf = new Map(cases.map(({ id, number }) => [id, number]));
  const mayRead = new Set(readable.map(({ id }) => id));
  const entryOf = new Map(entries.map((entry) => [entry.accountId, entry]));
  return ({ accountId, decisionCaseId }) => {
    const number = numberOf.get(decisionCaseId ?? '');
    if (decisionCaseId && number)
      return { kind: 'case', number, caseId: mayRead.has(decisionCaseId) ? decisionCaseId : null };
    const entry = entryOf.get(accountId);
    if (!entry) return { kind: 'unknown' };
    return { kind: 'document', document: entry.document, body: entry.body, decidedOn: dayOf(entry.decidedOn) };
  };
}

const parts: Readonly<Record<string, EditionPart>> = { companyPart: 'company', branchPart: 'branch' };

/** How each part was decided, the last time it was put to the vote. */
async function ballotsOf(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  { caseId, open }: Edition,
): Promise<EditionView['ballots']> {
  const [ballots, steps] = await Promise.all([
    prisma.ballot.findMany({ where: { caseId }, orderBy: { openedAt: 'asc' } }),
    prisma.step.findMany({ where: { caseId }, select: { name: true, outcome: true } }),
  ]);
  const partOf = (step: string): EditionPart | undefined => parts[step.split('.')[0] ?? ''];
  return Object.values(parts).flatMap((part) => {
    const last = ballots.findLast((ballot) => partOf(ballot.step) === part);
    if (!last) return [];
    const counts = toldCounts(last, { ballots, steps, isClosed: !open });
    return [{ part, outcome: last.outcome ?? 'open', closedAt: timeOrNull(last.closedAt), ...counts }];
  });
}

/** The newest published edition in which an account stands, and its day at Asia/Shanghai; null where there is none. */
export async function newestEditionOf(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  accountId: string,
): Promise<{ readonly number: number; readonly publishedOn: string } | null> {
  const found = await prisma.edition.findFirst({
    where: { number: { not: null }, lines: { some: { accountId, struckAt: null } } },
    orderBy: { number: 'desc' },
  });
  if (!found?.number || !found.publishedAt) return null;
  return { number: found.number, publishedOn: localDay(found.publishedAt.getTime()) };
}
