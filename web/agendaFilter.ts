import type { AgendaItem } from '../api/contract/agenda.ts';

/** Where scores are parted, for looking through an agenda. */
export const scoreBands = ['below60', 'from60', 'from80', 'none'] as const;
export type ScoreBand = (typeof scoreBands)[number];

/** What an agenda is narrowed to. */
export type AgendaFilter = {
  readonly unitId?: string | undefined;
  readonly grade?: string | undefined;
  readonly band?: ScoreBand | undefined;
  readonly text?: string | undefined;
};

const bandOf = (score: number | null): ScoreBand => {
  if (score === null) return 'none';
  if (score >= 80) return 'from80';
  return score >= 60 ? 'from60' : 'below60';
};

export const fits =
  ({ unitId, grade, band, text }: AgendaFilter) =>
  (item: AgendaItem): boolean =>
    (unitId === undefined || item.unit.id === unitId) &&
    (grade === undefined || item.grade === grade) &&
    (band === undefined || bandOf(item.score) === band) &&
    (!text || item.account.name.toLowerCase().includes(text.toLowerCase()) || item.account.archiveNo.includes(text));
