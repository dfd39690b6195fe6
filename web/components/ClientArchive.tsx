import { Button, Form, Select } from 'antd';
import type { ClientArchive as Archive } from '../../api/contract/clients.ts';
import { archiveFields, archiveParts, isGiven, valueAt } from '../../domain/archive.ts';
import { useAct } from '../api/act.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { regionText } from './regionText.ts';
import { Sheet } from './Sheet.tsx';
import { isToldAtLength } from './yearlyReport/fields.ts';
import { ReportValue } from './yearlyReport/ReportValue.tsx';

const purposes = ['visit', 'marketing', 'review', 'entry', 'inspection'] as const;

/** Contacts, key persons and credit data: shown once one has said what for, and that is on record. */
export function ClientArchive({ clientId, mayRead }: { readonly clientId: string; readonly mayRead: boolean }) {
  const { t, named } = useWords();
  const read = useAct<Archive>();
  return (
    <section className="panel stack" aria-label={t('archive.title')}>
      <div className="row">
        <h2>{t('archive.title')}</h2>
        <ArticleTag article="9" />
        <ArticleTag article="11" />
      </div>
      {!mayRead && <p className="soft">{t('archive.notYours')}</p>}
      {mayRead && !read.data && (
        <>
          <p className="soft">{t('archive.about')}</p>
          <Form
            name="archive"
            layout="inline"
            onFinish={(body) => read.mutate({ method: 'POST', path: `/clients/${clientId}/archive`, body })}
          >
            <Form.Item
              name="purpose"
              label={t('archive.purpose')}
              rules={[{ required: true, message: t('form.required') }]}
            >
              <Select
                style={{ minWidth: 180 }}
                options={purposes.map((purpose) => ({ value: purpose, label: named('archive.purpose', purpose) }))}
              />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={read.isPending}>
              {t('archive.open')}
            </Button>
          </Form>
        </>
      )}
      <ProblemNotice error={read.error} />
      {read.data && <Contents archive={read.data.value} />}
    </section>
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** By the parts of a yearly report (Article 10.3): what a report says is read here under the same words. What nobody has given yet is left out. */
function Contents({ archive }: { readonly archive: Archive }) {
  const { t, named, language } = useWords();
  const { projects } = archive;
  const given = archiveParts
    .map((part) => ({ part, paths: archiveFields[part].filter((path) => isGiven(valueAt(archive, path))) }))
    .filter(({ part, paths }) => paths.length > 0 || (part === 'projects' && projects.length > 0));
  if (given.length === 0) return <p className="soft">{t('archive.empty')}</p>;
  return given.map(({ part, paths }) => (
    <section key={part} className="stack" aria-label={t(`report.part.${part}`)}>
      <h3>{t(`report.part.${part}`)}</h3>
      <Facts
        rows={paths.map((path) => ({
          label: named('f', path),
          value: <ReportValue path={path} value={valueAt(archive, path)} />,
          wide: isToldAtLength(path),
        }))}
      />
      {part === 'projects' && projects.length > 0 && (
        <Sheet
          caption={t('f.projects')}
          rows={projects.map((project, index) => ({ project, key: index }))}
          rowKey={({ key }) => key}
          columns={[
            { title: t('f.projects.name'), cell: ({ project }) => text(project.name) },
            { title: t('f.projects.stage'), cell: ({ project }) => named('stage', text(project.stage)) },
            { title: t('f.projects.regionCode'), cell: ({ project }) => regionText(text(project.regionCode)) },
            {
              title: t('f.projects.amountYuan'),
              cell: ({ project }) => (project.amountYuan ? amountText(text(project.amountYuan), language) : '—'),
              number: true,
            },
          ]}
        />
      )}
    </section>
  ));
}
