import { Alert, Button, Form, Input, Upload } from 'antd';
import { useState } from 'react';
import type { CalendarEffects } from '../../../api/contract/calendars.ts';
import { type HolidayCalendar, isDay, parseCalendar, withCompanyDaysOff } from '../../../domain/calendar.ts';
import { useAct } from '../../api/act.ts';
import { dueText } from '../../format.ts';
import { useWords, type Words } from '../../words.ts';
import { PageTabs, usePageTab } from '../PageTabs.tsx';
import { ReviewDialog } from '../ReviewDialog.tsx';
import { differences } from './differences.ts';

type Values = { readonly text?: string; readonly days?: string; readonly version: string; readonly source: string };
type Import = { readonly calendar: HolidayCalendar; readonly source: string };

const ways = ['published', 'company'] as const;

/** A calendar comes in: read, checked, compared with the one in force; what it changes is shown before it is imported. */
export function CalendarImport({
  current,
  known,
}: {
  readonly current: HolidayCalendar;
  readonly known: readonly string[];
}) {
  const words = useWords();
  const { t } = words;
  const way = usePageTab('import', ways);
  const [form] = Form.useForm<Values>();
  const [review, setReview] = useState<Import | null>(null);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const effects = useAct<CalendarEffects>();
  const act = useAct([['calendars']]);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];

  const read = (values: Values) => {
    const found = way === 'company' ? companyDays(current, values, words) : published(values, words);
    setFaults(found.faults);
    if (!found.calendar) return;
    act.reset();
    setReview({ calendar: found.calendar, source: values.source });
    effects.mutate({ method: 'POST', path: '/calendars/effects', body: { years: found.calendar.years } });
  };

  return (
    <section className="panel stack" aria-label={t('calendar.import')}>
      <h2>{t('calendar.import')}</h2>
      <PageTabs
        label={t('calendar.import')}
        param="import"
        items={ways.map((key) => ({ key, label: t(`calendar.${key}`) }))}
      />
      {faults.length > 0 && (
        <Alert
          type="error"
          role="alert"
          title={t('calendar.faults', { count: faults.length })}
          description={
            <ul className="quiet-list">
              {faults.slice(0, 20).map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          }
        />
      )}
      <Form<Values> form={form} name="calendar" layout="vertical" onFinish={read}>
        {way === 'published' ? (
          <>
            <Form.Item name="text" label={t('calendar.text')} rules={required} extra={t('calendar.textHint')}>
              <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} spellCheck={false} />
            </Form.Item>
            <Form.Item>
              <Upload
                accept=".json,application/json"
                showUploadList={false}
                beforeUpload={(file) => {
                  void file.text().then((text) => form.setFieldsValue({ text }));
                  return false;
                }}
              >
                <Button>{t('calendar.file')}</Button>
              </Upload>
            </Form.Item>
          </>
        ) : (
          <Form.Item name="days" label={t('calendar.companyDays')} rules={required} extra={t('calendar.companyHint')}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} spellCheck={false} />
          </Form.Item>
        )}
        <div className="grid">
          <Form.Item
            name="version"
            label={t('calendar.version')}
            rules={[
              ...required,
              {
                validator: (_, value?: string) =>
                  value && known.includes(value.trim())
                    ? Promise.reject(new Error(t('calendar.versionKnown')))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="source" label={t('calendar.source')} rules={required} extra={t('calendar.sourceHint')}>
            <Input maxLength={200} />
          </Form.Item>
        </div>
        <Button htmlType="submit">{t('calendar.review')}</Button>
      </Form>
      {review && (
        <ReviewDialog
          title={t('calendar.reviewTitle', { version: review.calendar.version })}
          confirm={t('calendar.import')}
          pending={act.isPending}
          error={act.error ?? effects.error}
          onClose={() => setReview(null)}
          onConfirm={() =>
            act.mutate(
              { method: 'POST', path: '/calendars', body: { ...review.calendar, source: review.source } },
              {
                onSuccess: () => {
                  setReview(null);
                  form.resetFields();
                },
              },
            )
          }
        >
          <Differences current={current} next={review.calendar} />
          <Effects effects={effects.data?.value} />
        </ReviewDialog>
      )}
    </section>
  );
}

type Found = { readonly calendar: HolidayCalendar | null; readonly faults: readonly string[] };

function published({ text = '', version }: Values, { t, named }: Words): Found {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { calendar: null, faults: [t('calendar.notJson')] };
  }
  const years = typeof given === 'object' && given !== null && 'years' in given ? given.years : given;
  const read = parseCalendar({ version, years });
  if (read.ok) return { calendar: read.calendar, faults: [] };
  return {
    calendar: null,
    faults: read.problems.map(({ path, reason }) => `${path || '—'}: ${named('calendar.reason', reason)}`),
  };
}

/** The years the company's own days off fall in, as they are in force, with those days off. */
function companyDays(current: HolidayCalendar, { days = '', version }: Values, { t }: Words): Found {
  const given = days.split(/[\s,，、;；]+/).filter(Boolean);
  const wrong = given.filter((day) => !isDay(day));
  if (wrong.length > 0 || given.length === 0)
    return { calendar: null, faults: wrong.map((day) => t('calendar.notADay', { day })) };
  const { years } = withCompanyDaysOff(current, given);
  const touched = new Set(given.map((day) => day.slice(0, 4)));
  return {
    calendar: { version, years: Object.fromEntries(Object.entries(years).filter(([year]) => touched.has(year))) },
    faults: [],
  };
}

function Differences({ current, next }: { readonly current: HolidayCalendar; readonly next: HolidayCalendar }) {
  const { t } = useWords();
  return differences(current, next).map(({ year, added, becomeOff, becomeWorked, provisional }) => (
    <div key={year}>
      <h3 className="row">
        {year}
        {added && <span className="chip brand">{t('calendar.added')}</span>}
        {provisional[0] && !provisional[1] && <span className="chip green">{t('calendar.nowPublished')}</span>}
      </h3>
      {becomeOff.length === 0 && becomeWorked.length === 0 ? (
        <p className="soft">{t('calendar.sameDays')}</p>
      ) : (
        <ul className="quiet-list">
          {becomeOff.length > 0 && (
            <li>
              {t('calendar.becomeOff', { count: becomeOff.length })}{' '}
              <span className="figure">{becomeOff.join(' ')}</span>
            </li>
          )}
          {becomeWorked.length > 0 && (
            <li>
              {t('calendar.becomeWorked', { count: becomeWorked.length })}{' '}
              <span className="figure">{becomeWorked.join(' ')}</span>
            </li>
          )}
        </ul>
      )}
    </div>
  ));
}

/** Which deadlines move: later, and never earlier. */
function Effects({ effects }: { readonly effects: CalendarEffects | undefined }) {
  const { t, named } = useWords();
  if (!effects) return null;
  if (effects.later === 0) return <p className="soft">{t('calendar.noneMoves')}</p>;
  return (
    <div>
      <p>{t('calendar.moves', { count: effects.later })}</p>
      <ul className="quiet-list small">
        {effects.tasks.map((task) => (
          <li key={`${task.caseNumber}${task.kind}${task.dueAt}`}>
            {task.caseNumber} {named('kind', task.kind)}: {dueText(task.dueAt)} → {dueText(task.becomes)}
          </li>
        ))}
      </ul>
    </div>
  );
}
