import { setTimeout as pause } from 'node:timers/promises';
import { openCampaign } from '../../cases/campaigns.ts';
import type { CaseDeps } from '../../cases/deps.ts';
import '../../cases/processes.ts';
import { beginEdition } from '../../cases/publications.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { type ReviewOption, reviewOptions } from '../../domain/review.ts';
import type { Chance } from '../system/random.ts';
import { answerersOf } from './company.ts';
import type { Life } from './life.ts';

const OFFICE = 'office-clerk-1';
const AT_ONCE = 12;
const LOOKS_EVERY_MS = 60;
/** After this long nothing that people do brings a case on: it is stuck. */
const STUCK_AFTER_MS = 240_000;
const REASON = { reason: '混沌测试' };
const NOTICE = { readers: '公司领导及各单位负责人', secrecyLevel: '普通商密', secrecyTerm: '3年' };

/** The acts of a review that is maintained: reported, endorsed, assessed, and voted on until the ballot is settled. */
const ACTS_A_REVIEW = 12;
const ACTS_OF_AN_EDITION = 20;

/** What is to become of the accounts, one after the other and again. */
const fates: readonly ReviewOption[] = ['maintain', 'terminate', 'maintain', 'intensify', 'maintain', 'maintain'];

type Waiting = { id: string; kind: string; candidates: string[]; subject: Barred };
type Barred = { readonly barredPersonIds?: readonly string[] };
type Answer = readonly [action: string, body: object];

/** Work of many acts, and about how many: moments are drawn among them. */
export type Work = { readonly acts: number; readonly done: Promise<readonly string[]> };

/** The year's campaign over all accounts: whoever is asked answers, some accounts at a time. Its work resolves with what is stuck. */
export async function startCampaign(life: Life, deps: CaseDeps, chance: Chance, count: number): Promise<Work> {
  const { year } = await openCampaign(deps, { personId: OFFICE });
  const reviews = await life.database.query<{ id: string }>(
    'SELECT id FROM reviews WHERE year = $1 ORDER BY account_id',
    [year],
  );
  const rest = reviews.map(({ id }, index) => ({ id, option: fates[index % fates.length] ?? 'maintain' }));
  const runner = async (own: Chance): Promise<string[]> => {
    const stuck: string[] = [];
    for (let next = rest.shift(); next; next = rest.shift()) {
      const caseId = await begun(life, next.id);
      const left =
        caseId === null
          ? `review ${next.id} is not begun`
          : await carried(life, caseId, reviewAnswers(next.option, own), own);
      if (left !== null) stuck.push(left);
    }
    return stuck;
  };
  const runners = Array.from({ length: AT_ONCE }, () => runner(chance.another()));
  return { acts: count * ACTS_A_REVIEW, done: Promise.all(runners).then((all) => all.flat()) };
}

/** One edition of the list, from its compiling to its signature. */
export async function startEdition(life: Life, deps: CaseDeps, chance: Chance): Promise<Work> {
  const { caseId } = await beginEdition(deps, { personId: OFFICE });
  const answers: Answers = ({ kind }) => {
    if (kind === 'compileList') return ['put', NOTICE];
    if (kind === 'signList') return ['sign', {}];
    return kind === 'vote' ? ['vote', { choice: 'for' }] : null;
  };
  const done = carried(life, caseId, answers, chance).then((left) => (left === null ? [] : [left]));
  return { acts: ACTS_OF_AN_EDITION, done };
}

async function begun({ database }: Life, reviewId: string): Promise<string | null> {
  const end = Date.now() + STUCK_AFTER_MS;
  for (;;) {
    const [row] = await database.query<{ caseId: string | null }>(
      'SELECT case_id AS "caseId" FROM reviews WHERE id = $1',
      [reviewId],
    );
    if (row?.caseId) return row.caseId;
    if (Date.now() > end) return null;
    await pause(LOOKS_EVERY_MS);
  }
}

type Answers = (task: Waiting, personId: string) => Answer | null;

/** Not all of the committee vote for what is to become of the account. */
function reviewAnswers(option: ReviewOption, chance: Chance): Answers {
  let isSentBack = chance.is(0.15);
  return ({ kind }, personId) => {
    switch (kind) {
      case 'reportYear':
        return ['report', { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 }];
      case 'endorseReport':
        if (!isSentBack) return ['endorse', {}];
        isSentBack = false;
        return ['return', REASON];
      case 'assess':
        return ['assess', { option, ...REASON }];
      case 'vote':
        return ['vote', { choice: chance.is(0.85) ? option : chance.of([...reviewOptions, 'abstain']) }];
      case 'planPursuit': {
        const dueOn = addDays(localDay(Date.now()), 30);
        return ['plan', { plan: { aim: '扩大合作', measures: [{ text: '拜访', ownerId: personId, dueOn }] } }];
      }
      case 'carryOut':
        return ['report', { note: '已完成' }];
      case 'supervise':
        return ['confirmMeasure', { opinion: '属实' }];
      case 'closePlan':
        return ['closePlan', { result: 'achieved', opinion: '同意' }];
      default:
        return null;
    }
  };
}

/** A case to its end: whoever is asked answers, at moments drawn by lot, all of them at once. @returns what it waits for where it does not end */
async function carried({ clients, database }: Life, caseId: string, answers: Answers, chance: Chance) {
  let last = { seq: -1, at: Date.now() };
  for (;;) {
    const [seen] = await database.query<{ state: string; closed: boolean; seq: number; tasks: Waiting[] | null }>(
      `SELECT c.state, c.closed_at IS NOT NULL AS closed, c.seq, (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'candidates', t.candidates, 'subject', t.subject))
         FROM tasks t WHERE t.case_id = c.id AND t.status = 'open') AS tasks FROM cases c WHERE c.id = $1`,
      [caseId],
    );
    if (!seen) return `case ${caseId} is gone`;
    if (seen.closed) return null;
    if (seen.seq !== last.seq) last = { seq: seen.seq, at: Date.now() };
    const tasks = seen.tasks ?? [];
    if (Date.now() - last.at > STUCK_AFTER_MS)
      return `case ${caseId} stands in ${seen.state} (${tasks.map(({ kind }) => kind).join(', ') || 'no task open'})`;
    await Promise.all(tasks.map(actOn));
    await pause(LOOKS_EVERY_MS);
  }

  async function actOn(task: Waiting): Promise<void> {
    const barred = task.subject.barredPersonIds ?? [];
    const [personId] = answerersOf(task.candidates).filter((id) => !barred.includes(id));
    const answer = personId === undefined ? null : answers(task, personId);
    if (personId === undefined || !answer) return;
    await pause(chance.between(0, 80));
    await clients.decide(personId, caseId, task.id, ...answer);
  }
}
