import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '../../api/contract/shared.ts';
import { exampleFile } from '../demo/form.ts';
import type { DemoToken } from '../seed.ts';
import type { Act, Journal } from './journal.ts';

/** Longer than a reservation of an Idempotency-Key outlives who made it. */
const PATIENCE_MS = 240_000;
const AGAIN_AFTER_MS = 100;
const ANSWER_WITHIN_MS = 20_000;

export type Clients = ReturnType<typeof createClients>;

type Wish = {
  readonly personId: string;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly about: {
    readonly caseId?: string;
    readonly taskId?: string;
    readonly action: string;
    readonly choice?: string;
  };
};

/**
 * The persons at the public API. What is not answered, or answered with 429, 503 or 507, they ask again under the same Idempotency-Key,
 * as a real client does, until they are taken or refused.
 */
export function createClients(
  { url, tokens }: { readonly url: string; readonly tokens: Readonly<Record<string, DemoToken>> },
  journal: Journal,
) {
  /** One attempt. @returns null where there is no answer to go by */
  async function attempt(wish: Wish, key: string): Promise<{ status: number; body: unknown } | null> {
    const { personId, method, path, body } = wish;
    const headers: Record<string, string> = {
      Authorization: `Bearer ${tokens[personId]?.token}`,
      'Idempotency-Key': key,
      ...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
    };
    try {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers,
        body: body instanceof FormData ? body : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      return null;
    }
  }

  /** @returns the answer, or null where it was refused */
  async function send<Answer>(wish: Wish): Promise<Answer | null> {
    const { personId, method, path, about } = wish;
    const what = `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')}`;
    const act: Act = journal.begin({
      key: randomUUID(),
      personId,
      what,
      action: about.action,
      caseId: about.caseId ?? null,
      taskId: about.taskId ?? null,
      choice: about.choice ?? null,
    });
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      act.attempts += 1;
      const answer = await attempt(wish, act.key);
      if (answer && answer.status < 300) {
        const receipt = answer.body as { caseId?: string; seq?: number };
        act.caseId ??= receipt.caseId ?? null;
        act.seq = receipt.seq ?? null;
        act.outcome = 'taken';
        journal.answered(act);
        return answer.body as Answer;
      }
      if (answer && answer.status < 500 && answer.status !== 429) {
        act.outcome = 'refused';
        act.refusal = (answer.body as Problem).code;
        journal.answered(act);
        return null;
      }
      if (answer && ![429, 503, 507].includes(answer.status)) journal.error(`${answer.status} ${what}`);
      if (Date.now() > end) {
        journal.answered(act);
        return null;
      }
      await pause(AGAIN_AFTER_MS);
    }
  }

  return {
    post: <Answer>(personId: string, path: string, body: unknown, about: Wish['about']) =>
      send<Answer>({ personId, method: 'POST', path, body, about }),
    decide: (personId: string, caseId: string, taskId: string, action: string, body: object) =>
      send({
        personId,
        method: 'POST',
        path: `/tasks/${taskId}/decisions`,
        body: { action, body },
        about: { caseId, taskId, action, ...('choice' in body ? { choice: String(body.choice) } : {}) },
      }),
    /** A file of the examples. @returns its id; null where it was refused */
    async attach(personId: string, caseId: string, purpose: string, name: string): Promise<string | null> {
      const form = new FormData();
      form.set('caseId', caseId);
      form.set('purpose', purpose);
      form.set('file', new Blob([new Uint8Array(await exampleFile(name))]), name);
      const about = { caseId, action: 'attach' };
      const stored = await send<{ id: string }>({ personId, method: 'POST', path: '/attachments', body: form, about });
      return stored?.id ?? null;
    },
  };
}
