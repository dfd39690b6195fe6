import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AccountProjects, ContractTotals } from '../../../api/contract/projects.ts';
import { projectStates } from '../../../domain/project.ts';
import { download } from '../../api/call.ts';
import { useOne } from '../../api/list.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { saveBlob } from '../../files.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { ProjectCard } from '../project/ProjectCard.tsx';
import { ProjectForm } from '../project/ProjectForm.tsx';
import { TotalsPicture } from '../project/TotalsPicture.tsx';
import '../../styles/projects.css';
import type { SectionProps } from './sections.ts';

/** The projects of an account by their states (Article 9), and what their contracts add up to (Article 12). */
export default function ProjectsSection({ account }: SectionProps) {
  const { t, named } = useWords();
  const navigate = useNavigate();
  const [isEntering, setEntering] = useState(false);
  const key = ['account', account.id];
  const projects = useOne<AccountProjects>([...key, 'projects'], `/accounts/${account.id}/projects`);
  const totals = useOne<ContractTotals>([...key, 'totals'], `/accounts/${account.id}/contract-totals`);
  const groups = (all: AccountProjects['projects']) => [
    ...projectStates.map((state) => ({
      key: state,
      title: named('stage', state),
      items: all.filter((each) => each.form.state === state && !each.cancelled),
    })),
    { key: 'cancelled', title: t('project.cancelled'), items: all.filter(({ cancelled }) => cancelled) },
  ];
  return (
    <>
      <section className="panel stack" aria-label={t('totals.title')}>
        <h2>
          {t('totals.title')} <ArticleTag article="12" />
        </h2>
        <Loaded query={totals}>{(value) => <TotalsPicture totals={value} />}</Loaded>
      </section>
      <section className="panel stack" aria-label={t('project.title')}>
        <Loaded query={projects}>
          {(value) => (
            <>
              <div className="row section-head">
                <h2>
                  {t('project.title')} <ArticleTag article="9" />
                </h2>
                <span className="row">
                  {value.projects.length > 0 && <Export accountId={account.id} archiveNo={account.archiveNo} />}
                  {value.mayKeep && (
                    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEntering(true)}>
                      {t('project.enter')}
                    </Button>
                  )}
                </span>
              </div>
              {value.projects.length === 0 && <p className="soft">{t('project.empty')}</p>}
              {groups(value.projects)
                .filter(({ items }) => items.length > 0)
                .map((group) => (
                  <section key={group.key} className="stack" aria-label={group.title}>
                    <h3>
                      {group.title} <span className="soft figure">{group.items.length}</span>
                    </h3>
                    <ul className="cards">
                      {group.items.map((project) => (
                        <ProjectCard key={project.id} project={project} />
                      ))}
                    </ul>
                  </section>
                ))}
              {isEntering && (
                <ProjectForm
                  accountId={account.id}
                  entities={value.entities}
                  leadUnit={value.leadUnit}
                  onClose={() => setEntering(false)}
                  onEntered={(id) => navigate(`/projects/${id}`)}
                />
              )}
            </>
          )}
        </Loaded>
      </section>
    </>
  );
}

/** The projects as a workbook. */
function Export({ accountId, archiveNo }: { readonly accountId: string; readonly archiveNo: string }) {
  const { t } = useWords();
  const [state, setState] = useState<'idle' | 'busy' | Problem>('idle');
  const save = async () => {
    setState('busy');
    try {
      saveBlob(`${archiveNo}.xlsx`, await download(`/accounts/${accountId}/projects/export`, {}));
      setState('idle');
    } catch (error) {
      setState(asProblem(error));
    }
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} loading={state === 'busy'} onClick={() => void save()}>
        {t('project.export')}
      </Button>
      <ProblemNotice error={typeof state === 'string' ? null : state} />
    </>
  );
}
