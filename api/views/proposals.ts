import { type Actor, candidateKeys, hasRole } from '../../cases/actor.ts';
import { CONFIRMATIONS } from '../../cases/proposals.ts';
import { seatProposals } from '../../cases/seatProposals.ts';
import { factPlace } from '../../cases/transaction.ts';
import { openJson } from '../../platform/cipher.ts';
import type { ProposalView } from '../contract/proposals.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

const LATEST = 50;

/** Open proposals first, then the latest answered: those about cases, which are tasks, and those about seats. */
export async function listProposals(deps: ApiDeps, actor: Actor): Promise<ProposalView[]> {
  const [cases, seats] = await Promise.all([caseProposals(deps, actor), seatViews(deps, actor)]);
  const rank = ({ status }: ProposalView) => (status === 'open' ? 0 : 1);
  return [...cases, ...seats].sort((a, b) => rank(a) - rank(b) || Date.parse(b.proposedAt) - Date.parse(a.proposedAt));
}

async function caseProposals(deps: ApiDeps, actor: Actor): Promise<ProposalView[]> {
  const { prisma } = deps;
  const kinds = { kind: { in: [...CONFIRMATIONS] } };
  const [open, closed] = await Promise.all([
    prisma.task.findMany({ where: { ...kinds, status: 'open' }, include: { case: true } }),
    prisma.task.findMany({
      where: { ...kinds, status: { not: 'open' } },
      include: { case: true },
      orderBy: { openedAt: 'desc' },
      take: LATEST,
    }),
  ]);
  const tasks = [...open, ...closed];
  const places = tasks.map((task) => ({ caseId: task.caseId, seq: subjectOf(task.subject).proposedSeq }));
  const [proposed, answers] = await Promise.all([
    prisma.fact.findMany({ where: { OR: places } }),
    prisma.fact.findMany({ where: { taskId: { in: tasks.map((task) => task.id) } } }),
  ]);
  const names = await loadNames(prisma, { persons: [...proposed, ...answers].map((fact) => fact.actorId) });
  return Promise.all(
    tasks.map(async (task): Promise<ProposalView> => {
      const { proposedSeq, barredPersonId, expiresAt, to } = subjectOf(task.subject);
      const fact = proposed.find((each) => each.caseId === task.caseId && each.seq === proposedSeq);
      const answered = answers.find((each) => each.taskId === task.id);
      const key = await deps.keys.get(`case:${task.caseId}`);
      const secret = fact?.secret ? openJson(key, fact.secret, factPlace(task.caseId, fact.seq)) : {};
      const isExpired = expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();
      const isCandidate = candidateKeys(actor).some((each) => task.candidates.includes(each));
      return {
        id: task.id,
        kind: task.kind === 'confirmOverride' ? 'end' : 'redrive',
        status: task.status === 'open' ? (isExpired ? 'expired' : 'open') : statusOf(task.outcome),
        proposedBy: names.person(barredPersonId),
        proposedAt: timeOf(task.openedAt),
        expiresAt: expiresAt ?? null,
        reason: (secret as { reason?: string }).reason ?? '',
        answeredBy: names.personOrNull(answered?.actorId ?? null),
        answeredAt: timeOrNull(task.closedAt),
        case: { id: task.caseId, number: task.case.number, state: task.case.state, process: task.case.process },
        to: task.kind === 'confirmOverride' ? to : null,
        seat: null,
        may: task.status === 'open' ? mayOf(actor, barredPersonId, isCandidate, isExpired) : [],
      };
    }),
  );
}

async function seatViews(deps: ApiDeps, actor: Actor): Promise<ProposalView[]> {
  const { prisma } = deps;
  const rows = await seatProposals(deps, LATEST);
  const [names, seats] = await Promise.all([
    loadNames(prisma, { persons: rows.flatMap((row) => [row.personId, row.proposedBy, row.answeredBy]) }),
    prisma.seat.findMany({ where: { id: { in: rows.map((row) => row.seatId) } } }),
  ]);
  return rows.map((row): ProposalView => {
    const seat = seats.find((each) => each.id === row.seatId);
    const isExpired = row.expiresAt.getTime() <= Date.now();
    return {
      id: row.id,
      kind: 'seat',
      status: row.status === 'open' && isExpired ? 'expired' : row.status,
      proposedBy: names.person(row.proposedBy),
      proposedAt: timeOf(row.proposedAt),
      expiresAt: timeOf(row.expiresAt),
      reason: row.reason,
      answeredBy: names.personOrNull(row.answeredBy),
      answeredAt: timeOrNull(row.answeredAt),
      case: null,
      to: null,
      seat: {
        seat: { id: row.seatId, name: seat?.name ?? row.seatId, nameEn: seat?.nameEn ?? row.seatId },
        person: names.person(row.personId),
        validFrom: row.validFrom,
        document: row.document,
      },
      may: row.status === 'open' ? mayOf(actor, row.proposedBy, hasRole(actor, row.confirmedBy), isExpired) : [],
    };
  });
}

/** What expired can still be refused or taken back, which tidies it away; it can be confirmed no more. */
function mayOf(actor: Actor, proposedBy: string, isOther: boolean, isExpired: boolean): ProposalView['may'] {
  if (actor.personId === proposedBy) return ['withdraw'];
  if (!isOther) return [];
  return isExpired ? ['refuse'] : ['confirm', 'refuse'];
}

function statusOf(outcome: string | null): ProposalView['status'] {
  if (outcome === 'confirm') return 'confirmed';
  if (outcome === 'refuse') return 'refused';
  return outcome === 'withdrawn' || outcome === 'expired' ? outcome : 'overtaken';
}

type Subject = { proposedSeq: number; barredPersonId: string; expiresAt?: string; to: 'withdrawn' | 'lapsed' };
const subjectOf = (subject: unknown): Subject => subject as Subject;
