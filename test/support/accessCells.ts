import { expect } from 'vitest';
import { candidateKeys, loadActor } from '../../cases/actor.ts';
import { readDraft } from '../../cases/drafts.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import type { Task } from '../../prisma/generated/client.ts';
import { actions, allowed, type Role, roles, states, turns } from './accessTable.ts';
import { type Answer, startApi } from './api.ts';
import { exampleScores, startCompany } from './company.ts';
import { recordedSeats, type Situation, situations, uploadOf } from './situations.ts';

// Whoever imports this has a company and an API of its own to ask.
const company = await startCompany();
const api = await startApi(company);
const { prisma, pool } = company.deps;
const bring = situations(company, api);

const everyone = Object.keys(roles) as Role[];
const keysOf = new Map<Role, string[]>();
for (const role of everyone) {
  const actor = await loadActor(pool, roles[role] ?? '');
  keysOf.set(role, actor ? candidateKeys(actor) : []);
}

type Cell = { readonly action: string; readonly role: Role };
type Scene = Situation & {
  readonly tasks: readonly Task[];
  readonly form: object;
  readonly version: number;
  readonly ballotId: string;
};

async function sceneOf(found: Situation): Promise<Scene> {
  const { caseId } = found;
  const [tasks, ballots, { form, version }] = await Promise.all([
    prisma.task.findMany({ where: { caseId }, orderBy: { openedSeq: 'asc' } }),
    prisma.ballot.findMany({ where: { caseId }, orderBy: { openedAt: 'asc' } }),
    readDraft(company.deps, caseId),
  ]);
  const ballot = ballots.find((each) => each.proof) ?? ballots[0];
  return { ...found, tasks, form, version, ballotId: ballot?.id ?? 'none' };
}

/** The task most like what the role could mean: of a kind, open, its own, the newest; else any of the case, asked in vain. */
function taskFor({ tasks }: Scene, role: Role, weigh: (task: Task, own: boolean) => number): string {
  const keys = keysOf.get(role) ?? [];
  const own = (task: Task) =>
    task.assigneeId === roles[role] || task.candidates.some((candidate) => keys.includes(candidate));
  const weighed = tasks.map((task) => ({ id: task.id, weight: weigh(task, own(task)) }));
  return weighed.reduce((best, each) => (each.weight >= best.weight ? each : best), { id: 'none', weight: 0 }).id;
}

const ASIDE = ['record', 'opine', 'coapprove', 'confirmOverride', 'answerCoRecommendation', 'checkRecording'];
const isOpen = (task: Task) => Number(task.status === 'open');
const heldBy = (scene: Scene, role: Role) =>
  taskFor(scene, role, (task, own) => 4 * Number(!ASIDE.includes(task.kind)) + 2 * isOpen(task) + Number(own));
const answeredBy = (scene: Scene, role: Role, kind: string) =>
  taskFor(scene, role, (task, own) => 4 * Number(task.kind === kind) + 2 * Number(own) + isOpen(task));

const reason = '有理由';
const colleagues: Record<string, string> = {
  central: 'central-manager-2',
  office: 'office-clerk-2',
  finance: 'finance-head',
  legal: 'legal-expert',
  director: 'vice-director-2',
};
const other = { personId: 'technology-head' };

/** Bodies that would be taken from who may, so that what is refused is refused for who asks and when. */
const bodies: Record<string, (scene: Scene) => object> = {
  'endorse.return': () => ({ reason }),
  'screen.accept': () => ({ evaluatorIds: ['finance-expert'], departmentIds: ['legal'] }),
  'screen.return': () => ({ reason }),
  'screen.ineligible': () => ({ reason }),
  'evaluate.evaluate': () => ({ scores: exampleScores }),
  'countersign.countersign': () => ({ agrees: true, opinion: '无异议' }),
  'vote.vote': () => ({ choice: 'for' }),
  'vote.recuse': () => ({ reason }),
  'decideRecusal.refuse': () => ({ reason }),
  'record.record': ({ fileId }) => ({
    meetingOn: '2026-01-05',
    minutesAttachmentId: fileId,
    seats: recordedSeats,
  }),
  'checkRecording.refuse': () => ({ reason }),
  'scheduleRunoff.schedule': () => ({ on: addDays(localDay(Date.now()), 1) }),
  'resolveInquorate.substitute': () => ({ substitutes: [{ seatId: 'seat-10', personId: 'southwest-manager' }] }),
  'resolveInquorate.recordHigherBody': ({ fileId }) => ({
    decision: 'passed',
    body: '公司办公会',
    minutesAttachmentId: fileId,
  }),
  'resolveInquorate.lapse': () => ({ reason }),
  'nominate.nominate': () => ({ managerId: 'central-manager' }),
  'appoint.appoint': () => ({ managerId: 'central-submitter' }),
  'appoint.reject': () => ({ reason }),
  'reviewRecusal.note': () => ({ opinion: reason }),
  'opine.opine': () => ({ opinion: reason }),
  'coapprove.disagree': () => ({ reason }),
  'confirmOverride.refuse': () => ({ reason }),
  'answerCoRecommendation.refuse': () => ({ reason }),
};

type Request = (scene: Scene, role: Role, as: { as?: string }) => Promise<Answer>;
const reading =
  (path: (scene: Scene, role: Role) => string): Request =>
  (scene, role, as) =>
    api.get(path(scene, role), as);
const verb =
  (name: string, body?: (role: Role) => object): Request =>
  (scene, role, as) =>
    api.post(`/tasks/${heldBy(scene, role)}/${name}`, { ...as, ...(body ? { body: body(role) } : {}) });
const onCase =
  (path: (caseId: string) => string, body: object): Request =>
  ({ caseId }, _role, as) =>
    api.post(path(caseId), { ...as, body });

const requests: Record<string, Request> = {
  read: reading(({ caseId }) => `/cases/${caseId}`),
  timeline: reading(({ caseId }) => `/cases/${caseId}/timeline`),
  task: reading((scene, role) => `/tasks/${heldBy(scene, role)}`),
  ballots: reading(({ caseId }) => `/cases/${caseId}/ballots`),
  proof: reading(({ caseId, ballotId }) => `/cases/${caseId}/ballots/${ballotId}/proof`),
  form: reading(({ caseId }) => `/recommendations/${caseId}`),
  declareRecusal: ({ caseId, ballotId }, _role, as) =>
    api.post(`/cases/${caseId}/ballots/${ballotId}/recusals`, { ...as, body: { reason } }),
  earlier: reading(({ caseId }) => `/cases/${caseId}/earlier`),
  comments: reading(({ caseId }) => `/cases/${caseId}/comments`),
  files: reading(({ caseId }) => `/cases/${caseId}/attachments`),
  file: reading(({ fileId }) => `/attachments/${fileId}`),
  edit: ({ caseId, form, version }, _role, as) =>
    api.put(`/recommendations/${caseId}`, { ...as, body: { form }, headers: { 'If-Match': `"${version}"` } }),
  comment: onCase((caseId) => `/cases/${caseId}/comments`, { text: '请尽快办理' }),
  attach: ({ caseId }, _role, as) => api.post('/attachments', { ...as, raw: uploadOf(caseId) }),
  copy: onCase((caseId) => `/cases/${caseId}/copies`, { personIds: [other.personId] }),
  claim: verb('claim'),
  release: verb('release'),
  transfer: verb('transfer', (role) => ({
    personId: colleagues[(roles[role] ?? '').split('-')[0] ?? ''] ?? other.personId,
    reason,
  })),
  delegate: verb('delegate', () => ({ ...other, validTo: new Date(Date.now() + 86_400_000).toISOString() })),
  urge: verb('urge'),
  consult: verb('consult', () => other),
  addApprover: verb('add-approver', () => other),
  extend: verb('extend', () => ({ days: 2, reason })),
  override: ({ caseId }, _role, as) =>
    api.post(`/cases/${caseId}/override`, { ...as, sits: true, body: { to: 'lapsed', reason } }),
  submit: onCase((caseId) => `/recommendations/${caseId}/submit`, {}),
  withdraw: onCase((caseId) => `/recommendations/${caseId}/withdraw`, { reason }),
};

function ask(scene: Scene, { action, role }: Cell): Promise<Answer> {
  const person = roles[role];
  const as = person ? { as: person } : {};
  const request = requests[action];
  if (request) return request(scene, role, as);
  const [kind = '', name = ''] = action.split('.');
  const body = bodies[action]?.(scene) ?? {};
  return api.post(`/tasks/${answeredBy(scene, role, kind)}/decisions`, {
    ...as,
    sits: kind === 'confirmOverride',
    body: { action: name, body },
  });
}

const told = ({ status, body }: Answer) => (status < 400 ? `${status}` : `${status} ${body.code}`);

/** Refused for who asks or for when he asks, with a code; never for what he sent, and never by an accident. */
function isRefused({ status, body }: Answer, role: Role): boolean {
  const fitting = role === 'nobody' ? [401] : [403, 404, 409];
  return fitting.includes(status) && typeof body.code === 'string';
}

const IN_FLIGHT = 6;

/** Asks the cells, some at a time. @returns those not answered as they should be, one line each */
async function differing(scene: Scene, cells: readonly Cell[], wanted: 'allowed' | 'refused', atOnce = IN_FLIGHT) {
  const lines: string[] = [];
  const rest = [...cells];
  const worker = async () => {
    for (let cell = rest.shift(); cell; cell = rest.shift()) {
      const answer = await ask(scene, cell);
      const fits = wanted === 'allowed' ? answer.status < 300 : isRefused(answer, cell.role);
      if (!fits) lines.push(`${cell.action} by ${cell.role}: ${told(answer)}, should be ${wanted}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return lines;
}

/** All of a case that an act would change. */
async function imprint({ caseId }: Situation) {
  const { seq, state, ending } = await company.caseRow(caseId);
  const { formVersion } = await prisma.recommendation.findUniqueOrThrow({ where: { caseId } });
  return {
    seq,
    state,
    ending,
    formVersion,
    tasks: await prisma.task.findMany({ where: { caseId }, orderBy: { id: 'asc' } }),
  };
}

/** What a verb did to its task is undone, so that the next who may do it finds it as it was. */
async function putBack(scene: Scene, { action, role }: Cell): Promise<void> {
  if (!VERBS.includes(action)) return;
  const task = scene.tasks.find(({ id }) => id === heldBy(scene, role));
  if (!task) return;
  const { id, candidates, assigneeId } = task;
  await prisma.task.update({ where: { id }, data: { candidates, assigneeId, urgedAt: null } });
  if (action === 'extend') await prisma.task.updateMany({ where: { caseId: scene.caseId }, data: { extended: false } });
  if (action === 'delegate') await prisma.delegation.deleteMany({ where: { taskId: id } });
}
const VERBS = ['claim', 'release', 'transfer', 'delegate', 'urge', 'extend'];

const READS = ['read', 'timeline', 'task', 'ballots', 'proof', 'form', 'earlier', 'comments', 'files', 'file'];
/** What ends a wait is tried on a case of its own. */
export const isFinal = (action: string) =>
  ['submit', 'withdraw'].includes(action) || (action.includes('.') && !action.startsWith('vote.'));

const tables = [...Object.values(states), ...Object.values(turns)].map(allowed);
const givers = (action: string) => everyone.filter((role) => tables.some((table) => table.get(action)?.has(role)));
/** A kind of task the case never had is answered by those only who might elsewhere: nobody else would get further. */
const isFor = (action: string, kinds: ReadonlySet<string>) =>
  !action.includes('.') || kinds.has(action.split('.')[0] ?? '');

/** Every role asks every one of the actions in the situation. @returns the cells that differ from the table */
export async function check(name: string, asked: readonly string[], table: ReadonlyMap<string, ReadonlySet<Role>>) {
  const scene = await sceneOf(await bring(name));
  const kinds = new Set(scene.tasks.map((task) => task.kind));
  const ordered = actions.filter((action) => asked.includes(action));
  const cells = ordered.flatMap((action) =>
    (isFor(action, kinds) ? everyone : givers(action)).map((role) => ({ action, role })),
  );
  const may = ({ action, role }: Cell) => table.get(action)?.has(role) ?? false;
  const [yes, no] = [cells.filter(may), cells.filter((cell) => !may(cell))];

  const before = await imprint(scene);
  const lines = await differing(scene, no, 'refused');
  expect(await imprint(scene), `${name}: ${lines.join('; ')}`).toEqual(before);

  lines.push(
    ...(await differing(
      scene,
      yes.filter(({ action }) => READS.includes(action)),
      'allowed',
    )),
  );
  for (const cell of yes.filter(({ action }) => !READS.includes(action) && !isFinal(action))) {
    lines.push(...(await differing(scene, [cell], 'allowed', 1)));
    await putBack(scene, cell);
  }
  const final = yes.filter(({ action }) => isFinal(action));
  for (const cell of final) {
    // Whatever has been done to it, a case can still be withdrawn, once.
    const isLast = cell === final.at(-1) && cell.action === 'withdraw';
    const own = isLast ? scene : await sceneOf(await bring(name));
    lines.push(...(await differing(own, [cell], 'allowed', 1)));
  }
  return lines;
}
