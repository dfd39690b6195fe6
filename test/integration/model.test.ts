import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../cases/decision.ts';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { submit } from '../../cases/submission.ts';
import { localDay } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { isTerminal } from '../../domain/lifecycle.ts';
import { type RecommendationState, recommendation } from '../../domain/recommendation.ts';
import { branchLevel, exampleScores, startCompany } from '../support/company.ts';

const company = await startCompany({ timeSkipping: true });
const { deps } = company;
const { prisma } = deps;

type Task = Awaited<ReturnType<typeof company.task>>;
type Move = () => Promise<unknown>;

const allowed = new Set(recommendation.transitions.map(({ from, to }) => `${from} → ${to}`));
const managers = ['central-manager', 'central-manager-2', 'central-submitter-2', 'central-deputy', 'central-head'];
const key = () => randomUUID();

/** The moves people could make on a task, with a body that fits; the likely ones stand there more often. */
function movesOn(task: Task, choice: number): Move[] {
  const { caseId, id, kind, candidates } = task;
  const person = String(candidates[0]).replace(/^person:/, '');
  const act = (personId: string, action: string, body: unknown = {}): Move => {
    return () => decide(deps, { provenAt: new Date(), personId, taskId: id, action, body, key: key() });
  };
  const accept = act('office-clerk-1', 'accept', { evaluatorIds: ['finance-expert'], departmentIds: ['legal'] });
  const endorse = act('central-head', 'endorse');
  const vote = act(person, 'vote', { choice: ['for', 'against', 'abstain'][choice % 3] });
  const everybody =
    (how: string): Move =>
    () =>
      company.voteAll(caseId, task.step, how);
  const reason = { reason: '示例' };
  const today = async () => localDay(Number(await company.environment?.currentTimeMs()));
  const moves: Record<string, Move[]> = {
    revise: [() => submit(deps, { personId: 'central-submitter', caseId, key: key() })],
    endorse: [endorse, endorse, endorse, act('central-head', 'return', reason)],
    screen: [
      accept,
      accept,
      accept,
      act('office-clerk-1', 'return', reason),
      act('office-clerk-2', 'ineligible', reason),
    ],
    supplement: [act('central-submitter', 'resubmit')],
    evaluate: [act('finance-expert', 'evaluate', { scores: exampleScores })],
    countersign: [act('legal-head', 'countersign', { agrees: choice % 2 === 0, opinion: '示例' })],
    vote: [vote, act(person, 'recuse', reason), everybody('for'), everybody('for'), everybody('against')],
    decideRecusal: [act(person, 'accept'), act(person, 'refuse', reason)],
    scheduleRunoff: [async () => act('office-clerk-1', 'schedule', { on: await today() })()],
    resolveInquorate: [
      act('office-clerk-1', 'lapse', reason),
      act('office-clerk-1', 'substitute', { substitutes: [{ seatId: 'seat-4', personId: 'finance-head' }] }),
    ],
    nominate: managers.map((managerId) => act('central-deputy', 'nominate', { managerId })),
    appoint: [act('director', 'appoint', { managerId: 'central-submitter' }), act('director', 'reject', reason)],
    confirmOverride: [act('security-admin', 'confirm'), act('security-admin', 'refuse', reason)],
  };
  return moves[kind] ?? [];
}

/** What else may happen to a case at any time. */
function movesBeside(caseId: string, tasks: readonly Task[]): Move[] {
  const dues = tasks.flatMap(({ dueAt }) => dueAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const wait: Move = () => company.passTo(dues[0] ?? null);
  const end = { caseId, reason: '示例', key: key() };
  return [
    ...(dues.length > 0 ? [wait, wait, wait, wait] : []),
    () => withdraw(deps, { ...end, personId: 'central-submitter' }),
    () => proposeOverride(deps, { provenAt: new Date(), ...end, personId: 'system-admin', to: 'lapsed' }),
  ];
}

/** The workflow has read everything there is to read. */
const settled = (caseId: string) =>
  company.until('the workflow', async () => (await prisma.doorbell.count({ where: { caseId } })) === 0);

async function statesOf(caseId: string): Promise<string[]> {
  const facts = await company.facts(caseId, 'opened', 'concluded');
  const states = ['draft', ...facts.map((fact) => String((fact.codes as { state?: string }).state))];
  return states.filter((state, at) => state !== states[at - 1]);
}

test('whatever people do and leave undone, a case only ever moves as its lifecycle table allows', async () => {
  const seen = new Set<string>();
  const moved = fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(9));
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(moved, { minLength: 10, maxLength: 30 }),
      async (isCompanyLevel, script) => {
        const caseId = await company.submitted(isCompanyLevel ? undefined : branchLevel);
        for (const [which, choice, aside] of script) {
          await settled(caseId);
          if ((await company.caseRow(caseId)).closedAt) break;
          const tasks = await prisma.task.findMany({
            where: { caseId, status: 'open' },
            orderBy: { openedSeq: 'asc' },
          });
          const onTasks = tasks.flatMap((task) => movesOn(task, choice));
          const moves = aside < 2 || onTasks.length === 0 ? movesBeside(caseId, tasks) : onTasks;
          await moves[which % moves.length]?.().catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
          });
        }
        await settled(caseId);
        const states = await statesOf(caseId);
        for (const [at, to] of states.entries()) {
          if (at === 0) continue;
          const step = `${states[at - 1]} → ${to}`;
          expect(allowed).toContain(step);
          seen.add(step);
        }
        const row = await company.caseRow(caseId);
        expect(row.state).toBe(states.at(-1));
        expect(row.closedAt !== null).toBe(isTerminal(recommendation, row.state as RecommendationState));
        const held = await prisma.holding.count({ where: { decisionCaseId: caseId } });
        expect(held).toBe(row.state === 'established' ? 1 : 0);
        const taken = await prisma.recommendationEntity.count({ where: { caseId, open: true } });
        expect(taken > 0).toBe(row.closedAt === null);
      },
    ),
    { numRuns: 30, endOnFailure: true, interruptAfterTimeLimit: 40_000 },
  );
  expect(seen.size).toBeGreaterThan(8);
});
