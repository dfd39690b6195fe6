import type { AbsenceView } from '../../api/contract/absences.ts';
import { type Page, useOne } from '../api/list.ts';
import { useWords } from '../words.ts';

type Away = Pick<AbsenceView, 'person' | 'firstDay' | 'lastDay' | 'deputy'>;

/** Who is away now or soon; read once for a whole page, and seldom again. */
export function useAway(): readonly Away[] {
  return useOne<Page<Away>>(['away'], '/absences/away', 60_000).data?.items ?? [];
}

/** That a person is away, until when and who stands in: beside his name wherever one chooses him or waits for him. */
export function Absent({ personId }: { readonly personId: string }) {
  const { t, called } = useWords();
  const away = useAway().find(({ person }) => person.id === personId);
  if (!away) return null;
  const days = { from: away.firstDay.slice(5), to: away.lastDay.slice(5) };
  return (
    <span className="chip amber">
      {t('absence.chip', days)}
      {away.deputy && t('absence.standsIn', { name: called(away.deputy) })}
    </span>
  );
}
