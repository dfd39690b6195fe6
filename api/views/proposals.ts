import { type Actor, hasRole } from '../../cases/actor.ts';
import { appointmentProposals, standingOf } from '../../cases/appointmentProposals.ts';
import { CONFIRMATIONS, proposersNow, taskStanding, whoAnswers } from '../../cases/proposals.ts';
import { handedWaysIn } from '../../cases/roles.ts';
import { factPlace } from '../../cases/transaction.ts';
import { answersOf, lapseOf } from '../../domain/proposal.ts';
import { openJson } from '../../platform/cipher.ts';
import type { ProposalView } from '../contract/proposals.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

const LATEST = 50;

/** Open proposals first, then the latest answered: those about cases, which are tasks, and appointments. The auditor looks at who becomes an administrator, and may confirm it. */
export async function listProposals(deps: ApiDeps, actor: Actor): Promise<ProposalView[]> {
  const disposes = hasRole(actor, 'systemAdmin') || hasRole(actor, 'securityAdmin');
  const proposers = await proposersNow(deps.pool);
  const [cases, all] = await Promise.all([
    disposes ? caseProposals(deps, actor, proposers) : [],
    appointmentViews(deps, actor, proposers),
  ]);
  const appointments = disposes ? all : all.filter(({ kind }) => kind === 'role');
  const rank = ({ status }: ProposalView) => (status === 'open' ? 0 : 1);
  return [...cases, ...appointments].sort(
    (a, b) => rank(a) - rank(b) || Date.parse(b.proposedAt) - Date.parse(a.proposedAt),
  );
}

async function caseProposals(deps: ApiDeps, actor: Actor, proposers: ReadonlySet<string>): Promise<ProposalView[]> {
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
      const standing = taskStanding(task, proposers);
      const refusal = answered?.kind === 'proposalRefused' && answered.secret;
      return {
        id: task.id,
        kind: task.kind === 'confirmOverride' ? 'end' : 'redrive',
        status: task.status === 'open' ? (lapseOf(standing, new Date()) ?? 'open') : statusOf(task.outcome),
        proposedBy: names.person(barredPersonId),
        proposedAt: timeOf(task.openedAt),
        expiresAt: expiresAt ?? null,
        reason: reasonOf(secret),
        answeredBy: names.personOrNull(answered?.actorId ?? null),
        answeredAt: timeOrNull(task.closedAt),
        answerReason: refusal ? reasonOf(openJson(key, refusal, factPlace(task.caseId, answered.seq))) : null,
        case: { id: task.caseId, number: task.case.number, state: task.case.state, process: task.case.process },
        to: task.kind === 'confirmOverride' ? to : null,
        seat: null,
        role: null,
        may: answersOf(standing, whoAnswers(actor), new Date()),
      };
    }),
  );
}

async function appointmentViews(deps: ApiDeps, actor: Actor, proposers: ReadonlySet<string>): Promise<ProposalView[]> {
  const { prisma } = deps;
  const rows = await appointmentProposals(deps, LATEST);
  const [names, seats, handed] = await Promise.all([
    loadNames(prisma, { persons: rows.flatMap((row) => [row.personId, row.proposedBy, row.answeredBy]) }),
    prisma.seat.findMany({ where: { id: { in: rows.flatMap((row) => row.seatId ?? []) } } }),
    handedWaysIn(
      deps.pool,
      rows.flatMap((row) => (row.role ? { personId: row.personId, by: row.proposedBy } : [])),
    ),
  ]);
  return rows.map((row): ProposalView => {
    const standing = standingOf(row, proposers);
    const under = { validFrom: row.validFrom, document: row.document };
    const seat = seats.find((each) => each.id === row.seatId);
    return {
      id: row.id,
      kind: row.role === null ? 'seat' : 'role',
      status: row.status === 'open' ? (lapseOf(standing, new Date()) ?? 'open') : row.status,
      proposedBy: names.person(row.proposedBy),
      proposedAt: timeOf(row.proposedAt),
      expiresAt: timeOf(row.expiresAt),
      reason: row.reason,
      answeredBy: names.personOrNull(row.answeredBy),
      answeredAt: timeOrNull(row.answeredAt),
      answerReason: row.answerReason,
      case: null,
      to: null,
      seat: row.seatId
        ? {
            seat: { id: row.seatId, name: seat?.name ?? row.seatId, nameEn: seat?.nameEn ?? row.seatId },
            person: names.personOrNull(row.personId),
            ...under,
          }
        : null,
      role: row.role
        ? {
            role: row.role,
            person: names.person(row.personId),
            ...under,
            handedWaysIn: row.status === 'open' && handed.has(`${row.personId} ${row.proposedBy}`),
          }
        : null,
      may: answersOf(standing, whoAnswers(actor), new Date()),
    };
  });
}

const reasonOf = (secret: unknown): string => (secret as { reason?: string }).reason ?? '';

function statusOf(outcome: string | null): ProposalView['status'] {
  if (outcome === 'confirm') return 'confirmed';
  if (outcome === 'refuse') return 'refused';
  return outcome === 'withdrawn' || outcome === 'expired' ? outcome : 'overtaken';
}

type Subject = { proposedSeq: number; barredPersonId: string; expiresAt?: string; to: 'withdrawn' | 'lapsed' };
const subjectOf = (subject: unknown): Subject => subject as Subject;
