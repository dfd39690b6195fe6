import { Link } from 'react-router';
import type { CaseView } from '../../api/contract/cases.ts';
import type { CoHolderMatter as Matter } from '../../api/contract/coHolders.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';
import { regionText } from './regionText.ts';

/** What a case about a co-holder is about (Article 7.4): what one reads before one votes. */
export default function CoHolderMatter({ value, matter }: { readonly value: CaseView; readonly matter: Matter }) {
  const { t, called, language } = useWords();
  const { unit, lead, secondManager, regionCodes, volumeYuan, nominee, coRecommended, reason, accountId } = matter;
  const ended = value.state === 'ended';
  return (
    <section className="panel stack agenda" aria-label={t('matter.title')}>
      <h2>
        {t('matter.title')} <ArticleTag article="7.4" />
      </h2>
      <Facts
        rows={[
          { label: t(ended ? 'matter.coHolder.ending' : 'matter.coHolder.unit'), value: called(unit) },
          { label: t('matter.coHolder.lead'), value: lead && called(lead) },
          {
            label: t('matter.account'),
            value: <Link to={`/accounts/${accountId}?part=coHolders`}>{value.title}</Link>,
          },
          { label: t('coHolders.volume'), value: volumeYuan && amountText(volumeYuan, language) },
          {
            label: t('coHolders.regions'),
            value: regionCodes.map(regionText).join(t('list.comma')),
            wide: true,
          },
          { label: t('matter.coHolder.nominee'), value: nominee && called(nominee) },
        ]}
      />
      {!ended && (secondManager || coRecommended) && (
        <div className="row">
          {secondManager && <span className="chip amber">{t('matter.coHolder.second')}</span>}
          {coRecommended && <span className="chip brand">{t('matter.coHolder.coRecommended')}</span>}
        </div>
      )}
      {reason && (
        <div>
          <h3>{t('coHolders.reason')}</h3>
          <p className="quote break">{reason}</p>
        </div>
      )}
    </section>
  );
}
