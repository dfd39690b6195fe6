import { pipeline } from 'node:stream/promises';
import type { Actor } from '../../cases/actor.ts';
import { recordAudit } from '../../cases/audit.ts';
import { importKindOf, importKinds } from '../../cases/importKinds.ts';
import {
  applyTable,
  checkAgain,
  checkTable,
  findImport,
  type ImportRow,
  mayApply,
  mayCheck,
  openTable,
  readReport,
  withdrawTable,
} from '../../cases/imports.ts';
import { DomainError } from '../../domain/errors.ts';
import { spreadsheetLimits } from '../../platform/spreadsheet.ts';
import { authenticate } from '../authentication.ts';
import { importRoutes as routes } from '../contract/imports.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../language.ts';
import { doneOnce, once } from '../once.ts';
import { parse, type Routing } from '../routing.ts';
import { readUpload } from '../upload.ts';
import { importTemplate } from '../views/importTemplate.ts';
import { importRowView, importSummaries, importView, isWarned } from '../views/importViews.ts';
import { keyOf, pageOf, whole } from '../views/pages.ts';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MOST_BYTES = 20 * 1024 * 1024;
const FILE_NAME = /^[^/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}\.(xlsx|csv)$/iu;

/** Tables that are imported: brought and checked by one person, applied by another. */
export function mountImports({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;
  const maxBytes = Math.min(MOST_BYTES, deps.config.uploadLimitBytes);
  const view = async (actor: Actor, id: string) => importView(deps, actor, await findImport(deps, id));

  on(routes.importKinds, async ({ actor }) =>
    whole(
      importKinds.map((kind) => ({
        kind: kind.kind,
        columns: kind.columns.map(({ key, zh, en, required = false, explain }) => ({
          key,
          name: { zh, en },
          required,
          explain,
        })),
        preview: [...kind.preview],
        mayCheck: mayCheck(kind, actor),
        mayApply: mayApply(kind, actor),
        maxBytes,
        maxRows: spreadsheetLimits.rows - 1,
      })),
    ),
  );

  on(routes.importTemplate, async ({ params, response }) => {
    const kind = importKindOf(params.kind);
    response
      .attachment(`${kind.kind}-template.xlsx`)
      .type(WORKBOOK)
      .send(await importTemplate(kind));
    return undefined;
  });

  on(routes.imports, async ({ query: { kind, cursor, limit } }) => {
    const after = keyOf(cursor, 'instant', 'text');
    const rows = await prisma.import.findMany({
      where: {
        AND: [
          kind ? { kind } : {},
          after ? { OR: [{ checkedAt: { lt: after[0] } }, { checkedAt: after[0], id: { lt: after[1] } }] } : {},
        ],
      },
      omit: { secret: true },
      orderBy: [{ checkedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.checkedAt.toISOString(), row.id]);
    return {
      items: await importSummaries(
        deps,
        page.items.map((row) => ({ ...row, state: row.state as ImportRow['state'] })),
      ),
      nextCursor: page.nextCursor,
    };
  });

  on(routes.bringImport, async ({ actor, key, request }) => {
    const { personId } = actor;
    return readUpload(request, async ({ fields, name, source }) => {
      const { kind } = parse(routes.bringImport.multipart, fields, request);
      const [, extension] = FILE_NAME.exec(name) ?? [];
      if (!extension) throw new DomainError('fileTypeRefused', { allowed: 'xlsx, csv' }, 'file');
      if (!mayCheck(importKindOf(kind), actor))
        throw new DomainError('forbidden', { needed: importKindOf(kind).checkers.join(', ') });
      const bytes = await gathered(source, maxBytes);
      // The file may have been long on its way.
      await authenticate(deps, request);
      const brought = { kind, fileName: name, extension: extension.toLowerCase() as 'xlsx' | 'csv', bytes };
      const body = { kind, name, bytes: bytes.toString('base64') };
      const { id } = await once<{ id: string }>(deps, { personId, target: 'imports', key, body }, (keep) =>
        checkTable(deps, deps.files, personId, brought, keep),
      );
      return view(actor, id);
    });
  });

  on(routes.import, async ({ actor, params }) => view(actor, params.id));

  on(routes.importRows, async ({ actor, params, query: { only, cursor, limit }, request }) => {
    const row = await findImport(deps, params.id);
    // Withdrawn: its rows are gone.
    if (row.secret === null) return whole([]);
    const report = await readReport(deps, row);
    const [after = 0] = keyOf(cursor, 'number') ?? [];
    if (after === 0)
      await recordAudit(deps.pool, { act: 'import.read', actorId: actor.personId, codes: { importId: row.id } });
    const wanted = report.rows.filter(
      (each) => each.row > after && (!only || (only === 'warned' ? isWarned(each) : each.verdict === only)),
    );
    const page = pageOf(wanted.slice(0, limit + 1), limit, (each) => [each.row]);
    const language = languageOf(request);
    return { items: page.items.map((each) => importRowView(each, language)), nextCursor: page.nextCursor };
  });

  on(routes.importFile, async ({ actor, params, response }) => {
    const row = await findImport(deps, params.id);
    const { fileName } = await readReport(deps, row);
    await recordAudit(deps.pool, { act: 'import.fileRead', actorId: actor.personId, codes: { importId: row.id } });
    const content = await openTable(deps, deps.files, row.id);
    response.status(200).set({
      'Content-Type': fileName.toLowerCase().endsWith('.csv') ? 'text/csv' : WORKBOOK,
      'Content-Length': String(row.size),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
    });
    await pipeline(content, response);
    return undefined;
  });

  on(routes.mapImport, async ({ actor, params: { id }, body, key }) => {
    const { personId } = actor;
    await once<{ id: string }>(deps, { personId, target: `import:${id}:mapping`, key, body }, (keep) =>
      checkAgain(deps, deps.files, personId, id, body, keep),
    );
    return view(actor, id);
  });

  on(routes.applyImport, async ({ actor, params: { id }, key }) => {
    const { personId } = actor;
    await once<{ id: string }>(deps, { personId, target: `import:${id}:application`, key, body: {} }, (keep) =>
      applyTable(deps, personId, id, keep),
    );
    return view(actor, id);
  });

  on(routes.withdrawImport, async ({ actor: { personId }, params: { id }, key }) =>
    doneOnce(deps, { personId, target: `import:${id}:withdrawal`, key, body: {} }, (keep) =>
      withdrawTable(deps, deps.files, personId, id, keep),
    ),
  );
}

/** A file that must be looked at as a whole. @throws DomainError `tooLarge` */
async function gathered(source: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > most) throw new DomainError('tooLarge', { limit: `${Math.floor(most / 1048576)} MB` }, 'file');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
