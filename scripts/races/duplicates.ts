import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../system/random.ts';
import type { Answer, Arena, Door } from './arena.ts';
import { drafted, formFor, freshEntity, SUBMISSION, submitted, UNITS } from './forms.ts';
import { audited, type Race, told } from './race.ts';

const TIMES = 100;
const MIXED: readonly Door[] = ['ui', 'api'];

/** What is sent a hundred times: by whom, where, what, and how often the act may be found afterwards. */
type Subject = {
  readonly caseId: string;
  readonly personId: string;
  readonly path: string;
  readonly body: unknown;
  /** How many facts the act has left, whoever did it. */
  readonly kind: 'decided' | 'voted' | 'submitted';
};

async function endorsement(arena: Arena, chance: Chance): Promise<Subject & { taskId: string; process: string }> {
  const unit = chance.of(UNITS);
  const caseId = await submitted(arena, chance, unit);
  const { id: taskId } = await arena.task(caseId, 'endorse');
  const body = { action: 'endorse', body: { opinion: '同意' } };
  return {
    caseId,
    taskId,
    process: 'recommendation',
    personId: `${unit}-head`,
    path: `/tasks/${taskId}/decisions`,
    body,
    kind: 'decided',
  };
}

async function vote(arena: Arena, chance: Chance): Promise<Subject & { taskId: string; process: string }> {
  const caseId = await arena.balloting();
  const voters = (await arena.votes(caseId)).filter(({ personId }) => !personId.startsWith('branch-'));
  const { taskId, personId } = chance.of(voters);
  const body = { action: 'vote', body: { choice: chance.of(['for', 'against', 'abstain']) } };
  return { caseId, taskId, process: 'bench', personId, path: `/tasks/${taskId}/decisions`, body, kind: 'voted' };
}

async function submission(arena: Arena, chance: Chance): Promise<Subject> {
  const unit = chance.of(UNITS);
  const personId = `${unit}-submitter`;
  const caseId = await drafted(arena, personId, await formFor(unit, freshEntity(chance), []));
  return { caseId, personId, path: `/recommendations/${caseId}/submit`, body: SUBMISSION, kind: 'submitted' };
}

/** Sends it so often, over these doors in turn, under one key. */
async function sendAll(
  arena: Arena,
  chance: Chance,
  subject: Subject,
  doors: readonly Door[],
  times = TIMES,
): Promise<Answer[]> {
  const key = randomUUID();
  const waits = Array.from({ length: times }, () => chance.between(0, 40));
  return Promise.all(
    waits.map(async (afterMs, index) => {
      await pause(afterMs);
      return arena.post(subject.personId, subject.path, subject.body, {
        door: doors[index % doors.length] as Door,
        key,
      });
    }),
  );
}

/** All are told the same, and there is one fact. */
async function once(arena: Arena, { caseId, kind, personId }: Subject, answers: readonly Answer[]): Promise<void> {
  for (const answer of answers) told('a duplicate', answer);
  const places = new Set(answers.map(({ body }) => body.seq));
  assert.equal(places.size, 1, 'all duplicates are told the same');
  const facts = await arena.facts(caseId, kind);
  assert.deepEqual(
    facts.map(({ seq, actorId }) => ({ seq, actorId })),
    [{ seq: [...places][0], actorId: personId }],
    'a hundred duplicates are one act',
  );
}

const overHttp = (name: string, doors: readonly Door[]): Race => ({
  name,
  async round(arena, chance) {
    const subject = await chance.of([endorsement, vote, submission])(arena, chance);
    await once(arena, subject, await sendAll(arena, chance, subject, doors));
    await audited(arena, subject.caseId);
    return [subject.caseId];
  },
});

/** A hundred duplicates over the console's door. */
export const byUi = overHttp('duplicates-ui', ['ui']);
/** A hundred duplicates over the API, and over both doors at once. */
export const byApi = overHttp('duplicates-api', ['api']);
export const byBoth = overHttp('duplicates-both', MIXED);

async function reference({ post }: Arena, { personId, taskId, body }: Subject & { taskId: string }): Promise<string> {
  const issued = await post(personId, `/tasks/${taskId}/signal-references`, { ...(body as object), minutes: 30 });
  told('the reference', issued);
  return issued.body.reference;
}

async function signalAll(
  arena: Arena,
  chance: Chance,
  { caseId, taskId, process, body }: { caseId: string; taskId: string; process: string; body: unknown },
  issued: string,
  times = TIMES,
): Promise<void> {
  const handle = arena.client.workflow.getHandle(`${process}:${caseId}`);
  const message = { taskId, ...(body as object), reference: issued };
  const waits = Array.from({ length: times }, () => chance.between(0, 40));
  await Promise.all(
    waits.map(async (afterMs) => {
      await pause(afterMs);
      await handle.signal('decide', message);
    }),
  );
  await arena.until('every signal to be heard', async () => {
    const { raw } = await handle.describe();
    return !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === 0;
  });
}

/** A hundred duplicates of one Signal. */
export const bySignal: Race = {
  name: 'duplicates-signal',
  async round(arena, chance) {
    const subject = await chance.of([endorsement, vote])(arena, chance);
    await signalAll(arena, chance, subject, await reference(arena, subject));
    const facts = await arena.facts(subject.caseId, subject.kind);
    assert.deepEqual(
      facts.map(({ actorId }) => actorId),
      [subject.personId],
      'a hundred signals are one act',
    );
    await audited(arena, subject.caseId);
    return [subject.caseId];
  },
};

/** The same act by Signal and over HTTP at once: two messages, each once; of a task one decides, of a vote the last counts. */
export const byAll: Race = {
  name: 'duplicates-all',
  async round(arena, chance) {
    const subject = await chance.of([endorsement, vote])(arena, chance);
    const issued = await reference(arena, subject);
    const [answers] = await Promise.all([
      sendAll(arena, chance, subject, MIXED, TIMES / 2),
      signalAll(arena, chance, subject, issued, TIMES / 2),
    ]);
    for (const answer of answers) told('a duplicate', answer, 'taskClosed');
    const told200 = new Set(answers.filter(({ taken }) => taken).map(({ body }) => body.seq));
    assert.ok(told200.size <= 1, 'all duplicates are told the same');
    assert.equal(new Set(answers.map(({ code }) => code)).size, 1, 'all duplicates are told the same');
    const facts = await arena.facts(subject.caseId, subject.kind);
    if (subject.kind === 'decided') assert.equal(facts.length, 1, 'a task is decided once');
    else assert.equal(facts.length, 2, 'a vote given twice is stored twice, and counts once');
    for (const seq of told200)
      assert.ok(
        facts.some((fact) => fact.seq === seq),
        'what was acknowledged is stored',
      );
    await audited(arena, subject.caseId);
    return [subject.caseId];
  },
};
