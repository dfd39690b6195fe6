import { Button, Form, Select } from 'antd';
import type { ClientArchive as Archive } from '../../api/contract/clients.ts';
import { useAct } from '../api/act.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { regionText } from './regionText.ts';
import { Sheet } from './Sheet.tsx';

const purposes = ['visit', 'marketing', 'review', 'entry', 'inspection'] as const;

type Fields = Readonly<Record<string, unknown>>;

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
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

function Contents({ archive }: { readonly archive: Archive }) {
  const { t, named, language } = useWords();
  const { client, keyPersons, projects } = archive;
  const contact = fields(client.contact);
  const row = (label: string, value: unknown, wide = false) => ({ label, value: text(value), wide });
  return (
    <>
      <Facts
        rows={[
          row(t('f.client.nature'), client.nature),
          row(t('f.client.industry'), client.industry),
          row(t('f.client.size'), client.size),
          row(t('f.client.mainProducts'), client.mainProducts, true),
          row(t('f.client.reputation'), client.reputation, true),
        ]}
      />
      <h3>{t('f.client.contact')}</h3>
      <Facts
        rows={(['address', 'postcode', 'phone', 'fax', 'email'] as const).map((name) =>
          row(t(`f.client.contact.${name}`), contact[name]),
        )}
      />
      {keyPersons.length > 0 && (
        <Sheet
          caption={t('f.keyPersons')}
          rows={keyPersons.map((person, index) => ({ person, key: index }))}
          rowKey={({ key }) => key}
          columns={[
            { title: t('f.keyPersons.post'), cell: ({ person }) => text(person.post) },
            { title: t('f.keyPersons.role'), cell: ({ person }) => named('keyPerson', text(person.role)) },
            { title: t('f.keyPersons.phone'), cell: ({ person }) => text(person.phone) || '—' },
          ]}
        />
      )}
      {projects.length > 0 && (
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
    </>
  );
}
