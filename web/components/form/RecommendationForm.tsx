import { Form, Input, Radio } from 'antd';
import { type ReactNode, useEffect } from 'react';
import type { DraftForm } from '../../../api/contract/recommendationForm.ts';
import { grade } from '../../../domain/grading.ts';
import { type Opening, useDraft } from '../../api/draft.ts';
import { useGradeLines } from '../../api/policy.ts';
import { expectedFen, type Path, sentForm, shownForm } from '../../draftForm.ts';
import { useWords } from '../../words.ts';
import '../../styles/form.css';
import { ArticleTag } from '../ArticleTag.tsx';
import { Files } from '../Files.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { BasisSection } from './BasisSection.tsx';
import { ClientSection } from './ClientSection.tsx';
import { CriteriaSection } from './CriteriaSection.tsx';
import { DraftConflicts } from './DraftConflicts.tsx';
import { FormProgress, FormProgressButton } from './FormProgress.tsx';
import { Item } from './Item.tsx';
import { KeyPersonsSection } from './KeyPersonsSection.tsx';
import { ProjectsSection } from './ProjectsSection.tsx';
import { SavingNotice, SavingState } from './SavingState.tsx';
import { SubmitPanel } from './SubmitPanel.tsx';
import { fieldId, goTo } from './sections.ts';

type Props = { readonly opening: Opening; readonly unitName: string };

/** The recommendation's form: it saves itself, lists what is missing, and is submitted at its end. */
export function RecommendationForm({ opening, unitName }: Props) {
  const { t, named } = useWords();
  const [form] = Form.useForm<DraftForm>();
  const draft = useDraft(opening);
  const all = Form.useWatch([], form) as DraftForm | undefined;
  const below = grade(expectedFen(all ?? {}), useGradeLines()) === 'below';
  const { caseId } = draft.view;

  useEffect(() => {
    form.setFields(draft.faults.map(({ path, detail }) => ({ name: [...path] as never, errors: [detail] })));
  }, [form, draft.faults]);

  const go = (path: Path) => goTo(fieldId(path));
  const section = (id: string, title: string, article: string, content: ReactNode) => (
    <section className="panel stack" id={`section-${id}`} aria-label={title} tabIndex={-1}>
      <h2 className="row">
        {title} <ArticleTag article={article} />
      </h2>
      <div>{content}</div>
    </section>
  );

  return (
    <div className="form-page">
      <div>
        <SavingNotice draft={draft} />
        {draft.saving === 'refused' && <ProblemNotice error={draft.problem} />}
        {draft.conflicts.length > 0 && <DraftConflicts conflicts={draft.conflicts} onSettle={draft.settle} />}
        <Form<DraftForm>
          key={draft.generation}
          form={form}
          name="recommendation"
          layout="vertical"
          disabled={draft.conflicts.length > 0}
          preserve={false}
          initialValues={shownForm(draft.form, unitName)}
          onValuesChange={() => draft.edit(sentForm(form.getFieldsValue(true) as DraftForm))}
        >
          {section(
            'head',
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
          {section('client', t('form.client'), '10', <ClientSection known={opening.view.form.client} />)}
          {section('keyPersons', t('form.keyPersons'), '10', <KeyPersonsSection />)}
          {section('projects', t('form.projects'), '12', <ProjectsSection />)}
          {section('evaluation', t('form.criteria'), '2', <CriteriaSection caseId={caseId} />)}
          {section('basis', t('form.basis'), '7.1', <BasisSection caseId={caseId} />)}
        </Form>
        <Files caseId={caseId} mayAdd mayRemove />
        <SubmitPanel draft={draft} below={below} />
      </div>
      <FormProgress missing={draft.view.missing} onGo={go} />
      <div className="form-foot">
        <span role="status" className="row">
          <SavingState draft={draft} />
        </span>
        <FormProgressButton missing={draft.view.missing} onGo={go} />
      </div>
    </div>
  );
}
