import { Select } from 'antd';
import { useState } from 'react';
import type { PolicySummary } from '../../../api/contract/policies.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Empty } from '../Empty.tsx';
import { Foresight } from './Foresight.tsx';
import { VersionChanges } from './PolicyVersions.tsx';

/** What a version that was set would change before it takes effect. */
export function PendingForesight({ versions }: { readonly versions: readonly PolicySummary[] }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<number | null>(null);
  // The one that takes effect first comes first.
  const pending = versions.filter(({ state }) => state === 'pending').toReversed();
  const version = pending.find((each) => each.version === chosen) ?? pending[0];
  if (!version) return <Empty text={t('foresight.none')} />;
  const name = ({ version: number, effectiveFrom }: PolicySummary) =>
    t('policy.since', { version: number, from: dayText(effectiveFrom) });
  return (
    <section className="panel stack" aria-label={t('foresight.title')}>
      {pending.length > 1 ? (
        <Select
          aria-label={t('policy.version')}
          value={version.version}
          onChange={setChosen}
          options={pending.map((each) => ({ value: each.version, label: name(each) }))}
          style={{ alignSelf: 'start', minWidth: 260 }}
        />
      ) : (
        <h2>{name(version)}</h2>
      )}
      <p className="small soft">{t('foresight.about')}</p>
      <VersionChanges version={version} />
      <Foresight key={version.version} of={{ version: version.version }} />
    </section>
  );
}
