/** Measures as they are being written. */
export type MeasureDraft = { readonly text?: string; readonly ownerId?: string; readonly dueOn?: string };

export type PlanDraft = { readonly aim?: string; readonly measures?: readonly MeasureDraft[] };

/** Whether every measure says what, by whom and until when. */
export const measuresComplete = (measures: unknown): boolean =>
  Array.isArray(measures) &&
  measures.length > 0 &&
  (measures as MeasureDraft[]).every(({ text, ownerId, dueOn }) => text?.trim() && ownerId && dueOn);

export const planComplete = (plan: unknown): boolean => {
  const { aim, measures } = (plan ?? {}) as PlanDraft;
  return Boolean(aim?.trim()) && measuresComplete(measures);
};
