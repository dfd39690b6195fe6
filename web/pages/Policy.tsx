import { Select } from 'antd';
import { useState } from 'react';
import { usePolicies, usePolicy } from '../api/policy.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { policyText } from '../components/policyText.ts';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';

/** Every value the rules use, with the article it rests on or 系统默认, in each version. */
export default function Policy() {
  const words = useWords();
  const { t, called, language } = words;
  const [version, setVersion] = useState('current');
  const versions = usePolicies();
  const policy = usePolicy(version);
  return (
    <>
      <PageHead title={t('nav.policy')}>
        <Select
          aria-label={t('policy.version')}
          style={{ minWidth: 200 }}
          value={version}
          onChange={setVersion}
          options={[
            { value: 'current', label: t('policy.current') },
            ...(versions.data?.items ?? []).map((each) => ({
              value: String(each.version),
              label: t('policy.since', { version: each.version, from: momentText(each.effectiveFrom) }),
            })),
          ]}
        />
      </PageHead>
      <p className="soft">{t('policy.about')}</p>
      <Loaded query={policy}>
        {(value) => (
          <section className="panel">
            <h2>{t('policy.since', { version: value.version, from: momentText(value.effectiveFrom) })}</h2>
            <p className="small soft">
              {value.note} {value.createdBy && called(value.createdBy)}
            </p>
            <Sheet
              caption={t('nav.policy')}
              rows={value.values}
              rowKey={(row) => row.key}
              columns={[
                {
                  title: t('policy.what'),
                  cell: (row) => (language === 'en' ? row.en : row.zh).replace(/（分）| \(fen\)/, ''),
                },
                { title: t('policy.value'), cell: (row) => <strong>{policyText(row.key, row.value, words)}</strong> },
                { title: t('policy.basis'), cell: (row) => <ArticleTag article={row.basis} /> },
              ]}
            />
          </section>
        )}
      </Loaded>
    </>
  );
}
