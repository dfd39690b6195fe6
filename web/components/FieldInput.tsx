import { Input, InputNumber } from 'antd';
import { lazy } from 'react';
import { planResults } from '../../domain/plan.ts';
import type { Field } from '../answers.ts';
import { useWords } from '../words.ts';
import { BuilderSelect } from './BuilderSelect.tsx';
import { Choices } from './Choices.tsx';
import { DepartmentsSelect } from './DepartmentsSelect.tsx';
import { FileInput } from './FileInput.tsx';
import { PersonSelect, PersonsSelect } from './PersonSelect.tsx';
import { ReviewOptionInput } from './review/ReviewOptionInput.tsx';
import { ScoresInput } from './ScoresInput.tsx';
import { VoteInput } from './VoteInput.tsx';

const RecordingSheet = lazy(() => import('./RecordingSheet.tsx'));
const SuccessorsInput = lazy(() => import('./reassignment/SuccessorsInput.tsx'));
const PlanInput = lazy(() => import('./plan/PlanInput.tsx'));
const MeasuresInput = lazy(() => import('./plan/MeasuresInput.tsx'));
const SubstitutesInput = lazy(() => import('./SubstitutesInput.tsx'));

/** What an input may need to know of the matter it is for. */
export type FieldContext = { readonly caseId: string; readonly unitId: string; readonly ballotId: string | null };

/** What the form hands to an input. Values are typed by the field's kind, not by the form. */
type Controlled = { readonly id?: string; readonly value?: never; readonly onChange?: (value: unknown) => void };

/** The input of one field, by its kind. */
export function FieldInput({
  field,
  context,
  ...control
}: { readonly field: Field; readonly context: FieldContext } & Controlled) {
  const { t, named } = useWords();
  switch (field.kind) {
    case 'line':
      return <Input maxLength={200} {...control} />;
    case 'text':
    case 'departure':
    case 'departureFromGrade':
      return <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={2000} {...control} />;
    case 'person':
      return <PersonSelect {...control} />;
    case 'persons':
      return <PersonsSelect {...control} />;
    case 'evaluators':
      return <PersonsSelect outsideUnit={context.unitId} {...control} />;
    case 'manager':
      return <PersonSelect filter={{ unitId: context.unitId }} {...control} />;
    case 'departments':
      return <DepartmentsSelect {...control} />;
    case 'scores':
      return <ScoresInput {...control} />;
    case 'choice':
      return <VoteInput label={t(field.label)} context={context} {...control} />;
    case 'agrees':
      return (
        <Choices
          label={t(field.label)}
          options={[
            [true, t('field.agree')],
            [false, t('field.disagree')],
          ]}
          {...control}
        />
      );
    case 'higherDecision':
      return (
        <Choices
          label={t(field.label)}
          options={[
            ['passed', t('outcome.passed')],
            ['failed', t('outcome.failed')],
          ]}
          {...control}
        />
      );
    case 'endState':
      return (
        <Choices
          label={t(field.label)}
          options={[
            ['withdrawn', t('rec.withdrawn')],
            ['lapsed', t('rec.lapsed')],
          ]}
          {...control}
        />
      );
    case 'planResult':
      return (
        <Choices
          label={t(field.label)}
          options={planResults.map((result) => [result, named('planResult', result)])}
          {...control}
        />
      );
    case 'reviewOption':
      return <ReviewOptionInput label={t(field.label)} caseId={context.caseId} {...control} />;
    case 'secrecyLevel':
      return (
        <Choices
          label={t(field.label)}
          options={(['普通商密', '核心商密'] as const).map((level) => [level, named('secrecy', level)])}
          {...control}
        />
      );
    case 'plan':
      return <PlanInput {...control} />;
    case 'measures':
      return <MeasuresInput {...control} />;
    case 'day':
    case 'lastDay':
      return <Input type="date" {...control} />;
    case 'days':
      return <InputNumber min={1} max={60} precision={0} style={{ width: '100%' }} {...control} />;
    case 'minutes':
      return <FileInput caseId={context.caseId} purpose="minutes" add={t('file.addMinutes')} {...control} />;
    case 'evidence':
      return <FileInput caseId={context.caseId} purpose="evidence" add={t('file.addEvidence')} {...control} />;
    case 'builder':
      return <BuilderSelect {...control} />;
    case 'recording':
      return <RecordingSheet caseId={context.caseId} ballotId={context.ballotId} {...control} />;
    case 'successors':
      return <SuccessorsInput caseId={context.caseId} unitId={context.unitId} {...control} />;
    case 'substitutes':
      return <SubstitutesInput caseId={context.caseId} {...control} />;
  }
}
