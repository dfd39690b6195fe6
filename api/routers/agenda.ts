import { giveBulkVote } from '../../cases/bulkVotes.ts';
import { pullOut } from '../../cases/pullOut.ts';
import { agendaRoutes as routes } from '../contract/agenda.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../language.ts';
import { once } from '../once.ts';
import { recordCampaignReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { agendaOf } from '../views/agenda.ts';
import { bulkVoteView, ownBulkVotes } from '../views/bulkVoteView.ts';
import { whole } from '../views/pages.ts';
import { readableContents } from '../views/readable.ts';

/** The agenda of an annual review, votes given in bulk, and what is pulled out of it (Article 10.3). */
export function mountAgenda({ on }: Routing, deps: ApiDeps): void {
  on(routes.agenda, async ({ actor, params: { year } }) => {
    const items = await agendaOf(deps, actor, year);
    if (items.length > 0) await recordCampaignReading(deps, actor, year, 'agenda');
    return whole(items);
  });

  on(routes.giveBulkVote, async ({ actor: { personId }, identity, params, body, key, response }) => {
    const { year } = params;
    const { provenAt } = identity;
    const act = { personId, target: `campaign:${year}:bulk-votes`, key, body };
    const given = await once<{ id: string }>(deps, act, (keep) =>
      giveBulkVote(deps, { personId, year, taskIds: body.taskIds, provenAt }, keep),
    );
    response.location(`/api/v1/bulk-votes/${given.id}`);
    return given;
  });

  on(routes.ownBulkVotes, async ({ actor, params }) => whole(await ownBulkVotes(deps, actor, params.year)));

  on(routes.bulkVote, async ({ actor, params, request }) => bulkVoteView(deps, actor, params.id, languageOf(request)));

  on(routes.pullOut, async (call) => {
    const { actor, params, body, key } = call;
    const { row } = await readableContents(deps, actor, params.id);
    return settledReceipt(
      deps,
      call,
      await pullOut(deps, { personId: actor.personId, caseId: row.id, reason: body.reason, key }),
    );
  });
}
