import { listAttachments } from '../../cases/attachments.ts';
import { addComment, type Comment, readComments } from '../../cases/comments.ts';
import { proposeOverride } from '../../cases/ending.ts';
import { declareBeforeTurn } from '../../cases/recusal.ts';
import { copy } from '../../cases/verbs.ts';
import { agreementOf, type Proof } from '../../domain/choice.ts';
import { DomainError } from '../../domain/errors.ts';
import { caseRoutes as routes } from '../contract/cases.ts';
import type { ResponseOf } from '../contract/route.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import { recordReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { attachmentView } from '../views/attachmentView.ts';
import { ballotViews } from '../views/ballotViews.ts';
import { all, caseConditions } from '../views/caseConditions.ts';
import { searchCases } from '../views/casePages.ts';
import { caseView } from '../views/caseView.ts';
import { timeOf } from '../views/days.ts';
import { earlierDecisions } from '../views/earlierDecisions.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';
import { readable, readableContents } from '../views/readable.ts';
import { isTold } from '../views/sealing.ts';
import { timeline } from '../views/timeline.ts';

/** Cases: one, many, their timeline, ballots, comments and files. */
export function mountCases({ on }: Routing, deps: ApiDeps): void {
  on(routes.search, async ({ actor, body }) => searchCases(deps, actor, all(caseConditions(body)), body));

  on(routes.read, async ({ actor, params }) => caseView(deps, actor, await readable(deps, actor, params.id)));

  on(routes.timeline, async ({ actor, params, query }) => {
    const found = await readable(deps, actor, params.id);
    if (found.contents) await recordReading(deps, actor, found.row, 'timeline');
    return timeline(deps, actor, found, query);
  });

  on(routes.ballots, async ({ actor, params }) => {
    const { row } = await readable(deps, actor, params.id);
    return whole(await ballotViews(deps, actor, row));
  });

  on(routes.proof, async ({ actor, params }) => {
    const { row } = await readable(deps, actor, params.id);
    const ballot = await deps.prisma.ballot.findFirst({ where: { id: params.ballotId, caseId: row.id } });
    if (!ballot?.proof) throw new DomainError('notFound');
    const [ballots, steps] = await Promise.all([
      deps.prisma.ballot.findMany({ where: { caseId: row.id } }),
      deps.prisma.step.findMany({ where: { caseId: row.id } }),
    ]);
    if (!isTold(ballot, { ballots, steps, isClosed: row.closedAt !== null })) throw new DomainError('notFound');
    const { agrees, differences } = agreementOf(ballot.proof as unknown as Proof);
    return { proof: ballot.proof as ResponseOf<typeof routes.proof>['proof'], agrees, differences: [...differences] };
  });

  on(routes.declareRecusal, async (call) => {
    const { actor, params, body, key } = call;
    const { row } = await readableContents(deps, actor, params.id);
    const declaration = { personId: actor.personId, caseId: row.id, ballotId: params.ballotId, key, ...body };
    return settledReceipt(deps, call, await declareBeforeTurn(deps, declaration));
  });

  on(routes.earlier, async ({ actor, params }) => {
    const { row } = await readableContents(deps, actor, params.id);
    return whole(await earlierDecisions(deps, actor, row.id));
  });

  on(routes.comments, async ({ actor, params }) => {
    const { row } = await readableContents(deps, actor, params.id);
    const comments = await readComments(deps, row.id);
    if (comments.length > 0) await recordReading(deps, actor, row, 'comments');
    const names = await loadNames(deps.prisma, { persons: comments.map((comment) => comment.personId) });
    return whole(
      comments.map(({ id, personId, at, text }) => ({ id, person: names.person(personId), at: timeOf(at), text })),
    );
  });

  on(routes.comment, async ({ actor, params, body, key }) => {
    const { row } = await readableContents(deps, actor, params.id);
    const { personId, name, nameEn } = actor;
    // The answer is kept with its key, so it holds the comment's id and time and never its text.
    const kept = ({ id, at }: Pick<Comment, 'id' | 'at'>) => ({ id, at: timeOf(at) });
    const act = { personId, target: `case:${row.id}:comment`, key, body };
    const added = await once<ReturnType<typeof kept>>(deps, act, async (keep) => {
      const comment = { personId, caseId: row.id, text: body.text };
      return kept(await addComment(deps, comment, (client, done) => keep(client, kept(done))));
    });
    return { ...added, person: { id: personId, name, nameEn }, text: body.text };
  });

  on(routes.attachments, async ({ actor, params }) => {
    const { row } = await readableContents(deps, actor, params.id);
    const files = await listAttachments(deps, row.id);
    const names = await loadNames(deps.prisma, { persons: files.map((file) => file.uploadedBy) });
    return whole(files.map((file) => attachmentView(file, names)));
  });

  on(routes.copy, async ({ actor: { personId, ...actor }, params, body, key }) => {
    const { row } = await readableContents(deps, { personId, ...actor }, params.id);
    return doneOnce(deps, { personId, target: `case:${row.id}:copy`, key, body }, (keep) =>
      copy(deps, { personId, caseId: row.id, to: body.personIds }, keep),
    );
  });

  on(routes.override, async (call) => {
    const { actor, identity, params, body, key } = call;
    const { row } = await readable(deps, actor, params.id);
    const { provenAt } = identity;
    const proposed = await proposeOverride(deps, { personId: actor.personId, caseId: row.id, key, ...body, provenAt });
    return settledReceipt(deps, call, proposed);
  });
}
