import type { Archive } from '../../../domain/archive.ts';
import { prune } from '../../draftForm.ts';

/** What the form holds while it is filled in. */
export type ReportDraft = {
  readonly changes?: string;
  readonly performance?: number;
  readonly cooperation?: number;
  readonly credit?: number;
  readonly outlook?: string;
  readonly archive: Archive;
};

export type FieldInputKind = 'line' | 'area' | 'amount' | 'day' | 'percent' | 'tel' | 'email';

const kinds: Readonly<Record<string, FieldInputKind>> = {
  'client.mainProducts': 'area',
  'client.reputation': 'area',
  'client.registeredCapitalYuan': 'amount',
  'client.assets.asOf': 'day',
  'client.assets.totalAssetsYuan': 'amount',
  'client.assets.netAssetsYuan': 'amount',
  'client.assets.debtRatioPct': 'percent',
  'client.contact.phone': 'tel',
  'client.contact.fax': 'tel',
  'client.contact.email': 'email',
  investmentDirection: 'area',
};

/** How a field of the archive is typed in. What is told in words has room for them. */
export const kindOf = (path: string): FieldInputKind =>
  kinds[path] ?? (/^(credit|records)\./.test(path) ? 'area' : 'line');

/** Whether a field takes the whole width where it is read: words, and lists. */
export const isToldAtLength = (path: string): boolean => kindOf(path) === 'area' || OWN_INPUT.includes(path);

/** Fields that are lists or choices, and have inputs of their own. */
export const OWN_INPUT: readonly string[] = ['client.shareholders', 'keyPersons', 'projectsConfirmed'];

export const FORM = 'yearlyReport';
export const namePath = (path: string): string[] => ['archive', ...path.split('.')];
export const inputId = (path: string): string => [FORM, ...namePath(path)].join('_');

/** The report as it is sent: nothing empty. */
export function sentReport(draft: ReportDraft): Record<string, unknown> {
  return { ...(prune(draft) as Record<string, unknown>), archive: prune(draft.archive) };
}
