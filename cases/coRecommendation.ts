import { DomainError } from '../domain/errors.ts';
import { recommendationForm } from '../forms/recommendation.ts';
import { aad, sealJson } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import { roleKey } from './actor.ts';
import { type Answer, recordDecision } from './answer.ts';
import { currentCalendar } from './calendars.ts';
import type { CaseDeps } from './deps.ts';
import { readDraft } from './drafts.ts';
import { entitiesOf } from './entities.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import type { FactRow } from './records.ts';
import { violatedConstraint } from './sqlErrors.ts';
import { timing } from './timing.ts';
import { type CaseTransaction, inCase, OF_THE_CASE } from './transaction.ts';
import { closeVote, settleBallot } from './voting.ts';

/**
 * 7.4: the second unit, told only "in progress", asks to join. The first unit's head is asked, then the office; whoever asked learns
 * nothing of the other case but, in the end, yes or no.
 * @throws DomainError `notFound` when nothing is in progress on the draft's client
 */
export async function coRecommend(
  deps: CaseDeps,
  request: { personId: string; caseId: string; reason: string },
  keep?: Keep<void>,
): Promise<void> {
  const own = await deps.pool.query<{ unit_id: string }>(
    'SELECT unit_id FROM cases WHERE id = $1 AND submitter_id = $2 AND closed_at IS NULL',
    [request.caseId, request.personId],
  );
  const unitId = own.rows[0]?.unit_id;
  if (unitId === undefined) throw new DomainError('notFound');
  const { form } = await readDraft(deps, request.caseId);
  const parsed = recommendationForm.safeParse(form);
  if (!parsed.success)
    throw new DomainError('missing', {
      field: [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join(', '),
    });
  const keys = entitiesOf(parsed.data).flatMap((entity) => entity.keys);
  const { rows } = await deps.pool.query<{ case_id: string }>(
    `SELECT e.case_id FROM recommendation_entities e JOIN cases c ON c.id = e.case_id
     WHERE e.entity_key = ANY ($1) AND e.open AND c.process = 'recommendation' AND c.unit_id <> $2 LIMIT 1`,
    [keys, unitId],
  );
  const found = rows[0];
  if (!found) throw new DomainError('notFound');
  await inCase(deps, { caseId: found.case_id, personId: request.personId }, async (tx) => {
    const actor = activeActor(tx);
    if (tx.case.closedAt !== null || tx.case.ending !== null) throw new DomainError('notFound');
    const id = newId();
    const secret = sealJson(tx.key, { reason: request.reason }, aad('co_recommendations', 'secret', id));
    try {
      await tx.sql(
        `INSERT INTO co_recommendations (id, case_id, unit_id, person_id, status, secret, asked_at) VALUES ($1, $2, $3, $4, 'asked', $5, $6)`,
        [id, tx.case.id, unitId, actor.personId, secret, tx.now],
      );
    } catch (error) {
      if (violatedConstraint(error)) throw new DomainError('taskClosed', { outcome: 'asked' });
      throw error;
    }
    tx.fact({
      kind: 'coRecommended',
      actorId: actor.personId,
      codes: { unitId, coRecommendationId: id },
    });
    await openAnswer(tx, id, unitId, roleKey('unitHead', tx.case.unitId), 'unit');
    tx.ring();
    await keep?.(tx.client);
  });
}

/** The first unit's yes asks the office; the office's yes makes both units recused, and after establishment a co-holder proposal (7.4). */
export async function answerCoRecommendation(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const { coRecommendationId, unitId, asked } = answer.task.subject as {
    coRecommendationId: string;
    unitId: string;
    asked: 'unit' | 'office';
  };
  const fact = recordDecision(tx, answer, { kind: 'decided', codes: { unitId, asked } });
  tx.closeTask(answer.task, answer.action);
  const status = answer.action === 'refuse' ? 'refused' : asked === 'unit' ? 'unitAccepted' : 'accepted';
  await tx.sql('UPDATE co_recommendations SET status = $2 WHERE id = $1', [coRecommendationId, status]);
  if (status === 'accepted') await recuseUnit(tx, unitId);
  if (status === 'unitAccepted') await openAnswer(tx, coRecommendationId, unitId, roleKey('office'), 'office');
  tx.ring();
  return fact;
}

/** Both units are recused: in ballots to come by their subject, in one that is open at once. */
async function recuseUnit(tx: CaseTransaction, unitId: string): Promise<void> {
  for (const ballot of tx.ballots.all) {
    if (ballot.status !== 'open' || ballot.subject.kind !== 'client') continue;
    const struck = ballot.roll.filter((entry) => entry.kind === 'member' && entry.unitId === unitId && !entry.recusal);
    tx.ballots.change(ballot, {
      subject: { ...ballot.subject, unitIds: [...ballot.subject.unitIds, unitId] },
      roll: ballot.roll.map((entry) => (struck.includes(entry) ? { ...entry, recusal: 'rule' as const } : entry)),
    });
    for (const { personId } of struck) closeVote(tx, ballot, personId);
    await settleBallot(tx, ballot);
  }
}

async function openAnswer(
  tx: CaseTransaction,
  coRecommendationId: string,
  unitId: string,
  candidate: string,
  asked: 'unit' | 'office',
): Promise<void> {
  const clock = timing(await currentCalendar(tx.client), tx.now, tx.policy.values.coRecommendationDays);
  tx.openTask({
    ...clock,
    ...OF_THE_CASE,
    kind: 'answerCoRecommendation',
    blocking: false,
    actions: ['accept', 'refuse'],
    candidates: [candidate],
    escalations: asked === 'unit' ? [[roleKey('office')]] : [],
    silence: 'escalate',
    subject: { coRecommendationId, unitId, asked },
  });
}
