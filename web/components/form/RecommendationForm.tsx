import { Alert, Button, Form, Input, Radio } from 'antd';
import { type ReactNode, useEffect } from 'react';
import type { DraftForm } from '../../../api/contract/recommendationForm.ts';
import type { RecommendationView } from '../../../api/contract/recommendations.ts';
import { grade } from '../../../domain/grading.ts';
import { useDraft } from '../../api/draft.ts';
import { useGradeLines } from '../../api/policy.ts';
import { expectedFen, type Path, sentForm, shownForm } from '../../draftForm.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Files } from '../Files.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { BasisSection } from './BasisSection.tsx';
import { ClientSection } from './ClientSection.tsx';
import { CriteriaSection } from './CriteriaSection.tsx';
import { Item } from './Item.tsx';
import { KeyPersonsSection } from './KeyPersonsSection.tsx';
import { Missing } from './Missing.tsx';
import { ProjectsSection } from './ProjectsSection.tsx';
import { SubmitPanel } from './SubmitPanel.tsx';

type Props = { readonly initial: RecommendationView; readonly unitName: string; readonly onReload: () => void };

/** The recommendation's form: it saves itself, lists what is missing, and is submitted at its end. */
export function RecommendationForm({ initial, unitName, onReload }: Props) {
  const { t, named } = useWords();
  const [form] = Form.useForm<DraftForm>();
  const draft = useDraft(initial);
  const all = Form.useWatch([], form) as DraftForm | undefined;
  const below = grade(expectedFen(all ?? {}), useGradeLines()) === 'below';
  const { caseId } = initial;

  useEffect(() => {
    form.setFields(draft.faults.map(({ path, detail }) => ({ name: [...path] as never, errors: [detail] })));
  }, [form, draft.faults]);

  const go = (path: Path) => {
    const target =
      document.getElementById(['recommendation', ...path].join('_')) ?? document.getElementById(`section-${path[0]}`);
    target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    target?.focus({ preventScroll: true });
  };
  const section = (id: string, title: string, article: string, content: ReactNode) => (
    <section className="panel stack" id={`section-${id}`} aria-label={title} tabIndex={-1}>
      <h2 className="row">
        {title} <ArticleTag article={article} />
      </h2>
      <div>{content}</div>
    </section>
  );

  return (
    <>
      {draft.saving === 'conflict' && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBottom: 14 }}
          title={draft.problem?.detail}
          action={<Button onClick={onReload}>{t('form.reload')}</Button>}
        />
      )}
      {draft.saving === 'refused' && <ProblemNotice error={draft.problem} />}
      <Form<DraftForm>
        form={form}
        name="recommendation"
        layout="vertical"
        initialValues={shownForm(initial.form, unitName)}
        onValuesChange={() => draft.edit(sentForm(form.getFieldsValue(true) as DraftForm))}
      >
        {section(
          'recommendingUnit',
          t('form.head'),
          '7.1',
          <div className="grid">
            <Item name="recommendingUnit" word="f.recommendingUnit">
              <Input maxLength={200} />
            </Item>
            <Item name="proposedGrade" word="f.proposedGrade">
              <Radio.Group
                options={['company', 'branch'].map((each) => ({ value: each, label: named('grade', each) }))}
              />
            </Item>
          </div>,
        )}
        {section('client', t('form.client'), '10', <ClientSection known={initial.form.client} />)}
        {section('keyPersons', t('form.keyPersons'), '10', <KeyPersonsSection />)}
        {section('projects', t('form.projects'), '12', <ProjectsSection />)}
        {section('evaluation', t('form.criteria'), '2', <CriteriaSection caseId={caseId} />)}
        {section('intent', t('form.basis'), '7.1', <BasisSection caseId={caseId} />)}
      </Form>
      <Files caseId={caseId} mayAdd mayRemove />
      <Missing fields={draft.view.missing} onGo={go} />
      <SubmitPanel draft={draft} below={below} />
      <div className="form-foot" role="status">
        <span className={`chip ${draft.saving === 'saved' ? 'green' : 'amber'}`}>{t(`saving.${draft.saving}`)}</span>
        <span className="small soft">{t('form.savedAt', { at: momentText(draft.view.updatedAt) })}</span>
        <span className="small soft">{t('form.missing', { count: draft.view.missing.length })}</span>
      </div>
    </>
  );
}
