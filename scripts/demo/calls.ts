import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AttachmentView, CaseView } from '../../api/contract/cases.ts';
import type { Problem, ReceiptView } from '../../api/contract/shared.ts';
import type { TaskView } from '../../api/contract/tasks.ts';
import { exampleFile } from './form.ts';
import type { DemoSystem } from './system.ts';

/** Something was not as the demo expects it. */
export class Difference extends Error {}

export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Difference(
    `${what}\n  应为 expected  ${JSON.stringify(expected)}\n  实为 got       ${JSON.stringify(actual)}`,
  );
}

export type Calls = ReturnType<typeof createCalls>;

/** The public API as the persons of the demo organisation use it, each with his own token. */
export function createCalls({ url, tokens }: Pick<DemoSystem, 'url' | 'tokens'>) {
  async function send(personId: string, method: string, path: string, rest: RequestInit = {}): Promise<Response> {
    const person = tokens[personId];
    if (!person) throw new Difference(`演示组织中没有 · the demo organisation has no ${personId}`);
    return fetch(`${url}/api/v1${path}`, {
      method,
      ...rest,
      headers: {
        Authorization: `Bearer ${person.token}`,
        'Accept-Language': 'zh-CN',
        // A decision is answered once the process has walked past it, so that the next step finds its task.
        Prefer: 'wait=20',
        ...(method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() }),
        ...rest.headers,
      },
    });
  }

  const withBody = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });

  async function accepted<Answer>(response: Response, what: string): Promise<Answer> {
    const answer = (await response.json()) as Answer & Partial<Problem>;
    if (!response.ok) throw new Difference(`${what}: ${response.status} ${answer.code} ${answer.detail}`);
    return answer;
  }

  async function get<Answer>(personId: string, path: string): Promise<Answer> {
    return accepted(await send(personId, 'GET', path), `GET ${path}`);
  }

  async function post<Answer>(personId: string, path: string, body: unknown): Promise<Answer> {
    return accepted(await send(personId, 'POST', path, withBody(body)), `POST ${path}`);
  }

  async function put<Answer>(personId: string, path: string, body: unknown, version: number): Promise<Answer> {
    const response = await send(personId, 'PUT', path, withBody(body, { 'If-Match': `"${version}"` }));
    return accepted(response, `PUT ${path}`);
  }

  /** A post that must be refused with this code. @returns the problem, as it was sent */
  async function refused(personId: string, path: string, body: unknown, code: string): Promise<Problem> {
    const response = await send(personId, 'POST', path, withBody(body));
    const problem = (await response.json()) as Problem;
    expectSame(`POST ${path} 应被拒绝 · must be refused`, problem.code, code);
    return problem;
  }

  async function upload(personId: string, caseId: string, purpose: string, name: string): Promise<AttachmentView> {
    const form = new FormData();
    form.set('caseId', caseId);
    form.set('purpose', purpose);
    form.set('file', new Blob([new Uint8Array(await exampleFile(name))]), name);
    return accepted(await send(personId, 'POST', '/attachments', { body: form }), `POST /attachments ${name}`);
  }

  /** Brings a table that is to be imported. */
  async function bring<Answer>(personId: string, kind: string, table: string): Promise<Answer> {
    const form = new FormData();
    form.set('kind', kind);
    form.set('file', new Blob([table]), 'table.csv');
    return accepted(await send(personId, 'POST', '/imports', { body: form }), 'POST /imports');
  }

  /** Takes a file out. @returns its bytes */
  async function download(personId: string, path: string): Promise<number> {
    const response = await send(personId, 'GET', path);
    if (!response.ok) return accepted(response, `GET ${path}`);
    return (await response.arrayBuffer()).byteLength;
  }

  /** What waits for a person in a case. */
  async function tasks(personId: string, caseId: string): Promise<TaskView[]> {
    const { myTaskIds } = await get<CaseView>(personId, `/cases/${caseId}`);
    return Promise.all(myTaskIds.map((id) => get<TaskView>(personId, `/tasks/${id}`)));
  }

  async function taskOf(personId: string, caseId: string, kind: string): Promise<TaskView> {
    const task = (await tasks(personId, caseId)).find((each) => each.kind === kind);
    if (!task) throw new Difference(`${tokens[personId]?.name} 没有待办 · has no task: ${kind}`);
    return task;
  }

  /** Answers a task. @returns who did it, and the article it rests on */
  async function answer(
    personId: string,
    task: TaskView,
    action: string,
    body: object = {},
  ): Promise<{ readonly by: string; readonly article: string }> {
    settled(await post<ReceiptView>(personId, `/tasks/${task.id}/decisions`, { action, body }));
    return { by: personId, article: task.article };
  }

  return {
    get,
    post,
    put,
    refused,
    upload,
    bring,
    download,
    tasks,
    taskOf,
    answer,
    /** Answers the task of this kind that a person has. */
    decide: async (personId: string, caseId: string, kind: string, action: string, body: object = {}) =>
      answer(personId, await taskOf(personId, caseId, kind), action, body),
    /** A case as this person sees it. */
    caseOf: (personId: string, caseId: string) => get<CaseView>(personId, `/cases/${caseId}`),
  };
}

/** The receipt of an act the process must have walked past within the time asked for. */
export function settled(receipt: ReceiptView): void {
  expectSame('流程已随之前进 · the process has moved on', receipt.settled, true);
}
