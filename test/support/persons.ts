import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaseView } from '../../api/contract/cases.ts';
import type { RecommendationForm } from '../../api/contract/recommendationForm.ts';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import type { ReceiptView } from '../../api/contract/shared.ts';
import type { TaskView } from '../../api/contract/tasks.ts';
import type { DemoToken } from '../../scripts/seed.ts';
import { exampleScores } from './company.ts';
import type { Instance } from './instance.ts';

const PATIENCE_MS = 90_000;
const BETWEEN_MS = 50;

export type Persons = Awaited<ReturnType<typeof personsOf>>;

/**
 * The persons of an instance's demo organisation at the public API, over HTTP. They do not give up: while the API is gone, or answers
 * 503, they ask again, with the same Idempotency-Key.
 */
export async function personsOf({ url, dataDir }: Pick<Instance, 'url' | 'dataDir'>) {
  const tokens: Record<string, DemoToken> = JSON.parse(await readFile(join(dataDir, 'demo-tokens.json'), 'utf8'));

  /** The answer, once there is one. Errors: refused, with the problem's code. */
  async function ask<Answer>(
    personId: string,
    method: string,
    path: string,
    body?: unknown,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const isForm = body instanceof FormData;
    const headers: Record<string, string> = {
      ...more,
      Authorization: `Bearer ${tokens[personId]?.token}`,
      ...(method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() }),
      ...(method === 'GET' || isForm ? {} : { 'Content-Type': 'application/json' }),
    };
    const request = { method, headers, ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }) };
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const response = await fetch(`${url}/api/v1${path}`, request).catch(() => null);
      if (response && response.status !== 503) {
        // Killed while it answered: the answer is not known, so it is asked for again.
        const answer = (await response.json().catch(() => null)) as { code?: string } | null;
        if (response.ok && answer !== null) return answer as Answer;
        if (answer !== null) throw new Error(`${method} ${path}: ${response.status} ${answer.code}`);
      }
      if (Date.now() > end) throw new Error(`${method} ${path}: no answer for ${PATIENCE_MS} ms`);
      await pause(BETWEEN_MS);
    }
  }

  /** What a person sees of a case; nothing waits for him where he may not even see it yet. */
  function seenBy(personId: string, caseId: string): Promise<Pick<CaseView, 'myTaskIds' | 'holders'>> {
    return ask<CaseView>(personId, 'GET', `/cases/${caseId}`).catch((error: Error) => {
      if (!error.message.endsWith('notFound')) throw error;
      return { myTaskIds: [], holders: [] };
    });
  }

  /** What waits for a person in a case. */
  const tasksOf = async (personId: string, caseId: string): Promise<readonly string[]> =>
    (await seenBy(personId, caseId)).myTaskIds;

  /** The person's open task of a kind, once it is there. */
  async function taskOf(personId: string, caseId: string, kind: string): Promise<TaskView> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      for (const id of await tasksOf(personId, caseId)) {
        const task = await ask<TaskView>(personId, 'GET', `/tasks/${id}`);
        if (task.kind === kind) return task;
      }
      if (Date.now() > end) throw new Error(`${personId} waited in vain for the task ${kind}`);
      await pause(BETWEEN_MS);
    }
  }

  /** @returns the receipt: acknowledged, so it must be kept */
  async function decide(
    personId: string,
    caseId: string,
    kind: string,
    action: string,
    body: object = {},
  ): Promise<ReceiptView> {
    const { id } = await taskOf(personId, caseId, kind);
    return ask(personId, 'POST', `/tasks/${id}/decisions`, { action, body });
  }

  async function drafted(form: RecommendationForm): Promise<string> {
    return (await ask<RecommendationView>('central-submitter', 'POST', '/recommendations', { form })).caseId;
  }

  /** A case as its submitter sees it. */
  const caseOf = (caseId: string) => ask<CaseView>('central-submitter', 'GET', `/cases/${caseId}`);

  /** Everybody who is asked votes for it, or chooses an option, until the case has come to a state. */
  async function allFor(
    caseId: string,
    state = 'established',
    voters = [...others, 'director'],
    choice = 'for',
  ): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    const stateNow = async () => (await ask<CaseView>('office-clerk-1', 'GET', `/cases/${caseId}`)).state;
    while ((await stateNow()) !== state) {
      for (const personId of voters) {
        const { myTaskIds, holders } = await seenBy(personId, caseId);
        for (const { taskId, kind } of holders) {
          if (kind !== 'vote' || !myTaskIds.includes(taskId)) continue;
          const vote = { action: 'vote', body: { choice } };
          // The outcome may be certain before everybody has voted.
          await ask(personId, 'POST', `/tasks/${taskId}/decisions`, vote).catch((error: Error) => {
            if (!/(ballotClosed|taskClosed|caseEnded)$/.test(error.message)) throw error;
          });
        }
      }
      if (Date.now() > end) throw new Error(`waited in vain for ${state}`);
      await pause(BETWEEN_MS);
    }
  }

  return {
    ask,
    decide,
    taskOf,
    tasksOf,
    drafted,
    caseOf,
    /** A recommendation before the committee. */
    async approving(form: RecommendationForm): Promise<string> {
      const caseId = await drafted(form);
      await ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
      await decide('central-head', caseId, 'endorse', 'endorse');
      const examiners = { evaluatorIds: ['finance-expert'], departmentIds: ['legal'] };
      await decide('office-clerk-1', caseId, 'screen', 'accept', examiners);
      await decide('finance-expert', caseId, 'evaluate', 'evaluate', { scores: exampleScores });
      await decide('legal-head', caseId, 'countersign', 'countersign', { agrees: true, opinion: '无异议' });
      // One transaction opens every seat's task: what is asked of one is asked of all.
      await taskOf('vice-director-1', caseId, 'vote');
      return caseId;
    },
    allFor,
    /** Nominates, and has everybody who is asked confirm the manager, until the case is established. */
    async confirmed(caseId: string): Promise<void> {
      await decide('central-submitter', caseId, 'nominate', 'nominate', { managerId: 'central-manager' });
      await allFor(caseId);
    },
  };
}

/** Everybody with a seat, in whose own matter nothing is decided: the list as a whole. The director votes last. */
export const everySeat = (): string[] => ['central-head', 'central-deputy', ...others, 'director'];

/** Everybody with a seat who is not of the recommending unit, but the director. */
export const others: readonly string[] = [
  'vice-director-1',
  'vice-director-2',
  ...['east', 'south', 'southwest', 'north'].flatMap((unit) => [`${unit}-head`, `${unit}-deputy`]),
];
