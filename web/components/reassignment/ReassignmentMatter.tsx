import { Link } from 'react-router';
import type { CaseView } from '../../../api/contract/cases.ts';
import type { ReassignmentMatter as Matter } from '../../../api/contract/reassignments.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Facts } from '../Facts.tsx';
import { HandoverItems } from './HandoverItems.tsx';

type Props = { readonly value: CaseView; readonly matter: Matter };

/** Whom a reassignment replaces and why, account by account who held it and who is to hold it, and how far the handover is. */
export default function ReassignmentMatter({ value, matter }: Props) {
  const { t, named, called } = useWords();
  const { form, items } = matter;
  const nobody = matter.replaces === 'coHolding' ? 'reassignment.noSuccessor' : 'reassignment.notNamed';
  return (
    <>
      <section className="panel stack agenda" aria-label={t('reassignment.matter')}>
        <h2>
          {t('reassignment.matter')} <ArticleTag article={matter.ground === 'personnel' ? '4.3' : '7.3'} />
        </h2>
        <Facts
          rows={[
            { label: t('reassignment.whom'), value: named('rea.of', matter.replaces) },
            {
              label: t('reassignment.ground'),
              value: <span className="chip brand">{named('rea.ground', matter.ground)}</span>,
            },
            { label: t('reassignment.unit'), value: called(matter.unit) },
            { label: t('reassignment.newUnit'), value: matter.newUnit && called(matter.newUnit) },
            ...groundRows(form, t, named),
          ]}
        />
        <ul className="cards" aria-label={t('reassignment.accounts')}>
          {matter.accounts.map((account) => (
            <li key={account.id} className="holder-change">
              <div className="row">
                <Link to={`/accounts/${account.id}`}>{account.client}</Link>
                <span className="small soft figure">{account.archiveNo}</span>
                <span className={account.state === 'vacant' ? 'chip amber' : 'chip green'}>
                  {named('acc', account.state)}
                </span>
              </div>
              <div className="row">
                <span className={account.since ? 'soft' : ''}>
                  {account.manager ? called(account.manager) : t('reassignment.vacant')}
                </span>
                <span aria-hidden>→</span>
                <strong>{account.nominee ? called(account.nominee) : t(nobody)}</strong>
                {account.since && (
                  <span className="small soft">{t('reassignment.since', { at: momentText(account.since) })}</span>
                )}
              </div>
            </li>
          ))}
        </ul>
      </section>
      {items.length > 0 && !value.myTaskIds.some((id) => isHandover(value, id)) && (
        <section className="panel stack" aria-label={t('field.items')}>
          <h2>{t('field.items')}</h2>
          <HandoverItems matter={matter} items={items} />
        </section>
      )}
    </>
  );
}

const isHandover = ({ holders }: CaseView, taskId: string): boolean =>
  holders.some((holder) => holder.taskId === taskId && ['handOver', 'takeOver'].includes(holder.kind));

/** What was brought forward, by its ground. */
function groundRows(
  form: Matter['form'],
  t: ReturnType<typeof useWords>['t'],
  named: ReturnType<typeof useWords>['named'],
) {
  switch (form.ground) {
    case 'incompetent':
      return [
        { label: t('reassignment.findings'), value: form.findings, wide: true },
        { label: t('reassignment.measures'), value: form.measures, wide: true },
      ];
    case 'clientRequest':
      return [
        { label: t('reassignment.requestedBy'), value: form.requestedBy },
        { label: t('reassignment.requestedOn'), value: form.requestedOn },
        { label: t('reassignment.request'), value: form.request, wide: true },
      ];
    case 'conflictOfInterest':
      return [
        { label: t('reassignment.between'), value: form.between },
        { label: t('reassignment.interest'), value: form.interest, wide: true },
      ];
    case 'personnel':
      return [
        { label: t('reassignment.adjustment'), value: named('rea.adjustment', form.adjustment) },
        { label: t('reassignment.effectiveOn'), value: form.effectiveOn },
        { label: t('reassignment.document'), value: form.document },
        { label: t('reassignment.note'), value: form.note, wide: true },
      ];
  }
}
