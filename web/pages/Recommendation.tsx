import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { useMe } from '../api/me.ts';
import { useRecommendation } from '../api/recommendations.ts';
import { FormSheet } from '../components/FormSheet.tsx';
import { RecommendationForm } from '../components/form/RecommendationForm.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { useWords } from '../words.ts';

/** The form of one recommendation: to be filled in while it may be, else to be read. */
export default function Recommendation() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const me = useMe().data;
  const found = useRecommendation(id);
  return (
    <>
      <PageHead title={t('form.title')}>
        <Link to={`/cases/${id}`}>{t('form.backToCase')}</Link>
      </PageHead>
      <Loaded query={found}>
        {(view) =>
          view.editable ? (
            <RecommendationForm
              key={view.caseId}
              initial={view}
              unitName={me?.unit.name ?? ''}
              onReload={() => window.location.reload()}
            />
          ) : (
            <>
              <Alert type="info" showIcon title={t('form.readOnly')} style={{ marginBottom: 14 }} />
              <FormSheet form={view.form} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
