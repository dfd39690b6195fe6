import { type Actor, hasRole } from '../../cases/actor.ts';
import { recordAudit } from '../../cases/audit.ts';
import { beginEdition } from '../../cases/publications.ts';
import { editionRoutes as routes } from '../contract/editions.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { editionNotice } from '../views/editionNotice.ts';
import {
  editionSummaries,
  editionView,
  nextEdition,
  readEdition,
  seesDrafts,
  withChanges,
} from '../views/editionViews.ts';
import { editionWorkbook } from '../views/editionWorkbook.ts';
import { keyOf, pageOf } from '../views/pages.ts';

/** 大客户名单: its editions, published and in preparation (Articles 4.6, 8). */
export function mountEditions({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.editions, async ({ actor, query: { cursor, limit } }) => {
    const after = keyOf(cursor, 'number');
    const rows = await prisma.edition.findMany({
      where: { number: after ? { lt: after[0] } : { not: null } },
      orderBy: { number: 'desc' },
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.number ?? 0]);
    const prepared = seesDrafts(actor) ? await prisma.edition.findFirst({ where: { open: true } }) : null;
    const read = await withChanges(deps, [...(prepared ? [prepared] : []), ...page.items]);
    const summaries = await editionSummaries(deps, read);
    const open = prepared ? (summaries.shift() ?? null) : null;
    return { items: summaries, nextCursor: page.nextCursor, open, mayBegin: hasRole(actor, 'office') && !open };
  });

  on(routes.begin, async ({ actor: { personId }, body, key, response }) => {
    const act = { personId, target: 'editions', key, body };
    const begun = await once<{ caseId: string }>(deps, act, (keep) =>
      beginEdition(deps, { personId }, { corrects: body.corrects ?? null }, keep),
    );
    response.location(`/api/v1/cases/${begun.caseId}`);
    return begun;
  });

  on(routes.next, () => nextEdition(deps));

  /** What leaves the system is on record: which edition, and as what (Article 11). */
  const exported = async (actor: Actor, id: string, format: 'xlsx' | 'docx') => {
    const edition = await readEdition(deps, actor, id);
    const { caseId, number } = edition.row;
    await recordAudit(deps.pool, {
      act: 'edition.exported',
      actorId: actor.personId,
      codes: { caseId, ...(number === null ? {} : { number }), format },
    });
    return { edition, name: `list-${number ?? 'draft'}.${format}` };
  };

  on(routes.workbook, async ({ actor, params, response }) => {
    const { edition, name } = await exported(actor, params.id, 'xlsx');
    response.attachment(name).send(await editionWorkbook(edition));
    return undefined;
  });

  on(routes.notice, async ({ actor, params, response }) => {
    const { edition, name } = await exported(actor, params.id, 'docx');
    response.attachment(name).send(await editionNotice(edition));
    return undefined;
  });

  on(routes.edition, async ({ actor, params }) => editionView(deps, actor, await readEdition(deps, actor, params.id)));
}
