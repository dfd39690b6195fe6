/**
 * Which answers may be given to several tasks in one act 批量办理. The Measures examine and evaluate one recommendation at a time (7.1), so an act
 * on several is several decisions, each on record for its own case; and only where nothing in the answer is about one client (系统默认):
 * an endorsement or a return with words that hold for all, a day on which several matters come before the committee again. Never a vote (4.6,
 * item by item), a recusal, a score, a name, minutes, what a second person has to check, or what ends a case.
 */
const answers: Readonly<Record<string, readonly string[]>> = {
  endorse: ['endorse', 'return'],
  screen: ['return'],
  scheduleRunoff: ['schedule'],
};

/** The most tasks one act may answer: what a person can still read through before he confirms. */
export const BULK_LIMIT = 50;

/** The answers that may be given to several tasks of a kind at once; none where each is decided by itself. */
export const bulkActions = (kind: string): readonly string[] =>
  Object.hasOwn(answers, kind) ? (answers[kind] ?? []) : [];
