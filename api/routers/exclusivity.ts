import { codeKey, keyHash, nameKey } from '../../cases/entityKeys.ts';
import { checkClient } from '../../cases/exclusivityChecks.ts';
import { answerNearMatch, askAboutNearMatch, judgeNearMatch } from '../../cases/nearMatches.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { DomainError } from '../../domain/errors.ts';
import { checkUscc } from '../../domain/uscc.ts';
import type { ExclusivityCheck } from '../../prisma/generated/client.ts';
import { exclusivityRoutes as routes } from '../contract/exclusivity.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { checkView, mayReadReceipt, nearMatchPage, receiptViews, type Told, told } from '../views/exclusivityViews.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';

/** How many days back unusual asking is shown. */
const WATCHED_DAYS = 90;

/** 专属核查 (7.3): checks with their receipts, and names that a person of the office judges. */
export function mountExclusivity({ on, limits }: Routing, deps: ApiDeps): void {
  const { prisma, pool } = deps;

  on(
    routes.ask,
    async ({ actor, body, key }) => {
      const act = { personId: actor.personId, target: 'exclusivity-checks', key, body };
      const answer = await once<Told>(deps, act, async (keep) =>
        told(
          await checkClient(deps, actor, body, { receipt: true, keep: (client, given) => keep(client, told(given)) }),
        ),
      );
      const row = await prisma.exclusivityCheck.findUniqueOrThrow({ where: { id: answer.checkId } });
      const [receipt] = await receiptViews(deps, [row]);
      if (!receipt) throw new DomainError('notFound');
      return { receipt, answer: await checkView(deps, answer) };
    },
    limits.clientCheck,
  );

  on(routes.own, async ({ actor, query }) => {
    const after = keyOf(query.cursor, 'number');
    const rows = await prisma.exclusivityCheck.findMany({
      where: { personId: actor.personId, receiptNo: { not: null, ...(after ? { lt: after[0] } : {}) } },
      orderBy: { receiptNo: 'desc' },
      take: query.limit + 1,
    });
    return pageOfReceipts(deps, rows, query.limit);
  });

  on(routes.search, async ({ body }) => {
    const after = keyOf(body.cursor, 'number');
    const hash = await keyHash(deps.keys);
    const keys = body.text ? keysOf(body.text).map(hash) : null;
    const rows = await prisma.exclusivityCheck.findMany({
      where: {
        receiptNo: { not: null, ...(after ? { lt: after[0] } : {}) },
        ...(keys ? { keyHashes: { hasSome: keys } } : {}),
        ...(body.unitId ? { unitId: body.unitId } : {}),
      },
      orderBy: { receiptNo: 'desc' },
      take: body.limit + 1,
    });
    return pageOfReceipts(deps, rows, body.limit);
  });

  on(routes.verify, async ({ body }) => {
    const row = await prisma.exclusivityCheck.findUnique({ where: { receiptNo: body.receiptNo } });
    const genuine = row !== null && Buffer.from(row.hash ?? []).toString('hex') === body.hash;
    if (!genuine) return { genuine: false, at: null, unit: null, kind: null };
    const names = await loadNames(prisma, { units: [row.unitId] });
    return { genuine, at: timeOf(row.at), unit: names.unit(row.unitId), kind: row.kind as 'asked' | 'submitted' };
  });

  on(routes.watch, async () => {
    const { values } = await currentPolicy(pool);
    const { rows } = await pool.query<{
      personId: string;
      unitId: string;
      day: string;
      different: number;
      near: number;
    }>(
      `SELECT person_id AS "personId", min(unit_id) AS "unitId", (at AT TIME ZONE 'Asia/Shanghai')::date::text AS day,
         count(DISTINCT key_hashes)::int AS different, count(DISTINCT key_hashes) FILTER (WHERE outcome = 'near')::int AS near
       FROM exclusivity_checks WHERE kind <> 'submitted' AND at > now() - make_interval(days => $1) GROUP BY 1, 3
       HAVING count(DISTINCT key_hashes) >= $2 OR count(DISTINCT key_hashes) FILTER (WHERE outcome = 'near') >= $3
       ORDER BY 3 DESC, different DESC LIMIT 200`,
      [WATCHED_DAYS, values.checkAlarmNames, values.checkAlarmNear],
    );
    const names = await loadNames(prisma, {
      persons: rows.map((row) => row.personId),
      units: rows.map((row) => row.unitId),
    });
    return whole(
      rows.map(({ personId, unitId, ...counted }) => ({
        person: names.person(personId),
        unit: names.unit(unitId),
        ...counted,
      })),
    );
  });

  on(routes.receipt, async ({ actor, params }) => {
    const row = await prisma.exclusivityCheck.findUnique({ where: { id: params.id } });
    if (!row || row.receiptNo === null || !mayReadReceipt(actor, row)) throw new DomainError('notFound');
    const [receipt] = await receiptViews(deps, [row]);
    return receipt;
  });

  on(routes.nearMatches, async ({ actor, query }) => nearMatchPage(deps, actor, query));

  on(routes.judge, async ({ actor, params, body, key }) =>
    doneOnce(deps, { personId: actor.personId, target: `near:${params.id}:verdict`, key, body }, (keep) =>
      judgeNearMatch(deps, actor, params.id, body, keep),
    ),
  );

  on(routes.question, async ({ actor, params, body, key }) =>
    doneOnce(deps, { personId: actor.personId, target: `near:${params.id}:question`, key, body }, (keep) =>
      askAboutNearMatch(deps, actor, params.id, body.question, keep),
    ),
  );

  on(routes.word, async ({ actor, params, body, key }) =>
    doneOnce(deps, { personId: actor.personId, target: `near:${params.id}:word`, key, body }, (keep) =>
      answerNearMatch(deps, actor, params.id, body.word, keep),
    ),
  );
}

/** A code where it is one, a name all the same. */
function keysOf(text: string): string[] {
  const code = checkUscc(text);
  return [...(code.ok ? [codeKey(code.code)] : []), nameKey(text)];
}

async function pageOfReceipts(deps: ApiDeps, rows: readonly ExclusivityCheck[], limit: number) {
  const page = pageOf(rows, limit, (row) => [Number(row.receiptNo)]);
  return { items: await receiptViews(deps, page.items), nextCursor: page.nextCursor };
}
