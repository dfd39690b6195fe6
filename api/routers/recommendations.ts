import type { Actor } from '../../cases/actor.ts';
import { coRecommend } from '../../cases/coRecommendation.ts';
import { createDraft, editDraft, mayEditForm, missingIn, readDraft } from '../../cases/drafts.ts';
import { withdraw } from '../../cases/ending.ts';
import { submit } from '../../cases/submission.ts';
import { DomainError } from '../../domain/errors.ts';
import type { DraftForm } from '../contract/recommendationForm.ts';
import { type RecommendationView, recommendationRoutes as routes } from '../contract/recommendations.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { etagOf, versionIn } from '../versions.ts';
import { timeOf } from '../views/days.ts';
import { readableContents } from '../views/readable.ts';

/** Drafts and what becomes of them: submitted, withdrawn, joined. */
export function mountRecommendations({ on, limits }: Routing, deps: ApiDeps): void {
  on(routes.create, async ({ actor, body, key, response }) => {
    const { personId } = actor;
    await requireOwnUnit(deps, actor, body.form);
    const { caseId } = await once<{ caseId: string }>(
      deps,
      { personId, target: 'recommendations', key, body },
      (keep) => createDraft(deps, personId, body.form, body.linkedCaseId ?? null, keep),
    );
    const view = await recommendationView(deps, actor, caseId);
    response.set('ETag', etagOf(view.version)).location(`/api/v1/recommendations/${caseId}`);
    return view;
  });

  on(routes.read, async ({ actor, params, response }) => {
    const { row } = await readableContents(deps, actor, params.id);
    const view = await recommendationView(deps, actor, params.id);
    await recordReading(deps, actor, row, 'form');
    response.set('ETag', etagOf(view.version));
    return view;
  });

  on(routes.edit, async ({ actor, params, body, request, response }) => {
    const { row } = await readableContents(deps, actor, params.id);
    // Of another unit's officer it is refused that he edits, not what he wrote.
    if (actor.unitId === row.unitId) await requireOwnUnit(deps, actor, body.form);
    const { version } = await editDraft(deps, actor.personId, params.id, body.form, versionIn(request, 'draftChanged'));
    response.set('ETag', etagOf(version));
    return recommendationView(deps, actor, params.id);
  });

  on(routes.submit, async (call) => {
    const { actor, params, body, key } = call;
    await readableContents(deps, actor, params.id);
    return settledReceipt(
      deps,
      call,
      await submit(deps, { personId: actor.personId, caseId: params.id, key, ...body }),
    );
  });

  on(routes.withdraw, async (call) => {
    const { actor, params, body, key } = call;
    await readableContents(deps, actor, params.id);
    const request = { personId: actor.personId, caseId: params.id, reason: body.reason, key };
    return settledReceipt(deps, call, await withdraw(deps, request));
  });

  // It tells whether a client is in progress, as the check does, and is limited like it, against fishing.
  on(
    routes.coRecommend,
    async ({ actor: { personId }, body, key }) =>
      once<{ asked: true }>(deps, { personId, target: 'co-recommendations', key, body }, async (keep) => {
        await coRecommend(deps, { personId, ...body }, (client) => keep(client, { asked: true }));
        return { asked: true };
      }),
    limits.clientCheck,
  );
}

async function recommendationView(deps: ApiDeps, actor: Actor, caseId: string): Promise<RecommendationView> {
  const { row } = await readableContents(deps, actor, caseId);
  const { form, version, updatedAt } = await readDraft(deps, caseId);
  return {
    caseId,
    number: row.number,
    state: row.state,
    version,
    form,
    editable: await mayEditForm(deps, actor, caseId),
    missing: missingIn(form),
    updatedAt: timeOf(updatedAt),
  };
}

/** A unit recommends for itself (7.1): the form names the submitter's own. */
async function requireOwnUnit(deps: ApiDeps, actor: Actor, form: DraftForm): Promise<void> {
  if (!form.recommendingUnit) return;
  const unit = await deps.prisma.unit.findUnique({ where: { id: actor.unitId } });
  if (unit && ![unit.name, unit.nameEn].includes(form.recommendingUnit))
    throw new DomainError('invalid', { field: 'form.recommendingUnit', reason: unit.name }, 'form.recommendingUnit');
}
