/** One edition of the key-account list 大客户名单 (Article 8): its lines, what is new, gone and changed, and what its hash covers. */

/** The company-level part is approved 审定, the branch-level part ratified 批准 (Article 4.6). */
export const editionParts = ['company', 'branch'] as const;
export type EditionPart = (typeof editionParts)[number];

export type EditionLine = {
  readonly accountId: string;
  readonly part: EditionPart;
  readonly ord: number;
  readonly archiveNo: string;
  readonly clientName: string;
  readonly grade: string;
  readonly managedBy: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly managerId: string | null;
  readonly managerName: string | null;
  readonly coHolders: readonly {
    readonly unitId: string;
    readonly unitName: string;
    readonly managerId: string | null;
    readonly managerName: string | null;
  }[];
  /** YYYY-MM-DD */
  readonly establishedOn: string;
  /** The case it was established by; null for one that was taken over. */
  readonly decisionCaseId: string | null;
  /** ISO 8601; null where it stands. */
  readonly struckAt: string | null;
  readonly struckWhy: StruckWhy | null;
};

/** Why a line is struck out before signing: it left the list, or cooperation ended, after the snapshot. */
export const struckReasons = ['terminated', 'delisted'] as const;
export type StruckWhy = (typeof struckReasons)[number];

/** What a reader compares from one edition to the next. */
const compared = ['clientName', 'grade', 'managedBy', 'unitId', 'managerId', 'coHolders'] as const;
export type ComparedField = (typeof compared)[number];

/** A field with what it says in the edition before and in this one: a name, or the code of a grade; empty where it says nothing. */
export type FieldChange = { readonly field: ComparedField; readonly was: string; readonly is: string };

export const changeKinds = ['new', 'changed', 'gone'] as const;

/** An account that one edition has otherwise than the one before. */
export type EditionChange = Pick<EditionLine, 'accountId' | 'part' | 'archiveNo' | 'clientName'> & {
  readonly change: (typeof changeKinds)[number];
  /** Empty unless it changed. */
  readonly fields: readonly FieldChange[];
};

/** The lines that stand; what was struck out, or is going to be, does not. */
export const standing = (lines: readonly EditionLine[]): EditionLine[] =>
  lines.filter(({ struckWhy }) => struckWhy === null);

/** The lines of a part in their order, each with its number among those that stand; a struck one has none (null). */
export function numbered(
  lines: readonly EditionLine[],
  part: EditionPart,
): { readonly line: EditionLine; readonly no: number | null }[] {
  let last = 0;
  return lines
    .filter((line) => line.part === part)
    .map((line) => ({ line, no: line.struckWhy === null ? ++last : null }));
}

/** What an edition has that the one before had not, what changed, and what is gone, in the order of the lines; struck lines do not count. */
export function changesBetween(before: readonly EditionLine[], after: readonly EditionLine[]): EditionChange[] {
  const was = new Map(standing(before).map((line) => [line.accountId, line]));
  const is = standing(after);
  const rest = is.flatMap((line): EditionChange[] => {
    const earlier = was.get(line.accountId);
    if (!earlier) return [changed(line, 'new')];
    const fields = compared
      .filter((field) => keyOf(earlier, field) !== keyOf(line, field))
      .map((field) => ({ field, was: said(earlier, field), is: said(line, field) }));
    return fields.length > 0 ? [changed(line, 'changed', fields)] : [];
  });
  const ids = new Set(is.map(({ accountId }) => accountId));
  const gone = [...was.values()].filter(({ accountId }) => !ids.has(accountId));
  return [...rest, ...gone.map((line) => changed(line, 'gone'))];
}

const changed = (
  { accountId, part, archiveNo, clientName }: EditionLine,
  change: EditionChange['change'],
  fields: readonly FieldChange[] = [],
): EditionChange => ({ accountId, part, archiveNo, clientName, change, fields });

/** Who holds it is compared by id: a person or unit that is called otherwise is the same. */
const keyOf = (line: EditionLine, field: ComparedField): string | null =>
  field === 'coHolders'
    ? JSON.stringify(line.coHolders.map(({ unitId, managerId }) => [unitId, managerId]))
    : line[field];

function said(line: EditionLine, field: ComparedField): string {
  if (field === 'unitId') return line.unitName;
  if (field === 'managerId') return line.managerName ?? '';
  return field === 'coHolders' ? coHoldersText(line) : line[field];
}

/** The co-holders of a line as one text: each unit with its manager. */
export const coHoldersText = ({ coHolders }: Pick<EditionLine, 'coHolders'>): string =>
  coHolders.map(({ unitName, managerName }) => (managerName ? `${unitName}（${managerName}）` : unitName)).join('、');

/**
 * From which day on the calendar begins the next edition (Article 8: 定期公布; how often is 系统默认): the first of the month, so many months after that
 * in which the last one was cut off. Days are YYYY-MM-DD at Asia/Shanghai.
 */
export function nextEditionOn(lastOn: string, months: number): string {
  const [year = 0, month = 1] = lastOn.split('-').map(Number);
  const at = year * 12 + (month - 1) + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

/** Whether an edition is due on a day; the first, with none before it (null), at once. */
export const isEditionDue = (lastOn: string | null, today: string, months: number): boolean =>
  lastOn === null || today >= nextEditionOn(lastOn, months);

/** What is published once and for all. */
export type PublishedEdition = {
  readonly number: number;
  readonly cutoffAt: string;
  readonly corrects: number | null;
  readonly noticeNo: string | null;
  readonly readers: string | null;
  readonly secrecyLevel: string | null;
  readonly secrecyTerm: string | null;
  readonly signedBy: string;
  readonly previousHash: string | null;
  readonly lines: readonly EditionLine[];
};

/** The text an edition's hash is taken of: every field and every line, struck ones too, in one fixed order. */
export function editionText(edition: PublishedEdition): string {
  const { number, cutoffAt, corrects, noticeNo, readers, secrecyLevel, secrecyTerm, signedBy, previousHash } = edition;
  const lines = [...edition.lines]
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
    .map((line) => [
      line.accountId,
      line.part,
      line.ord,
      line.archiveNo,
      line.clientName,
      line.grade,
      line.managedBy,
      line.unitId,
      line.unitName,
      line.managerId,
      line.managerName,
      line.coHolders.map((co) => [co.unitId, co.unitName, co.managerId, co.managerName]),
      line.establishedOn,
      line.decisionCaseId,
      line.struckAt,
      line.struckWhy,
    ]);
  const head = [number, cutoffAt, corrects, noticeNo, readers, secrecyLevel, secrecyTerm, signedBy, previousHash];
  return JSON.stringify([...head, lines]);
}
