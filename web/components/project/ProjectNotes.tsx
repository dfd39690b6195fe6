import type { ProjectView } from '../../../api/contract/projects.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';

const ofPlace = ['crossRegion', 'regionUncovered', 'regionContested'];

/** What a reader is told of a project: that it lies outside the territory, what is missing, what does not add up. */
export function ProjectNotes({ project }: { readonly project: ProjectView }) {
  const { t, called } = useWords();
  if (project.notes.length === 0) return null;
  const units = project.place.units.map(called).join(t('list.comma'));
  return (
    <ul className="project-notes" aria-label={t('project.notes')}>
      {project.notes.map((note) => (
        <li key={note} className="chip amber">
          {t(`project.note.${note}`, { units })}
          {ofPlace.includes(note) && <ArticleTag article="7.2" />}
        </li>
      ))}
    </ul>
  );
}
