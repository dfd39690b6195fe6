import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './arena.ts';
import { submitted, UNITS } from './forms.ts';
import { audited, type Race, told } from './race.ts';

/**
 * A unit's head hands his task to another while he decides it himself, and while who gets it decides at once: it is decided once, by
 * whoever had it then.
 */
export const transfers: Race = {
  name: 'transfer-decision',
  async round(arena, chance) {
    const { post } = arena;
    const unit = chance.of(UNITS);
    const caseId = await submitted(arena, chance, unit);
    const { id } = await arena.task(caseId, 'endorse');
    const head = `${unit}-head`;
    const receivers = chance.shuffled([`${unit}-deputy`, `${unit}-manager`]).slice(0, chance.between(1, 2));
    const decide = (personId: string, door: 'ui' | 'api') =>
      post(personId, `/tasks/${id}/decisions`, { action: 'endorse', body: {} }, { door });
    const at = async (afterMs: number, act: () => Promise<Answer>): Promise<Answer> => {
      await pause(afterMs);
      return act();
    };
    const moments = () => chance.between(0, 10);
    const [own, claimed, handed, theirs] = await Promise.all([
      at(moments(), () => decide(head, 'ui')),
      Promise.all(chance.is(0.3) ? [at(moments(), () => post(head, `/tasks/${id}/claim`, {}))] : []),
      Promise.all(
        receivers.map((personId) => {
          const body = { personId, reason: '出差' };
          return at(moments(), () => post(head, `/tasks/${id}/transfer`, body));
        }),
      ),
      Promise.all(
        receivers.flatMap((personId) =>
          [moments(), moments() + 5].map(async (afterMs) => ({
            personId,
            answer: await at(afterMs, () => decide(personId, 'api')),
          })),
        ),
      ),
    ]);
    const late = ['taskClosed', 'notCandidate', 'notFound'];
    told('the head’s decision', own, ...late);
    for (const answer of [...handed, ...claimed]) told('a transfer or a claim', answer, ...late);
    for (const { answer } of theirs) told('a receiver’s decision', answer, ...late);

    const transferred = await arena.rows<{ to: string; seq: number }>(
      `SELECT codes->>'toId' AS to, seq FROM facts WHERE case_id = $1 AND kind = 'transferred' ORDER BY seq`,
      caseId,
    );
    const wasHanded = handed.filter(({ taken }) => taken).length;
    assert.equal(transferred.length, wasHanded, 'a transfer that was taken is on record, and no other');
    assert.ok(wasHanded <= 1, 'a task is handed on once by whoever had it');
    const decided = (await arena.facts(caseId, 'decided')).filter(({ taskId }) => taskId === id);
    const deciders = [own, ...theirs.map(({ answer }) => answer)].filter(({ taken }) => taken);
    assert.equal(decided.length, deciders.length, 'a decision that was taken is on record, and no other');
    assert.ok(deciders.length <= 1, 'a task is decided once');
    const holder = transferred[0]?.to ?? head;
    const [decision] = decided;
    if (decision) assert.equal(decision.actorId, holder, 'it is decided by whoever has it');
    if (own.taken) assert.equal(wasHanded, 0, 'what is decided is not handed on');
    if (wasHanded === 0) assert.ok(own.taken, 'where nobody took it from him, its holder decides');
    // Whoever came too early for his own task comes again.
    if (!decision) told('the receiver, again', await decide(holder, 'api'));
    await arena.until('the next step', async () => (await arena.caseOf(caseId)).state === 'screening');
    await audited(arena, caseId);
    return [caseId];
  },
};
