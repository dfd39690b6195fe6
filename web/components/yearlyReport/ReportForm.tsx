import { CloudOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { YearlyReport } from '../../../api/contract/yearlyReports.ts';
import { type ArchivePart, archiveFields, archiveParts, completenessOf } from '../../../domain/archive.ts';
import { type FieldChange, ratings, reportChanges } from '../../../domain/reportChanges.ts';
import { useAct } from '../../api/act.ts';
import { afterDecision } from '../../api/cases.ts';
import { useKeptDraft } from '../../api/keptDraft.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { ArticleTag } from '../ArticleTag.tsx';
import { Choices } from '../Choices.tsx';
import { Entries } from '../form/Entries.tsx';
import { Item } from '../form/Item.tsx';
import { percentRule } from '../form/rules.ts';
import { fieldId } from '../form/sections.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { Before } from './Before.tsx';
import { FORM, inputId, kindOf, namePath, OWN_INPUT, type ReportDraft, sentReport } from './fields.ts';
import { ProjectList } from './ProjectList.tsx';
import { CompletenessButton, ReportCompleteness } from './ReportCompleteness.tsx';

/** Parts whose every field is told in words: two beside each other where there is room. */
const TOLD: readonly ArchivePart[] = ['records', 'credit'];
const roles = ['head', 'handler', 'executive', 'core'] as const;

type Props = {
  readonly caseId: string;
  readonly taskId: string;
  readonly personId: string;
  readonly value: YearlyReport;
};

/**
 * The yearly report as its manager fills it in: what is known is there already, what he changes is marked with what stood there before. What is
 * typed stays on the device until it is reported; one that was returned begins with what was reported.
 */
export function ReportForm({ caseId, taskId, personId, value }: Props) {
  const { archive, prefilled, reported, lastYear } = value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is not overwritten by what is read again
  const initial = useMemo<ReportDraft>(
    () => (reported ? { ...reported.report, archive: reported.report.archive ?? archive } : { archive: prefilled }),
    [],
  );
  const { draft, change, recovered, kept, forget } = useKeptDraft<ReportDraft>(
    personId,
    `yearlyReport:${taskId}`,
    initial,
  );
  const before = useMemo(
    () => (lastYear ? { ...lastYear.report, archive: lastYear.report.archive ?? {} } : null),
    [lastYear],
  );
  const changes = useMemo(
    () => new Map(reportChanges(draft, archive, before).map((each) => [each.path, each])),
    [draft, archive, before],
  );
  return (
    <Filled
      // What is brought back from the device takes the place of what the form began with.
      key={String(recovered)}
      caseId={caseId}
      taskId={taskId}
      value={value}
      draft={draft}
      changes={changes}
      recovered={recovered}
      kept={kept}
      onChange={change}
      onSent={forget}
    />
  );
}

type FilledProps = Omit<Props, 'personId'> & {
  readonly draft: ReportDraft;
  readonly changes: ReadonlyMap<string, FieldChange>;
  readonly recovered: boolean;
  readonly kept: boolean;
  readonly onChange: (draft: ReportDraft) => void;
  readonly onSent: () => Promise<void>;
};

function Filled({ caseId, taskId, value, draft, changes, recovered, kept, onChange, onSent }: FilledProps) {
  const { t, named } = useWords();
  const { message } = App.useApp();
  const onward = useOnward();
  const [form] = Form.useForm<ReportDraft>();
  const [started] = useState(draft);
  const completeness = completenessOf(draft.archive);
  const act = useAct(afterDecision(caseId));

  const report = () =>
    act.mutate(
      {
        method: 'POST',
        path: `/tasks/${taskId}/decisions`,
        wait: 2,
        body: { action: 'report', body: sentReport(form.getFieldsValue(true) as ReportDraft) },
      },
      {
        onSuccess: () => {
          void onSent();
          message.success(t('yearly.sent'));
          onward(`/cases/${caseId}`);
        },
      },
    );

  return (
    <Form<ReportDraft>
      form={form}
      name={FORM}
      layout="vertical"
      preserve
      scrollToFirstError={{ block: 'center', focus: true }}
      initialValues={started}
      onValuesChange={() => onChange(form.getFieldsValue(true) as ReportDraft)}
      onFinish={report}
      className="form-page"
    >
      <div>
        {recovered && (
          <Alert
            type="info"
            showIcon
            closable
            role="status"
            title={t('visit.recovered')}
            style={{ marginBottom: 14 }}
          />
        )}
        <section className="panel stack" aria-label={t('yearly.overall')}>
          <h2 className="row">
            {t('yearly.overall')} <ArticleTag article="10.3" />
          </h2>
          <div>
            <Form.Item
              name="changes"
              label={t('field.changes')}
              rules={[{ required: true, whitespace: true, message: t('form.required') }]}
            >
              <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
            </Form.Item>
            {ratings.map((name) => (
              <Form.Item
                key={name}
                name={name}
                label={<Label word={t(`f.rating.${name}`)} change={changes.get(`rating.${name}`)} />}
                rules={[{ required: true, message: t('form.required') }]}
                {...extraOf(changes.get(`rating.${name}`))}
              >
                <Choices
                  label={t(`f.rating.${name}`)}
                  size="small"
                  options={[1, 2, 3, 4, 5].map((rating) => [rating, named('rating', String(rating))])}
                />
              </Form.Item>
            ))}
            <Form.Item name="outlook" label={t('field.outlook')}>
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
            </Form.Item>
          </div>
        </section>
        {archiveParts.map((part) => (
          <section key={part} className="panel stack" aria-label={t(`report.part.${part}`)}>
            <h2 className="row">
              {t(`report.part.${part}`)} <ArticleTag article="9" />
            </h2>
            {part === 'projects' && <ProjectList accountId={value.accountId} projects={value.projects} />}
            {part === 'records' && (
              <p className="small soft">
                {t('yearly.visits')}
                {t('list.colon')}
                {t('yearly.visitsDone', { count: value.visits })}
              </p>
            )}
            <div className={TOLD.includes(part) ? 'grid report-grid told' : 'grid report-grid'}>
              {archiveFields[part]
                .filter((path) => !OWN_INPUT.includes(path))
                .map((path) => (
                  <ArchiveField
                    key={path}
                    path={path}
                    change={changes.get(path)}
                    wide={!TOLD.includes(part) && kindOf(path) === 'area'}
                  />
                ))}
            </div>
            {part === 'basics' && <Shareholders change={changes.get('client.shareholders')} />}
            {part === 'keyPersons' && <KeyPersons change={changes.get('keyPersons')} />}
            {part === 'projects' && (
              <Form.Item name={namePath('projectsConfirmed')} valuePropName="checked">
                <Checkbox>{t('yearly.confirmed')}</Checkbox>
              </Form.Item>
            )}
          </section>
        ))}
        <ProblemNotice error={act.error} />
      </div>
      <aside className="form-aside" aria-label={t('form.progress')}>
        <ReportCompleteness completeness={completeness} onGo={goTo} />
      </aside>
      <div className="form-foot">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('yearly.submit')}
        </Button>
        <span className="small soft" role="status">
          {act.error?.code === 'network' ? (
            t(kept ? 'saving.keptHere' : 'saving.keptNowhere')
          ) : kept ? (
            <>
              <CloudOutlined /> {t('visit.kept')}
            </>
          ) : null}
        </span>
        <CompletenessButton completeness={completeness} onGo={goTo} />
      </div>
    </Form>
  );
}

/** Shows a field and puts the focus into it, into the list where it is one. */
function goTo(path: string): void {
  const target = document.getElementById(inputId(path)) ?? document.getElementById(fieldId(namePath(path)));
  target?.scrollIntoView({ block: 'center' });
  const input = target?.matches('input, textarea') ? target : target?.querySelector<HTMLElement>('input, button');
  (input ?? target)?.focus({ preventScroll: true });
}

function Label({ word, change }: { readonly word: string; readonly change: FieldChange | undefined }) {
  const { t } = useWords();
  return (
    <span className="row">
      {word}
      {change && <span className="chip amber">{t('yearly.changed')}</span>}
    </span>
  );
}

/** Under a field: nothing at all where nothing changed, which would take room. */
const extraOf = (change: FieldChange | undefined) => (change ? { extra: <Before change={change} /> } : {});

const Was = ({ change }: { readonly change: FieldChange | undefined }) => (change ? <Before change={change} /> : null);

type ArchiveFieldProps = { readonly path: string; readonly change: FieldChange | undefined; readonly wide: boolean };

function ArchiveField({ path, change, wide }: ArchiveFieldProps) {
  const { named } = useWords();
  const kind = kindOf(path);
  return (
    <Form.Item
      name={namePath(path)}
      label={<Label word={named('f', path)} change={change} />}
      {...extraOf(change)}
      {...(kind === 'percent' ? { rules: [percentRule] } : {})}
      {...(wide ? { style: { gridColumn: '1 / -1' } } : {})}
    >
      {kind === 'area' ? (
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
      ) : kind === 'amount' ? (
        <AmountInput />
      ) : kind === 'day' ? (
        <Input type="date" />
      ) : kind === 'percent' ? (
        <Input inputMode="decimal" suffix="%" />
      ) : kind === 'tel' || kind === 'email' ? (
        <Input type={kind} maxLength={kind === 'tel' ? 40 : 200} />
      ) : (
        <Input maxLength={path.endsWith('postcode') ? 10 : 200} />
      )}
    </Form.Item>
  );
}

function Shareholders({ change }: { readonly change: FieldChange | undefined }) {
  const { t } = useWords();
  return (
    <>
      <h3>
        <Label word={t('form.shareholders')} change={change} />
      </h3>
      <Was change={change} />
      <Entries name={namePath('client.shareholders')} noun={t('form.shareholder')}>
        {(index) => (
          <>
            <Item name={[index, 'name']} word="f.client.shareholders.name">
              <Input maxLength={200} />
            </Item>
            <Item name={[index, 'sharePct']} word="f.client.shareholders.sharePct" rules={[percentRule]}>
              <Input inputMode="decimal" suffix="%" />
            </Item>
          </>
        )}
      </Entries>
    </>
  );
}

/** Key persons by post; sensitive particulars are not collected (暂不采集). */
function KeyPersons({ change }: { readonly change: FieldChange | undefined }) {
  const { t, named } = useWords();
  return (
    <>
      {change && <Label word={t('form.keyPersons')} change={change} />}
      <Was change={change} />
      <Entries name={namePath('keyPersons')} noun={t('form.keyPerson')}>
        {(index) => (
          <>
            <Item name={[index, 'post']} word="f.keyPersons.post">
              <Input maxLength={200} />
            </Item>
            <Item name={[index, 'role']} word="f.keyPersons.role">
              <Select options={roles.map((role) => ({ value: role, label: named('keyPerson', role) }))} />
            </Item>
            <Item name={[index, 'phone']} word="f.keyPersons.phone">
              <Input maxLength={40} type="tel" />
            </Item>
          </>
        )}
      </Entries>
    </>
  );
}
