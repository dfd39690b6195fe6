import { setTimeout as pause } from 'node:timers/promises';
import { localDay } from '../../domain/calendar.ts';
import { exampleForm } from '../demo/form.ts';
import type { Chance } from '../system/random.ts';
import type { Clients } from './clients.ts';
import { answerersOf, branches } from './company.ts';
import type { SteadyPool } from './system.ts';

const CLERKS = ['office-clerk-1', 'office-clerk-2'] as const;
const SCORES = { largeContracts: 5, steadyReturns: 4, partnership: 4, continuousInvestment: 5, goodCredit: 3 };
const REASON = { reason: '混沌测试' };
const LOOKS_EVERY_MS = 60;
/** After this long nothing that people do brings a case on: it is stuck. */
const STUCK_AFTER_MS = 150_000;

/** What is to happen to a case, drawn by lot before it begins. */
type Plan = {
  readonly branch: (typeof branches)[number];
  /** Another unit submits the same client at the same moment (Article 7.1). */
  readonly rival: (typeof branches)[number] | null;
  /** The committee meets for this ballot instead of voting online. */
  readonly meets: string | null;
  /** The time of this step runs out while some have not answered. */
  readonly runsOut: string | null;
  readonly withdrawnAt: string | null;
  readonly isSentBack: boolean;
  readonly isHandedOn: boolean;
  readonly chance: Chance;
};

export function planFrom(chance: Chance): Plan {
  const [branch, other] = chance.shuffled(branches) as [Plan['branch'], Plan['branch']];
  return {
    branch,
    rival: chance.is(0.25) ? other : null,
    meets: chance.is(0.25) ? chance.of(['approving', 'confirming']) : null,
    runsOut: chance.is(0.4) ? chance.of(['evaluating', 'approving', 'confirming']) : null,
    withdrawnAt: chance.is(0.1) ? chance.of(['screening', 'evaluating', 'approving']) : null,
    isSentBack: chance.is(0.2),
    isHandedOn: chance.is(0.3),
    chance,
  };
}

type Waiting = { id: string; kind: string; step: string; candidates: string[]; subject: { personId?: string } };
type Seen = { state: string; closed: boolean; seq: number; tasks: Waiting[] | null };

export type Life = { readonly clients: Clients; readonly database: SteadyPool };

/**
 * A case from its draft to its end: whoever is asked answers, at moments drawn by lot, all of them at once. Whom to ask is looked up in the
 * database; everything that is done goes through the API. @returns what it waits for where it does not end
 */
export async function live({ clients, database }: Life, plan: Plan, isHealed: () => boolean): Promise<string | null> {
  const { chance, branch } = plan;
  const submitter = `${branch.id}-submitter`;
  const soon = () => pause(chance.between(0, 80));
  const form = { ...(await exampleForm((below) => chance.between(0, below - 1))), recommendingUnit: branch.name };

  const submitted = async (personId: string, body: object): Promise<string | null> => {
    const draft = await clients.post<{ caseId: string }>(
      personId,
      '/recommendations',
      { form: body },
      { action: 'draft' },
    );
    if (!draft) return null;
    const { caseId } = draft;
    const reason = { outsideTerritoryReason: '客户在本单位管辖区域有拟建项目' };
    const about = { caseId, action: 'submit' };
    if (await clients.post(personId, `/recommendations/${caseId}/submit`, reason, about)) return caseId;
    await clients.post(personId, `/recommendations/${caseId}/withdraw`, REASON, { caseId, action: 'withdraw' });
    return null;
  };
  const { rival } = plan;
  const cases = await Promise.all([
    submitted(submitter, form),
    rival ? submitted(`${rival.id}-submitter`, { ...form, recommendingUnit: rival.name }) : null,
  ]);
  const caseId = cases.find((each) => each !== null);
  if (!caseId) return null;
  const owner = cases[0] === caseId ? branch : (rival ?? branch);

  const asked = new Map<string, number>();
  const done = new Set<string>();
  let last = { seq: -1, at: Date.now() };
  let comments = 0;
  for (;;) {
    const [seen] = await database.query<Seen>(
      `SELECT c.state, c.closed_at IS NOT NULL AS closed, c.seq, (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'step', t.step, 'candidates', t.candidates, 'subject', t.subject))
         FROM tasks t WHERE t.case_id = c.id AND t.status = 'open') AS tasks FROM cases c WHERE c.id = $1`,
      [caseId],
    );
    if (!seen) return `case ${caseId} is gone`;
    if (seen.closed) return null;
    // While parts are down nothing can be said of what does not move.
    if (seen.seq !== last.seq || !isHealed()) last = { seq: seen.seq, at: Date.now() };
    const tasks = seen.tasks ?? [];
    if (Date.now() - last.at > STUCK_AFTER_MS) {
      const kinds = tasks.map((task) => `${task.step}/${task.kind}`).join(', ');
      return `case ${caseId} stands in ${seen.state} (${kinds || 'no task open'})`;
    }
    const acts = tasks.map((task) => soon().then(() => actOn(task, seen.state)));
    await Promise.all([...acts, besides(seen.state, tasks)]);
    await pause(LOOKS_EVERY_MS);
  }

  /** Answers a task, where it is one that is to be answered now; each once or, where that was refused, a few times more. */
  async function actOn(task: Waiting, state: string): Promise<void> {
    const times = asked.get(task.id) ?? 0;
    const answer = times < 20 ? answerTo(task, state, times) : null;
    if (!answer) return;
    asked.set(task.id, times + 1);
    const [personId, action, body] = await answer;
    await clients.decide(personId, caseId as string, task.id, action, body);
  }

  /** A unit does not put forward again whom the committee has refused. */
  function manager(): string {
    return `${owner.id}-${chance.of(['manager', 'manager-2', 'submitter-2'])}`;
  }

  type Answer = readonly [personId: string, action: string, body: object];

  function answerTo(task: Waiting, state: string, times: number): Answer | Promise<Answer> | null {
    const who = answerersOf(task.candidates);
    const anybody = (): string => chance.of(who);
    switch (task.kind) {
      case 'endorse':
        return [anybody(), 'endorse', { opinion: '同意' }];
      case 'screen':
        if (plan.isSentBack && !done.has('sentBack')) {
          done.add('sentBack');
          return [anybody(), 'return', REASON];
        }
        return [
          anybody(),
          'accept',
          { evaluatorIds: ['finance-expert', 'engineering-expert'], departmentIds: ['legal'] },
        ];
      case 'supplement':
        return [anybody(), 'resubmit', { note: '已补充' }];
      case 'evaluate':
        // One keeps silent, so that the time runs out.
        if (plan.runsOut === state && task.candidates.includes('person:engineering-expert')) return null;
        return [anybody(), 'evaluate', { scores: SCORES }];
      case 'countersign':
        return [anybody(), 'countersign', { agrees: true, opinion: '无异议' }];
      case 'vote':
        if (plan.meets === state || (plan.runsOut === state && chance.is(0.15))) return null;
        if (times === 0 && chance.is(0.04)) return [anybody(), 'recuse', REASON];
        return [
          anybody(),
          'vote',
          { choice: chance.of(['for', 'for', 'for', 'for', 'for', 'for', 'against', 'abstain']) },
        ];
      case 'decideRecusal':
        return chance.is(0.5) ? [anybody(), 'accept', {}] : [anybody(), 'refuse', REASON];
      case 'reviewRecusal':
        return [anybody(), 'note', { opinion: '已核' }];
      case 'record':
        return plan.meets === state && times === 0 ? recording() : null;
      case 'checkRecording':
        return [anybody(), 'confirm', {}];
      case 'resolveInquorate':
        return [anybody(), 'lapse', REASON];
      case 'nominate':
        return [anybody(), 'nominate', { managerId: manager() }];
      case 'appoint':
        return [anybody(), 'appoint', { managerId: manager() }];
      case 'coapprove':
        return [anybody(), 'agree', {}];
      case 'opine':
        return [anybody(), 'opine', { opinion: '无' }];
      default:
        return null;
    }
  }

  /** The committee met: every seat from the minutes, all who may vote for. */
  async function recording(): Promise<Answer> {
    const clerk = CLERKS[0];
    const minutesAttachmentId = await clients.attach(clerk, caseId as string, 'minutes', '会议纪要.pdf');
    const [ballot] = await database.query<{
      roll: { seatId: string; personId: string; recusal: unknown }[];
      voted: string[];
    }>(
      `SELECT b.roll, ARRAY(SELECT actor_id FROM facts f WHERE f.ballot_id = b.id AND f.kind = 'voted') AS voted
       FROM ballots b WHERE b.case_id = $1 AND b.status = 'open'`,
      [caseId],
    );
    const seats = (ballot?.roll ?? []).map(({ seatId, personId, recusal }) => ({
      seatId,
      mark: recusal ? 'recused' : ballot?.voted.includes(personId) ? 'ownVote' : 'for',
    }));
    return [clerk, 'record', { meetingOn: localDay(Date.now()), minutesAttachmentId, seats }];
  }

  /** What happens beside the answers: comments, handing on, withdrawing, time that runs out, an agenda that a tie put off. */
  async function besides(state: string, tasks: readonly Waiting[]): Promise<void> {
    const id = caseId as string;
    if (comments < 3 && chance.is(0.03)) {
      comments += 1;
      await clients.post(
        `${owner.id}-submitter`,
        `/cases/${id}/comments`,
        { text: '请阅' },
        { caseId: id, action: 'comment' },
      );
    }
    const screening = tasks.find((task) => task.kind === 'screen');
    if (plan.isHandedOn && screening && !done.has('handedOn')) {
      done.add('handedOn');
      const about = { caseId: id, taskId: screening.id };
      await clients.post(CLERKS[0], `/tasks/${screening.id}/claim`, {}, { ...about, action: 'claim' });
      const to = { personId: CLERKS[1], ...REASON };
      await clients.post(CLERKS[0], `/tasks/${screening.id}/transfer`, to, { ...about, action: 'transfer' });
    }
    const isPutOff = tasks.some((task) => task.kind === 'scheduleRunoff');
    if ((plan.withdrawnAt === state || isPutOff) && chance.is(0.3)) {
      const by = `${owner.id}-submitter`;
      await clients.post(by, `/recommendations/${id}/withdraw`, REASON, { caseId: id, action: 'withdraw' });
    }
    if (plan.runsOut === state && chance.is(0.15)) await runOut(id);
  }

  /**
   * No policy knows times below a day: what is open in a case becomes due now, in the database, and its workflow is told to look.
   * The only thing here that is not done as a client does it.
   */
  async function runOut(id: string): Promise<void> {
    await database.query(
      `WITH due AS (SELECT now() + interval '200 milliseconds' AS at),
         t AS (UPDATE tasks SET due_at = due.at, period_at = period_at - interval '90 days' FROM due WHERE case_id = $1 AND status = 'open' AND due_at IS NOT NULL),
         b AS (UPDATE ballots SET due_at = due.at, director_due_at = CASE WHEN director_due_at IS NULL THEN NULL ELSE due.at END FROM due
               WHERE case_id = $1 AND status = 'open')
       INSERT INTO outbox (case_id, process, seq) SELECT id, process, seq FROM cases WHERE id = $1`,
      [id],
    );
  }
}
