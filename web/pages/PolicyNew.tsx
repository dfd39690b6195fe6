import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { PolicySummary, PolicyView } from '../../api/contract/policies.ts';
import { useAct } from '../api/act.ts';
import { useMaySetPolicy, usePolicies, usePolicy } from '../api/policy.ts';
import { asProblem } from '../api/problem.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Changes } from '../components/Changes.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Foresight } from '../components/policy/Foresight.tsx';
import { PolicyValueInput } from '../components/policy/PolicyValueInput.tsx';
import { type PolicyValue, policyGroups, policyName } from '../components/policyName.ts';
import { policyText } from '../components/policyText.ts';
import { ReviewDialog } from '../components/ReviewDialog.tsx';
import { dayText } from '../format.ts';
import { useOnward } from '../onward.ts';
import '../styles/registers.css';
import { useWords } from '../words.ts';

type Values = {
  readonly day: string;
  readonly note: string;
  readonly values: Readonly<Record<string, PolicyValue['value']>>;
};

/** A new version of the policy: every value with the control it needs, then what exactly changes, and only then it is set. */
export default function PolicyNew() {
  const { t } = useWords();
  const versions = usePolicies();
  const maySet = useMaySetPolicy();
  // The newest that stands, pending ones too: what was set meanwhile is not to be undone.
  const newest = (versions.data?.items ?? [])
    .filter(({ state }) => state !== 'withdrawn')
    .reduce((last, { version }) => Math.max(last, version), 0);
  const base = usePolicy(newest > 0 ? String(newest) : 'current');
  return (
    <>
      <PageHead title={t('policy.new')} />
      {!maySet && <p className="panel soft">{t('policy.onlyHead')}</p>}
      {maySet && newest > 0 && (
        <Loaded query={base}>
          {(value) => <Editor key={value.version} base={value} versions={versions.data?.items ?? []} />}
        </Loaded>
      )}
    </>
  );
}

function Editor({ base, versions }: { readonly base: PolicyView; readonly versions: readonly PolicySummary[] }) {
  const words = useWords();
  const { t, named } = words;
  const navigate = useNavigate();
  const onward = useOnward();
  const [form] = Form.useForm<Values>();
  const [review, setReview] = useState<Values | null>(null);
  const [previewed, setPreviewed] = useState<Values['values'] | null>(null);
  const act = useAct<{ readonly version: number }>([['policies'], ['policy']]);
  const [failure, setFailure] = useState<unknown>(null);
  const problem = failure ? asProblem(failure) : null;
  const atValue = base.values.some(({ key }) => key === problem?.field);
  useEffect(() => {
    if (!problem?.field) return;
    const field = atValue ? (['values', problem.field] as const) : problem.field === 'effectiveFrom' ? 'day' : null;
    if (field === null) return;
    setReview(null);
    form.setFields([{ name: field as never, errors: [problem.detail] }]);
    form.scrollToField(field as never, { block: 'center', focus: true });
  }, [problem, atValue, form]);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  const changed = (values: Values) =>
    base.values.filter(({ key, value }) => JSON.stringify(values.values[key]) !== JSON.stringify(value));
  return (
    <Form<Values>
      form={form}
      name="policy"
      layout="vertical"
      initialValues={{ values: Object.fromEntries(base.values.map(({ key, value }) => [key, value])) }}
      scrollToFirstError={{ block: 'center', focus: true }}
      onFinish={(values) => {
        setFailure(null);
        setReview(values);
      }}
    >
      <p className="small soft">{t('policy.basedOn', { version: base.version, from: dayText(base.effectiveFrom) })}</p>
      <ProblemNotice error={problem && !atValue ? problem : null} />
      <section className="panel grid" aria-label={t('policy.when')}>
        <Form.Item name="day" label={t('policy.day')} rules={required} extra={t('policy.dayHint')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="note" label={t('policy.note')} rules={required} extra={t('policy.noteHint')}>
          <Input maxLength={200} />
        </Form.Item>
      </section>
      {policyGroups.map((group) => (
        <section key={group} className="panel" aria-label={named('policy.group', group)}>
          <h2>{named('policy.group', group)}</h2>
          <div className="grid">
            {base.values
              .filter((value) => value.group === group)
              .map((value) => (
                <Form.Item
                  key={value.key}
                  name={['values', value.key]}
                  label={
                    <span>
                      {policyName(value, words)} <ArticleTag article={value.basis} />
                    </span>
                  }
                  rules={[{ required: true, message: t('form.required') }]}
                >
                  <PolicyValueInput of={value} />
                </Form.Item>
              ))}
          </div>
        </section>
      ))}
      {previewed && (
        <section className="panel stack" aria-label={t('foresight.title')}>
          <h2>{t('foresight.title')}</h2>
          <p className="small soft">{t('foresight.about')}</p>
          <Foresight of={{ values: previewed }} />
        </section>
      )}
      <div className="form-foot">
        <Button type="primary" htmlType="submit">
          {t('policy.review')}
        </Button>
        <Button onClick={() => setPreviewed(form.getFieldsValue().values)}>{t('foresight.ask')}</Button>
        <Button onClick={() => navigate('/policy')}>{t('do.cancel')}</Button>
      </div>
      {review && (
        <ReviewDialog
          title={t('policy.reviewTitle', { from: review.day })}
          confirm={t('policy.set')}
          pending={act.isPending}
          error={failure}
          onClose={() => setReview(null)}
          onConfirm={() =>
            act.mutate(
              {
                method: 'POST',
                path: '/policies',
                body: {
                  effectiveFrom: `${review.day}T00:00:00+08:00`,
                  note: review.note,
                  values: review.values,
                  basedOn: base.version,
                },
              },
              { onSuccess: () => onward('/policy?part=versions'), onError: setFailure },
            )
          }
        >
          <Review base={base} versions={versions} given={review} changed={changed(review)} />
        </ReviewDialog>
      )}
    </Form>
  );
}

/** What changes, and who keeps what was. */
function Review({
  base,
  versions,
  given,
  changed,
}: {
  readonly base: PolicyView;
  readonly versions: readonly PolicySummary[];
  readonly given: Values;
  readonly changed: readonly PolicyValue[];
}) {
  const words = useWords();
  const { t } = words;
  const keeping = versions.filter(({ openCases }) => openCases > 0);
  const overtaken = versions.find(
    ({ state, effectiveFrom }) =>
      state === 'pending' && Date.parse(effectiveFrom) > Date.parse(`${given.day}T00:00:00+08:00`),
  );
  return (
    <>
      <p>{t('policy.against', { version: base.version })}</p>
      {changed.length === 0 && <p className="chip amber">{t('policy.nothingChanged')}</p>}
      <Changes
        changes={changed.map((value) => ({
          key: value.key,
          what: policyName(value, words),
          from: policyText(value.key, value.value, words),
          to: policyText(value.key, given.values[value.key], words),
        }))}
      />
      {overtaken && (
        <p className="chip amber">
          {t('policy.overtaken', { version: overtaken.version, from: dayText(overtaken.effectiveFrom) })}
        </p>
      )}
      <p className="small soft">
        {keeping.length === 0
          ? t('policy.noOpenCases')
          : t('policy.keeping', {
              list: keeping
                .map(({ version, openCases }) => t('policy.keepingOne', { version, count: openCases }))
                .join(t('list.comma')),
            })}
      </p>
    </>
  );
}
