import { Checkbox, Form, Input, Select } from 'antd';
import type { DraftForm } from '../../../api/contract/recommendationForm.ts';
import { checkUscc } from '../../../domain/uscc.ts';
import { useGradeLines } from '../../api/policy.ts';
import { expectedFen } from '../../draftForm.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { GradeLine } from '../GradeLine.tsx';
import { RegionPicker } from '../RegionPicker.tsx';
import { Entries } from './Entries.tsx';
import { Item } from './Item.tsx';
import { ResponsibleUnit } from './ResponsibleUnit.tsx';

const stages = ['past', 'building', 'upcoming'] as const;

/** The projects (Article 10), and the grade their sum gives (Article 12): only upcoming ones can count. */
export function ProjectsSection() {
  const { t, named } = useWords();
  const form = Form.useFormInstance<DraftForm>();
  const all = Form.useWatch([], form) as DraftForm | undefined;
  const employers = [all?.client, ...(all?.client?.members ?? [])].flatMap((entity) => {
    const code = checkUscc(entity?.uscc ?? '');
    return code.ok ? [{ value: code.code, label: entity?.name ?? code.code }] : [];
  });
  return (
    <>
      <div className="entry" style={{ paddingBottom: 12 }}>
        <h3 style={{ marginBottom: 8 }}>{t('f.expectedSubsequentYuan')}</h3>
        <GradeLine fen={expectedFen(all ?? {})} lines={useGradeLines()} />
      </div>
      <Entries name="projects" noun={t('form.project')} initial={{ stage: 'upcoming', countsTowardGrade: true }}>
        {(index) => (
          <>
            <Item name={[index, 'name']} word="f.projects.name">
              <Input maxLength={200} />
            </Item>
            <Item name={[index, 'stage']} word="f.projects.stage">
              <Select
                options={stages.map((stage) => ({ value: stage, label: named('stage', stage) }))}
                onChange={(stage) => form.setFieldValue(['projects', index, 'countsTowardGrade'], stage === 'upcoming')}
              />
            </Item>
            <Item name={[index, 'amountYuan']} word="f.projects.amountYuan">
              <AmountInput />
            </Item>
            <Item name={[index, 'countsTowardGrade']} word="f.projects.countsTowardGrade" valuePropName="checked">
              <Checkbox disabled={all?.projects?.[index]?.stage !== 'upcoming'}>{t('form.counts')}</Checkbox>
            </Item>
            <Item name={[index, 'regionCode']} word="f.projects.regionCode">
              <RegionPicker />
            </Item>
            <ResponsibleUnit index={index} />
            <Item name={[index, 'employer']} word="f.projects.employer">
              <Select allowClear options={employers} placeholder={t('form.employerHint')} />
            </Item>
            {all?.projects?.[index]?.stage === 'upcoming' ? (
              <Item name={[index, 'expectedTender']} word="f.projects.expectedTender">
                <Input type="month" />
              </Item>
            ) : (
              <Item name={[index, 'contractedOn']} word="f.projects.contractedOn">
                <Input type="date" />
              </Item>
            )}
            <Item name={[index, 'contractForm']} word="f.projects.contractForm">
              <Input maxLength={200} />
            </Item>
            <Item name={[index, 'bidding']} word="f.projects.bidding">
              <Input maxLength={200} />
            </Item>
          </>
        )}
      </Entries>
    </>
  );
}
