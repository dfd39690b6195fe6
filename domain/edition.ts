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
const compared = ['clientName', 'grade', 'managedBy', 'unitId', 'managerId'] as const;
export type ComparedField = (typeof compared)[number];

export type EditionChange =
  | { readonly accountId: string; readonly change: 'new' | 'gone' }
  | { readonly accountId: string; readonly change: 'changed'; readonly fields: readonly ComparedField[] };

/** What an edition has that the one before had not, what is gone, and what changed; struck lines do not count. */
export function changesBetween(before: readonly EditionLine[], after: readonly EditionLine[]): EditionChange[] {
  const stands = (lines: readonly EditionLine[]) =>
    new Map(lines.filter(({ struckAt }) => struckAt === null).map((line) => [line.accountId, line]));
  const was = stands(before);
  const is = stands(after);
  const gone = [...was.keys()].filter((id) => !is.has(id)).map((accountId) => ({ accountId, change: 'gone' }) as const);
  const rest = [...is.values()].flatMap((line): EditionChange[] => {
    const earlier = was.get(line.accountId);
    if (!earlier) return [{ accountId: line.accountId, change: 'new' }];
    const fields = compared.filter((field) => earlier[field] !== line[field]);
    return fields.length > 0 ? [{ accountId: line.accountId, change: 'changed', fields }] : [];
  });
  return [...rest, ...gone];
}

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
