import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { appendAudit } from './audit.ts';
import { violatedConstraint } from './sqlErrors.ts';

/** What every change of the organisation rests on: who enters it, the day it holds from, and the document that says so. */
export type Appointment = { readonly adminId: string; readonly on: string; readonly document: string };

export type OrganisationSubject = 'person' | 'unit' | 'seat';

/** Keeps what was changed, under which document, and what stood there before; and its audit entry, without the document's name. */
export async function recordChange(
  client: PoolClient,
  { adminId, on, document }: Appointment,
  change: {
    readonly subject: OrganisationSubject;
    readonly subjectId: string;
    readonly change: string;
    readonly codes?: Readonly<Record<string, unknown>>;
    /** Ids alone, for the audit. */
    readonly ids?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { subject, subjectId, codes = {}, ids = {} } = change;
  await client.query(
    `INSERT INTO organisation_changes (id, subject, subject_id, change, effective_on, document, codes, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newId(), subject, subjectId, change.change, on, document, JSON.stringify({ ...codes, ...ids }), adminId],
  );
  await appendAudit(client, {
    act: `${subject}.${change.change}`,
    actorId: adminId,
    codes: { [`${subject}Id`]: subjectId, on, ...ids },
  });
}

/** A change acts at once, so its day has come; one for later is entered on its day (系统默认). @throws DomainError `invalid` */
export function requireCome(on: string, field = 'on', reason = 'notYet'): void {
  if (on > localDay(Date.now())) throw new DomainError('invalid', { field, reason }, field);
}

/** A name that must be nobody else's: what the database refuses as a second one is told as `taken`. */
export async function refusingTaken<T>(fields: Readonly<Record<string, string>>, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const field = fields[violatedConstraint(error) ?? ''];
    if (field) throw new DomainError('taken', { field }, field);
    throw error;
  }
}
