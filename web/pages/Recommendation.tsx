import { Alert, Button, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { keptChanges, type Opening, openDraft } from '../api/draft.ts';
import { useMe } from '../api/me.ts';
import { useRecommendation } from '../api/recommendations.ts';
import { FormSheet } from '../components/FormSheet.tsx';
import { useFieldName } from '../components/form/fieldName.ts';
import { RecommendationForm } from '../components/form/RecommendationForm.tsx';
import { ValueText } from '../components/form/ValueText.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { useWords } from '../words.ts';

/** The form of one recommendation: to be filled in while it may be, else to be read. */
export default function Recommendation() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const found = useRecommendation(id);
  return (
    <>
      <PageHead title={t('form.title')}>
        <Link to={`/cases/${id}`}>{t('form.backToCase')}</Link>
      </PageHead>
      <Loaded query={found}>{(view) => <Opened key={view.caseId} view={view} />}</Loaded>
    </>
  );
}

/** The draft with what this device had kept of it; opened once, later readings of the same draft do not open it anew. */
function Opened({ view }: { readonly view: RecommendationView }) {
  const { t } = useWords();
  const me = useMe().data;
  const [opening, setOpening] = useState<Opening | null>(null);
  const personId = me?.person.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view it was opened with stays
  useEffect(() => {
    let wanted = true;
    if (personId) void openDraft(view, personId).then((found) => wanted && setOpening(found));
    return () => {
      wanted = false;
    };
  }, [personId]);
  if (!opening) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (view.editable && opening.view.editable)
    return <RecommendationForm opening={opening} unitName={me?.unit.name ?? ''} />;
  return (
    <>
      <Left opening={opening} onDrop={() => setOpening({ ...opening, kept: [] })} />
      <Alert type="info" showIcon title={t('form.readOnly')} style={{ marginBottom: 14 }} />
      <FormSheet form={view.form} />
    </>
  );
}

/** What was typed and not saved before the form could no longer be changed: shown, so that it is not lost unseen. */
function Left({ opening, onDrop }: { readonly opening: Opening; readonly onDrop: () => void }) {
  const { t } = useWords();
  const nameOf = useFieldName();
  const changes = keptChanges(opening.kept);
  if (changes.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 14 }}
      title={t('saving.leftOver')}
      description={
        <>
          <dl className="facts">
            {changes.map(({ path, after }) => (
              <div key={path.join('.')}>
                <dt>{nameOf(path)}</dt>
                <dd>
                  <ValueText value={after} />
                </dd>
              </div>
            ))}
          </dl>
          <Button size="small" style={{ marginTop: 8 }} onClick={() => void opening.vault.forget().then(onDrop)}>
            {t('saving.dropLeftOver')}
          </Button>
        </>
      }
    />
  );
}
