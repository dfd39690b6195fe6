import { Link } from 'react-router';
import type { ProjectView } from '../../../api/contract/projects.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { regionText } from '../regionText.ts';
import { ProjectNotes } from './ProjectNotes.tsx';

/** One project as a card: what and where, for how much, who builds, and what is to be told of it. */
export function ProjectCard({ project }: { readonly project: ProjectView }) {
  const { t, named, called, language } = useWords();
  const { form } = project;
  const facts = [
    regionText(form.regionCode),
    project.employer?.name,
    form.stage && named('project.stage', form.stage),
    project.builder && t('project.builtBy', { unit: called(project.builder) }),
    dayOf(project, t),
  ].filter(Boolean);
  return (
    <li className="card plain project-card">
      <div>
        <Link className="title" to={`/projects/${project.id}`}>
          {form.name}
        </Link>
        <div className="small soft">{facts.join(' · ')}</div>
        {project.outstandingYuan !== null && project.outstandingYuan !== '0.00' && (
          <div className="small">
            {t('project.outstanding')}{' '}
            <strong className="figure">{amountText(project.outstandingYuan, language)}</strong>
          </div>
        )}
        <ProjectNotes project={project} />
      </div>
      <div className="aside">
        <strong className="figure">{amountText(form.amountYuan, language)}</strong>
        <span className="small soft">{named('project.counts', project.counts)}</span>
      </div>
    </li>
  );
}

function dayOf({ form }: ProjectView, t: ReturnType<typeof useWords>['t']): string | null {
  if (form.finishedOn) return t('project.finished', { day: form.finishedOn });
  if (form.startedOn) return t('project.started', { day: form.startedOn });
  if (form.contractedOn) return t('project.contracted', { day: form.contractedOn });
  if (form.plannedOn) return t('project.planned', { day: form.plannedOn });
  return form.expectedTender && t('project.tender', { month: form.expectedTender });
}
