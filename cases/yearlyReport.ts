import { type Archive, archiveWith, reportable } from '../domain/archive.ts';
import { reportChanges } from '../domain/reportChanges.ts';
import { type ReviewReport, reviewReportForm } from '../forms/reviewReport.ts';
import { accountRow } from './accounts.ts';
import { openForClient, sealForClient } from './clientSecrets.ts';
import { reviewOf } from './reviews.ts';
import type { CaseTransaction } from './transaction.ts';

/** The newest report of the review's manager; null where nobody has reported. */
export async function reportedIn(tx: CaseTransaction): Promise<ReviewReport | null> {
  const [fact] = await tx.sql(
    `SELECT seq, secret FROM facts WHERE case_id = $1 AND kind = 'decided' AND step = 'reporting' ORDER BY seq DESC LIMIT 1`,
    [tx.case.id],
  );
  return fact ? reviewReportForm.parse(tx.secretOf({ seq: Number(fact.seq), secret: fact.secret as Buffer })) : null;
}

/**
 * The archive becomes what was reported and endorsed, in the same transaction and on record: which fields changed, and, sealed, what stood
 * there before (Article 11: nothing is lost). A report without an archive leaves it as it is.
 */
export async function updateArchive(tx: CaseTransaction): Promise<void> {
  const report = await reportedIn(tx);
  if (!report?.archive) return;
  const { clientId } = await accountRow(tx.client, (await reviewOf(tx)).accountId);
  const [row] = await tx.sql('SELECT secret FROM clients WHERE id = $1 FOR UPDATE', [clientId]);
  const before = row?.secret
    ? await openForClient<Archive>(tx.deps, clientId, 'clients', clientId, row.secret as Buffer)
    : {};
  const after = archiveWith(before, report.archive);
  await tx.sql('UPDATE clients SET secret = $2 WHERE id = $1', [
    clientId,
    await sealForClient(tx.deps, clientId, 'clients', clientId, after),
  ]);
  const fields = reportChanges({ archive: after }, before, null).map(({ path }) => path);
  tx.fact({ kind: 'archiveUpdated', codes: { clientId, fields }, secret: { before: reportable(before) } });
}
