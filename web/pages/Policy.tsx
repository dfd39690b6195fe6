import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PolicySummary } from '../../api/contract/policies.ts';
import { useMayPreview, useMaySetPolicy, usePolicies, usePolicy } from '../api/policy.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { PendingForesight } from '../components/policy/PendingForesight.tsx';
import { PolicyCompare } from '../components/policy/PolicyCompare.tsx';
import { PolicyVersions } from '../components/policy/PolicyVersions.tsx';
import { type PolicyValue, policyGroups, policyName } from '../components/policyName.ts';
import { policyText } from '../components/policyText.ts';
import { Sheet } from '../components/Sheet.tsx';
import { dayText } from '../format.ts';
import '../styles/registers.css';
import { useWords } from '../words.ts';

const parts = ['values', 'versions', 'compare', 'foresight'] as const;

/** Every value the rules use, with the article it rests on or 系统默认: in force, pending, and as it was. */
export default function Policy() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  const versions = usePolicies();
  const maySet = useMaySetPolicy();
  const mayPreview = useMayPreview();
  const items = parts
    .filter((key) => key !== 'foresight' || mayPreview)
    .map((key) => ({ key, label: key === 'foresight' ? t('foresight.title') : t(`policy.${key}`) }));
  return (
    <>
      <PageHead title={t('nav.policy')}>
        {maySet && (
          <Link to="/policy/new">
            <Button type="primary">{t('policy.new')}</Button>
          </Link>
        )}
      </PageHead>
      <p className="soft">{t('policy.about')}</p>
      <PageTabs label={t('nav.policy')} param="part" items={items} />
      <Loaded query={versions}>
        {({ items }) => (
          <>
            {part === 'values' && <Values versions={items} />}
            {part === 'versions' && <PolicyVersions versions={items} maySet={maySet} />}
            {part === 'compare' && <PolicyCompare versions={items} />}
            {part === 'foresight' && mayPreview && <PendingForesight versions={items} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function Values({ versions }: { readonly versions: readonly PolicySummary[] }) {
  const { t, named } = useWords();
  const policy = usePolicy('current');
  const pending = versions.filter(({ state }) => state === 'pending');
  return (
    <Loaded query={policy}>
      {(value) => (
        <>
          <p className="row small soft">
            <span className="chip green">{t('policy.current')}</span>
            {t('policy.since', { version: value.version, from: dayText(value.effectiveFrom) })}
            {pending.length > 0 && (
              <span className="chip amber">{t('policy.pendingCount', { count: pending.length })}</span>
            )}
          </p>
          {policyGroups.map((group) => (
            <section key={group} className="panel" aria-label={named('policy.group', group)}>
              <h2>{named('policy.group', group)}</h2>
              <Group values={value.values.filter((each) => each.group === group)} versions={versions} />
            </section>
          ))}
        </>
      )}
    </Loaded>
  );
}

function Group({
  values,
  versions,
}: {
  readonly values: readonly PolicyValue[];
  readonly versions: readonly PolicySummary[];
}) {
  const words = useWords();
  const { t } = words;
  return (
    <Sheet
      dense
      caption={t('policy.values')}
      rows={values}
      rowKey={(row) => row.key}
      columns={[
        { title: t('policy.what'), cell: (row) => policyName(row, words) },
        {
          title: t('policy.value'),
          cell: (row) => (
            <span className="stack">
              <strong>{policyText(row.key, row.value, words)}</strong>
              <Pending row={row} versions={versions} />
            </span>
          ),
        },
        { title: t('policy.basis'), cell: (row) => <ArticleTag article={row.basis} /> },
        { title: t('policy.history'), cell: (row) => <ValueHistory row={row} versions={versions} /> },
      ]}
    />
  );
}

type Row = { readonly row: PolicyValue; readonly versions: readonly PolicySummary[] };

/** What the value will be, from when, by whom. */
function Pending({ row, versions }: Row) {
  const words = useWords();
  const { t, called } = words;
  return versions
    .filter(({ state }) => state === 'pending')
    .toReversed()
    .flatMap((version) =>
      version.changes
        .filter(({ key }) => key === row.key)
        .map(({ to }) => (
          <span key={version.version} className="chip amber">
            {t('policy.becomes', {
              value: policyText(row.key, to, words),
              from: dayText(version.effectiveFrom),
              by: called(version.createdBy),
            })}
          </span>
        )),
    );
}

function ValueHistory({ row, versions }: Row) {
  const words = useWords();
  const { t, called } = words;
  const [open, setOpen] = useState(false);
  const changed = versions.filter(
    ({ state, changes }) => state !== 'withdrawn' && changes.some(({ key }) => key === row.key),
  );
  if (changed.length === 0) return <span className="small soft">{t('policy.neverChanged')}</span>;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="summary-link small">{t('policy.changedTimes', { count: changed.length })}</summary>
      <ul className="quiet-list small">
        {changed.map((version) => {
          const change = version.changes.find(({ key }) => key === row.key);
          return (
            <li key={version.version}>
              {policyText(row.key, change?.from, words)} → <strong>{policyText(row.key, change?.to, words)}</strong>
              <div className="soft break">
                {[dayText(version.effectiveFrom), called(version.createdBy), version.note].join(' · ')}
              </div>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
