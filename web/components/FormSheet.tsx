import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { type FactRow, Facts } from './Facts.tsx';
import { regionText } from './regionText.ts';
import { Sheet } from './Sheet.tsx';

/** The whole recommendation form, to be read. */
export function FormSheet({ form }: { readonly form: DraftForm }) {
  const { t, named, language } = useWords();
  const client = form.client ?? {};
  const amount = (yuan: string | undefined) => (yuan ? amountText(yuan, language) : undefined);
  const joined = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ');
  const rows: readonly FactRow[] = [
    { label: t('f.client.name'), value: client.name },
    { label: t('f.client.shortName'), value: client.shortName },
    { label: t('f.client.uscc'), value: client.uscc },
    { label: t('f.client.formerNames'), value: client.formerNames?.join(t('list.comma')) },
    { label: t('f.client.nature'), value: client.nature },
    { label: t('f.client.industry'), value: client.industry },
    { label: t('f.client.size'), value: client.size },
    { label: t('f.client.registeredCapitalYuan'), value: amount(client.registeredCapitalYuan) },
    { label: t('f.client.territory'), value: client.territory?.map(regionText).join(t('list.comma')) },
    { label: t('f.client.mainProducts'), value: client.mainProducts, wide: true },
    { label: t('f.client.reputation'), value: client.reputation, wide: true },
    {
      label: t('form.assets'),
      value: joined([
        client.assets?.asOf,
        amount(client.assets?.totalAssetsYuan),
        amount(client.assets?.netAssetsYuan),
        client.assets?.debtRatioPct && `${client.assets.debtRatioPct}%`,
        client.assets?.source,
      ]),
      wide: true,
    },
    {
      label: t('form.shareholders'),
      value: client.shareholders?.map((each) => `${each.name ?? ''} ${each.sharePct ?? ''}%`).join(t('list.comma')),
      wide: true,
    },
    {
      label: t('form.contact'),
      value: joined([client.contact?.address, client.contact?.postcode, client.contact?.phone, client.contact?.email]),
      wide: true,
    },
    {
      label: t('form.keyPersons'),
      value: form.keyPersons
        ?.map((each) => joined([each.post, each.role && named('keyPerson', each.role), each.phone]))
        .join('\n'),
      wide: true,
    },
    { label: t('form.intent'), value: joined([form.intent?.kind, form.intent?.number, form.intent?.date]), wide: true },
    {
      label: t('form.unitDecision'),
      value: joined([form.unitDecision?.minutes, form.unitDecision?.date, form.unitDecision?.endorsedBy]),
      wide: true,
    },
    { label: t('f.conflictDeclaration'), value: form.conflictDeclaration, wide: true },
    {
      label: t('form.secrecy'),
      value: joined([form.secrecy?.level && named('secrecy', form.secrecy.level), form.secrecy?.term]),
    },
  ];
  return (
    <section className="panel stack" aria-label={t('form.title')}>
      <h2>{t('form.title')}</h2>
      <h3>{t('form.projects')}</h3>
      <Sheet
        caption={t('form.projects')}
        rows={form.projects ?? []}
        rowKey={(project) => `${project.name}-${project.stage}-${project.amountYuan}`}
        columns={[
          { title: t('f.projects.name'), cell: (project) => project.name },
          { title: t('f.projects.stage'), cell: (project) => project.stage && named('stage', project.stage) },
          {
            title: t('f.projects.regionCode'),
            cell: (project) => project.regionCode && regionText(project.regionCode),
          },
          { title: t('f.projects.amountYuan'), cell: (project) => amount(project.amountYuan), number: true },
          {
            title: t('f.projects.countsTowardGrade'),
            cell: (project) => t(project.countsTowardGrade ? 'word.yes' : 'word.no'),
          },
        ]}
      />
      <details>
        <summary>{t('form.client')}</summary>
        <Facts rows={rows} />
        {client.members && client.members.length > 0 && (
          <>
            <h3>{t('form.members')}</h3>
            <Sheet
              caption={t('form.members')}
              rows={client.members}
              rowKey={(member) => `${member.uscc}-${member.name}`}
              columns={[
                { title: t('f.client.members.name'), cell: (member) => member.name },
                { title: t('f.client.members.uscc'), cell: (member) => member.uscc },
                { title: t('f.client.members.relation'), cell: (member) => member.relation },
              ]}
            />
          </>
        )}
      </details>
    </section>
  );
}
