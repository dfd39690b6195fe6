import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ProjectDetail } from '../../api/contract/projects.ts';
import { useOne } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Allocation } from '../components/project/Allocation.tsx';
import { CancelProject } from '../components/project/CancelProject.tsx';
import { Operations } from '../components/project/Operations.tsx';
import { ProjectForm } from '../components/project/ProjectForm.tsx';
import { ProjectHistory } from '../components/project/ProjectHistory.tsx';
import { ProjectNotes } from '../components/project/ProjectNotes.tsx';
import { regionText } from '../components/regionText.ts';
import { amountText } from '../format.ts';
import '../styles/projects.css';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** One project of a key account: what it is, its secondary and tertiary operations, and what became of it. */
export default function Project() {
  const { id = '' } = useParams();
  const detail = useOne<ProjectDetail>(['project', id], `/projects/${id}`);
  return <Loaded query={detail}>{(value) => <Detail value={value} />}</Loaded>;
}

function Detail({ value }: { readonly value: ProjectDetail }) {
  const { t, named, called, language } = useWords();
  const [doing, setDoing] = useState<'change' | 'cancel' | null>(null);
  const { project, account } = value;
  const { form } = project;
  const mayChange = value.mayKeep && !project.cancelled;
  const amount = (yuan: string | null) => yuan && amountText(yuan, language);
  return (
    <>
      <PageHead title={form.name}>
        <span className={`chip ${project.cancelled ? '' : 'brand'}`}>
          {project.cancelled ? t('project.cancelled') : named('stage', form.state)}
        </span>
        {mayChange && (
          <>
            <Button type="primary" icon={<EditOutlined />} onClick={() => setDoing('change')}>
              {t('project.change')}
            </Button>
            <Button onClick={() => setDoing('cancel')}>{t('project.cancel')}</Button>
          </>
        )}
      </PageHead>
      <section className="panel stack" aria-label={t('project.about')}>
        <div className="row">
          <strong className="figure project-amount">{amountText(form.amountYuan, language)}</strong>
          <span className="chip">{named('project.counts', project.counts)}</span>
          <ArticleTag article="12" />
          {project.prior && <span className="small soft">{t('project.prior')}</span>}
        </div>
        <ProjectNotes project={project} />
        <Allocation detail={value} />
        <Facts
          rows={[
            {
              label: t('word.account'),
              value: <Link to={`/accounts/${account.id}?part=projects`}>{account.client}</Link>,
            },
            { label: t('f.projects.regionCode'), value: regionText(form.regionCode) },
            { label: t('f.projects.employer'), value: project.employer?.name },
            { label: t('project.builder'), value: project.builder && called(project.builder) },
            { label: t('project.progress'), value: form.stage && named('project.stage', form.stage) },
            { label: t('f.projects.contractForm'), value: form.contractForm },
            { label: t('f.projects.bidding'), value: form.bidding },
            { label: t('f.projects.expectedTender'), value: form.expectedTender },
            { label: t('f.projects.contractedOn'), value: form.contractedOn },
            { label: t('project.plannedOn'), value: form.plannedOn },
            { label: t('project.startedOn'), value: form.startedOn },
            { label: t('project.finishedOn'), value: form.finishedOn },
            { label: t('project.receivableYuan'), value: amount(form.receivableYuan) },
            { label: t('project.receivedYuan'), value: amount(form.receivedYuan) },
            { label: t('project.outstanding'), value: amount(project.outstandingYuan) },
            { label: t('project.remark'), value: form.note, wide: true },
          ]}
        />
      </section>
      <Operations detail={value} />
      <ProjectHistory detail={value} />
      {doing === 'change' && (
        <ProjectForm
          accountId={account.id}
          entities={value.entities}
          leadUnit={null}
          project={project}
          onClose={() => setDoing(null)}
        />
      )}
      {doing === 'cancel' && <CancelProject project={project} onClose={() => setDoing(null)} />}
    </>
  );
}
