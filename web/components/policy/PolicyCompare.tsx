import { Select } from 'antd';
import { useState } from 'react';
import type { PolicySummary } from '../../../api/contract/policies.ts';
import { usePolicy } from '../../api/policy.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { policyName } from '../policyName.ts';
import { policyText } from '../policyText.ts';
import { Sheet } from '../Sheet.tsx';

/** Two versions side by side: the values in which they differ. */
export function PolicyCompare({ versions }: { readonly versions: readonly PolicySummary[] }) {
  const words = useWords();
  const { t } = words;
  const numbers = versions.map(({ version }) => String(version));
  const [one, setOne] = useState(numbers[1] ?? numbers[0] ?? 'current');
  const [other, setOther] = useState(numbers[0] ?? 'current');
  const left = usePolicy(one);
  const right = usePolicy(other);
  const options = versions.map(({ version, effectiveFrom }) => ({
    value: String(version),
    label: t('policy.since', { version, from: dayText(effectiveFrom) }),
  }));
  return (
    <section className="panel stack" aria-label={t('policy.compare')}>
      <div className="row register-filters">
        <Select aria-label={t('policy.one')} value={one} onChange={setOne} options={options} />
        <Select aria-label={t('policy.other')} value={other} onChange={setOther} options={options} />
      </div>
      <Loaded query={left}>
        {({ values }) => {
          const others = new Map((right.data?.values ?? []).map((each) => [each.key, each.value]));
          const differing = values.filter(
            ({ key, value }) => others.has(key) && JSON.stringify(others.get(key)) !== JSON.stringify(value),
          );
          if (differing.length === 0) return <p className="soft">{t('policy.same')}</p>;
          return (
            <Sheet
              caption={t('policy.compare')}
              rows={differing}
              rowKey={(row) => row.key}
              columns={[
                { title: t('policy.what'), cell: (row) => policyName(row, words) },
                { title: t('policy.no', { version: one }), cell: (row) => policyText(row.key, row.value, words) },
                {
                  title: t('policy.no', { version: other }),
                  cell: (row) => <strong>{policyText(row.key, others.get(row.key), words)}</strong>,
                },
                { title: t('policy.basis'), cell: (row) => <ArticleTag article={row.basis} /> },
              ]}
            />
          );
        }}
      </Loaded>
    </section>
  );
}
