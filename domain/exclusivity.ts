import { canonicalJson } from './auditContent.ts';
import { coreName, nearKey, normaliseName } from './clientName.ts';

/**
 * Who develops a client comes first, and nobody else develops what is held (Article 7.1, 7.3): what a check may answer, when two names are
 * near enough for a person to look at them, what a receipt proves, and when asking becomes fishing. Pure.
 */

/** `taken`: not asked but submitted, which takes the client. */
export type CheckOutcome = 'free' | 'inProgress' | 'held' | 'near' | 'taken';

/** Why two names are near, the surest first. */
export const nearReasons = ['sameCore', 'formerName', 'shortName', 'placeMissing', 'similar'] as const;
export type NearReason = (typeof nearReasons)[number];

/** From how alike two near keys must be (pg_trgm, 0 to 1) to be shown to a person (系统默认). */
export const ALIKE = 0.6;
/** A core as short as this is too common to be known without its place: 城建, 交投. */
const COMMON_CORE = 2;

/** A name of a client that is held or in progress. */
export type KnownName = {
  readonly name: string;
  readonly kind: 'name' | 'former' | 'short';
  /** How alike its near key is to the one asked for. */
  readonly alike: number;
};

/** Why a name asked for is near a known one; null where it is not. Names that are wholly the same are no matter of nearness, but for short ones. */
export function whyNear(asked: string, known: KnownName): NearReason | null {
  const ofKind = known.kind === 'former' ? 'formerName' : known.kind === 'short' ? 'shortName' : 'sameCore';
  if (normaliseName(asked) === normaliseName(known.name) && known.kind === 'short') return 'shortName';
  if (nearKey(asked) === nearKey(known.name)) return ofKind;
  if (differOnlyByPlace(asked, known.name)) return 'placeMissing';
  return known.alike > ALIKE ? 'similar' : null;
}

/** 云澜示例置业 and 武汉云澜示例置业: one of the two does not say where it is. With two places they are two clients. */
function differOnlyByPlace(one: string, other: string): boolean {
  const core = coreName(one);
  if (core !== coreName(other) || core.length <= COMMON_CORE) return false;
  return nearKey(one) === placeless(core) || nearKey(other) === placeless(core);
}

/** The near key of a name that says no place. */
export const placeless = (core: string): string => `|${core}`;

/** What a receipt says, in the one form in which it is hashed. */
export type ReceiptContent = {
  readonly receiptNo: number;
  readonly kind: 'asked' | 'submitted';
  readonly personId: string;
  readonly unitId: string;
  readonly caseId: string | null;
  /** ISO 8601, to the millisecond. */
  readonly at: string;
  /** Keyed hashes of the code and the names. */
  readonly keyHashes: readonly string[];
  readonly outcome: CheckOutcome;
};

export const hashedReceipt = (content: ReceiptContent): string => canonicalJson(content);

/** What one person has asked on one day: how many different things, and how many of them were near misses. */
export type Asking = { readonly different: number; readonly near: number };
type AskingLines = { readonly checkAlarmNames: number; readonly checkAlarmNear: number };

/** Whether asking this often is told to the security administrator (Article 11; the lines are 系统默认). */
export const isFishing = (asking: Asking, lines: AskingLines): boolean =>
  asking.different >= lines.checkAlarmNames || asking.near >= lines.checkAlarmNear;

/** Whether a line was crossed just now: an alarm is given once for each. */
export const startsFishing = (before: Asking, after: Asking, lines: AskingLines): boolean =>
  (before.different < lines.checkAlarmNames && after.different >= lines.checkAlarmNames) ||
  (before.near < lines.checkAlarmNear && after.near >= lines.checkAlarmNear);
