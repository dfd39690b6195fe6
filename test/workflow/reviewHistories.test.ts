import { expect, test } from 'vitest';
import { holdersOf, roleKey } from '../../cases/actor.ts';
import { giveBulkVote } from '../../cases/bulkVotes.ts';
import { currentCalendar } from '../../cases/calendars.ts';
import { pauseCampaign } from '../../cases/campaignActs.ts';
import { goesOnAt } from '../../cases/campaignPause.ts';
import { openCampaign } from '../../cases/campaigns.ts';
import { responsibleForCalendar } from '../../cases/responsible.ts';
import { addDays, dueAfter, endOfDay, halfTime, localDay, oneDayBefore } from '../../domain/calendar.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { terminalStates } from '../../domain/lifecycle.ts';
import { review } from '../../domain/review.ts';
import { ANNUAL_REVIEW_SCHEDULE } from '../../worker/schedules.ts';
import { ANNUAL_REVIEW_STARTER } from '../../workflows/contracts/annualReview.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { saveHistory } from '../support/histories.ts';
import { endedByAdministrators, keepWalk, takenBack } from '../support/walks.ts';

/** Every way a year's review can go, on a clock that jumps; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps, client } = company;
const { prisma } = deps;

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const reason = '有理由';
const year = assessmentYear(Date.now());
const report = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };

type Path = readonly [name: string, ending: string, walk: (caseId: string) => Promise<unknown>, grade?: 'company'];

const reported = async (caseId: string) => {
  await company.answer(caseId, MANAGER, 'reportYear', 'report', report);
  await company.task(caseId, 'endorseReport');
};
const evaluating = async (caseId: string) => {
  await reported(caseId);
  await company.answer(caseId, 'central-head', 'endorseReport', 'endorse');
  await company.task(caseId, 'assess');
};
// An account without any contract gives a company-level account another grade, and a branch-level one none.
const deciding = async (caseId: string) => {
  await evaluating(caseId);
  await company.answer(caseId, CLERK, 'assess', 'assess', { option: 'maintain', reason });
  await company.task(caseId, 'vote');
};
const planning = async (caseId: string) => {
  await deciding(caseId);
  await company.voteAll(caseId, 'deciding', 'intensify');
  await company.task(caseId, 'planPursuit');
};
const measure = async () => {
  const { dueAt } = await prisma.task.findFirstOrThrow({ orderBy: { dueAt: 'desc' }, where: { dueAt: { not: null } } });
  return { text: '每季度高层互访', ownerId: MANAGER, dueOn: addDays(localDay((dueAt as Date).getTime()), 20) };
};
const carryingOut = async (caseId: string) => {
  await planning(caseId);
  const plan = { aim: '扩大合作', measures: [await measure()] };
  await company.answer(caseId, MANAGER, 'planPursuit', 'plan', { plan });
  await company.task(caseId, 'carryOut');
};
const regrading = async (caseId: string) => {
  await evaluating(caseId);
  await company.answer(caseId, CLERK, 'assess', 'assessGrade', { option: 'maintain', reason });
  await company.task(caseId, 'vote');
};
const withdrawn = (caseId: string) => takenBack(company, CLERK, caseId);

const paths: readonly Path[] = [
  [
    'maintained-after-return',
    'maintained',
    async (caseId) => {
      await reported(caseId);
      await company.answer(caseId, 'central-head', 'endorseReport', 'return', { reason });
      await deciding(caseId);
      await company.voteAll(caseId, 'deciding', 'maintain');
    },
  ],
  [
    'maintained-in-bulk',
    'maintained',
    async (caseId) => {
      await deciding(caseId);
      const { id: taskId } = await company.task(caseId, 'vote', 'east-head');
      const { id } = await giveBulkVote(deps, {
        ...{ personId: 'east-head', year, taskIds: [taskId] },
        provenAt: new Date(),
      });
      const handle = client.workflow.getHandle(`bulkVote:${id}`);
      await company.until(
        'the bulk vote',
        async () => (await prisma.bulkVote.findUnique({ where: { id } }))?.finishedAt,
      );
      expect(await handle.result()).toBe('finished');
      await saveHistory('bulkVote-finished', handle.workflowId, { moves: [], kinds: [] }, await handle.fetchHistory());
      await company.voteAll(caseId, 'deciding', 'maintain');
    },
  ],
  [
    'terminated',
    'terminated',
    async (caseId) => {
      await deciding(caseId);
      await company.voteAll(caseId, 'deciding', 'terminate');
    },
  ],
  [
    'intensified-and-carried-out',
    'intensified',
    async (caseId) => {
      await carryingOut(caseId);
      await company.answer(caseId, MANAGER, 'carryOut', 'report', { note: '已完成' });
      await company.answer(caseId, CLERK, 'supervise', 'confirmMeasure');
      await company.answer(caseId, CLERK, 'closePlan', 'closePlan', { result: 'achieved', opinion: '措施落实' });
    },
  ],
  [
    'regraded',
    'maintained',
    async (caseId) => {
      await regrading(caseId);
      await company.voteAll(caseId, 'regrading', 'for');
      await company.voteAll(caseId, 'deciding', 'maintain');
    },
    'company',
  ],
  [
    'not-regraded',
    'maintained',
    async (caseId) => {
      await regrading(caseId);
      await company.voteAll(caseId, 'regrading', 'against');
      await company.voteAll(caseId, 'deciding', 'maintain');
    },
    'company',
  ],
  ['withdrawn-reporting', 'withdrawn', withdrawn],
  ['withdrawn-endorsing', 'withdrawn', async (caseId) => reported(caseId).then(() => withdrawn(caseId))],
  ['withdrawn-evaluating', 'withdrawn', async (caseId) => evaluating(caseId).then(() => withdrawn(caseId))],
  ['withdrawn-regrading', 'withdrawn', async (caseId) => regrading(caseId).then(() => withdrawn(caseId)), 'company'],
  ['withdrawn-deciding', 'withdrawn', async (caseId) => deciding(caseId).then(() => withdrawn(caseId))],
  ['withdrawn-planning', 'withdrawn', async (caseId) => planning(caseId).then(() => withdrawn(caseId))],
  ['withdrawn-carrying-out', 'withdrawn', async (caseId) => carryingOut(caseId).then(() => withdrawn(caseId))],
  ['lapsed-by-administrators', 'lapsed', (caseId) => endedByAdministrators(company, caseId)],
  [
    'maintained-through-a-pause',
    'maintained',
    async (caseId) => {
      const until = addDays(localDay(Date.now()), 10);
      await pauseCampaign(deps, { byId: CLERK, year, reason, until });
      await company.until('its deadline to be moved', async () => (await company.facts(caseId, 'extended')).length > 0);
      await reported(caseId);
      expect(Number((await company.task(caseId, 'endorseReport')).dueAt)).toBeGreaterThan(goesOnAt(until));
      await company.passTo(new Date(goesOnAt(until)));
      await company.until(
        'it to go on',
        async () => (await prisma.campaign.findFirst({ where: { state: 'running' } })) !== null,
      );
      const acts = await prisma.campaignAct.findMany({ orderBy: { number: 'asc' } });
      expect(acts.map(({ act, byId }) => [act, byId])).toEqual([
        ['paused', CLERK],
        ['resumed', null],
      ]);
      await company.answer(caseId, 'central-head', 'endorseReport', 'endorse');
      await company.answer(caseId, CLERK, 'assess', 'assess', { option: 'maintain', reason });
      await company.voteAll(caseId, 'deciding', 'maintain');
    },
  ],
  [
    'maintained-on-the-data-at-hand',
    'maintained',
    async (caseId) => {
      // The manager, his unit's head, then the office: nobody reports.
      for (let level = 0; level < 3; level++) await company.passTo((await company.task(caseId, 'reportYear')).dueAt);
      await company.answer(caseId, CLERK, 'assess', 'assess', { option: 'maintain', reason });
      await company.voteAll(caseId, 'deciding', 'maintain');
    },
  ],
];

const accounts: string[] = [];
for (const [, , , grade] of paths)
  accounts.push(await heldAccount(deps, { onList: true, ...(grade ? { grade } : {}) }));
await openCampaign(deps, { personId: CLERK });

test('what the calendar starts leaves the campaign that somebody opened as it is, and is kept for the replay gate', async () => {
  const handle = await client.workflow.start(ANNUAL_REVIEW_STARTER, {
    ...{ taskQueue: company.taskQueue, workflowId: `${ANNUAL_REVIEW_SCHEDULE}-workflow-opened`, args: [] },
  });
  await handle.result();
  expect(await prisma.campaign.findMany()).toMatchObject([{ year, scheduled: false }]);
  const history = await handle.fetchHistory();
  await saveHistory('annualReviewStarter-opened', handle.workflowId, { moves: [], kinds: [] }, history);
});

test.each(paths.map(([name, ending], index) => [name, ending, index] as const))(
  'a review: %s ends as %s, and no workflow task failed on the way',
  async (name, ending, index) => {
    const accountId = accounts[index] ?? '';
    const { caseId } = await company.until('its case', async () => {
      const row = await prisma.review.findFirst({ where: { year, accountId, replaced: false } });
      return row?.caseId ? { caseId: row.caseId } : null;
    });
    await company.task(caseId, 'reportYear');
    await paths[index]?.[2](caseId);
    await keepWalk(company, review, { name: `review-${name}`, caseId, ending });
  },
);

test('the grade follows the vote, and what nobody reported says so', async () => {
  const grades = await prisma.account.findMany({ where: { id: { in: [accounts[4] ?? '', accounts[5] ?? ''] } } });
  expect(grades.map(({ id, grade }) => [accounts.indexOf(id), grade]).sort()).toEqual([
    [4, 'branch'],
    [5, 'company'],
  ]);
  const last = await prisma.review.findFirstOrThrow({ where: { accountId: accounts.at(-1) ?? '' } });
  expect(last).toMatchObject({ dataAtHand: true, reportedAt: null, outcome: 'maintain', state: 'finished' });
});

test('of a report nobody gives the manager is reminded 14, 7 and 1 days before, then his head has 5 days, then the office', async () => {
  const { caseId } = await prisma.review.findFirstOrThrow({ where: { accountId: accounts.at(-1) ?? '' } });
  const facts = await company.facts(String(caseId), 'reminded', 'escalated', 'silent');
  const { dueOn } = await prisma.campaign.findUniqueOrThrow({ where: { year } });
  const calendar = await currentCalendar(deps.pool);
  const due = endOfDay(dueOn.toISOString().slice(0, 10));
  const headsDue = dueAfter(calendar, due, 5).dueMs;
  const officesDue = dueAfter(calendar, headsDue, 5).dueMs;
  const dayMs = 86_400_000;
  const within = (from: number, to: number) => [
    ['reminded', halfTime(calendar, from - 1, to)],
    ['reminded', oneDayBefore(calendar, to)],
  ];
  const minute = (at: number) => Math.floor(at / 60_000);
  expect(facts.map(({ kind, at }) => [kind, minute(at.getTime())])).toEqual(
    [
      ['reminded', due - 14 * dayMs],
      ['reminded', due - 7 * dayMs],
      ['reminded', oneDayBefore(calendar, due)],
      ['escalated', due],
      ...within(due, headsDue),
      ['escalated', headsDue],
      ...within(headsDue, officesDue),
      ['silent', officesDue],
    ].map(([kind, at]) => [kind, minute(Number(at))]),
  );
  const told = await prisma.notification.findMany({
    where: { caseId, kind: { in: ['taskReminder', 'taskEscalated'] }, at: { lte: new Date(officesDue + 60_000) } },
    orderBy: { at: 'asc' },
  });
  const at = (from: number, to: number) =>
    [
      ...new Set(
        told.filter((each) => from <= each.at.getTime() && each.at.getTime() < to).map(({ personId }) => personId),
      ),
    ].sort();
  const office = (await holdersOf(deps.pool, [roleKey('office')])).sort();
  expect(at(0, due)).toEqual([MANAGER]);
  expect(at(due, due + 3_600_000)).toEqual(['central-head']);
  expect(at(due + 3_600_000, headsDue)).toEqual(['central-head', MANAGER]);
  expect(at(headsDue, headsDue + 3_600_000)).toEqual(office);
  expect(at(headsDue + 3_600_000, officesDue)).toEqual([...office, 'central-head', MANAGER].sort());
});

test('the campaign ends with its last review, each settled once', async () => {
  const campaign = await company.until('its end', async () => {
    const row = await prisma.campaign.findUniqueOrThrow({ where: { year } });
    return row.closedAt ? row : null;
  });
  expect(campaign).toMatchObject({ state: 'closed', remaining: 0 });
  const handle = client.workflow.getHandle(`annualReview:${year}`);
  expect(await handle.result()).toBe('closed');
  await saveHistory('annualReview-closed', handle.workflowId, { moves: [], kinds: [] }, await handle.fetchHistory());
});

test('what the calendar begins is answered for by who heads the office on that day at Asia/Shanghai', async () => {
  const { rows } = await deps.pool.query<{ now: Date }>('SELECT now() AS now');
  const yesterday = localDay(Number(rows[0]?.now));
  const head = { role: 'unitHead', unitId: 'office' };
  const today = new Date(addDays(yesterday, 1));
  await prisma.roleAssignment.updateMany({ where: head, data: { validTo: today } });
  const next = { id: 'next', personId: 'office-clerk-2', ...head, validFrom: today, document: '人字1号' };
  await prisma.roleAssignment.create({ data: next });
  expect(await responsibleForCalendar(deps.pool)).toBe('office-head');
  // A minute after midnight: in Greenwich it is yesterday for eight hours more.
  await company.passTo(new Date(endOfDay(yesterday)));
  expect(await responsibleForCalendar(deps.pool)).toBe('office-clerk-2');
});

test('every ending of a review has a path', () => {
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(terminalStates(review)));
});
