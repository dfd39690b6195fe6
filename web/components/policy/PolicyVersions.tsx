import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PolicySummary } from '../../../api/contract/policies.ts';
import { useAct } from '../../api/act.ts';
import { useMayPreview, usePolicy } from '../../api/policy.ts';
import { dayText, momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Changes } from '../Changes.tsx';
import { FormDialog, useRequired } from '../FormDialog.tsx';
import { policyName } from '../policyName.ts';
import { policyText } from '../policyText.ts';

const colours = { current: 'green', pending: 'amber', past: '', withdrawn: 'red' } as const;

/** Every version with what it changed, who set it and why; one that is pending can be withdrawn, and stays on record. */
export function PolicyVersions({
  versions,
  maySet,
}: {
  readonly versions: readonly PolicySummary[];
  readonly maySet: boolean;
}) {
  const { t, named, called } = useWords();
  const mayPreview = useMayPreview();
  const [withdrawing, setWithdrawing] = useState<PolicySummary | null>(null);
  return (
    <>
      {versions.map((version) => (
        <section
          key={version.version}
          className="panel stack"
          aria-label={t('policy.no', { version: version.version })}
        >
          <div className="row">
            <h2>{t('policy.no', { version: version.version })}</h2>
            <span className={`chip ${colours[version.state]}`}>{named('policy.state', version.state)}</span>
            <span className="small soft figure">{t('policy.from', { from: dayText(version.effectiveFrom) })}</span>
            {version.openCases > 0 && (
              <span className="small soft">{t('policy.openCases', { count: version.openCases })}</span>
            )}
            {mayPreview && version.state === 'pending' && (
              <Link className="small" to="?part=foresight">
                {t('foresight.title')}
              </Link>
            )}
            {maySet && version.state === 'pending' && (
              <Button size="small" danger onClick={() => setWithdrawing(version)}>
                {t('policy.withdraw')}
              </Button>
            )}
          </div>
          <p className="break">
            {version.note}
            <span className="small soft">
              {version.createdBy && ` · ${called(version.createdBy)}`} · {momentText(version.createdAt)}
            </span>
          </p>
          {version.withdrawal && (
            <p className="quote break">
              {t('policy.withdrawnBy', {
                by: called(version.withdrawal.by),
                at: momentText(version.withdrawal.at),
                note: version.withdrawal.note,
              })}
            </p>
          )}
          <VersionChanges version={version} />
        </section>
      ))}
      {withdrawing && <Withdrawal version={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  );
}

/** What a version changed against the one before it. */
export function VersionChanges({ version }: { readonly version: Pick<PolicySummary, 'version' | 'changes'> }) {
  const words = useWords();
  const known = usePolicy('current').data?.values ?? [];
  if (version.changes.length === 0) return null;
  return (
    <Changes
      changes={version.changes.map(({ key, from, to }) => {
        const value = known.find((each) => each.key === key);
        return {
          key,
          what: value ? policyName(value, words) : key,
          from: policyText(key, from, words),
          to: policyText(key, to, words),
        };
      })}
    />
  );
}

function Withdrawal({ version, onClose }: { readonly version: PolicySummary; readonly onClose: () => void }) {
  const { t } = useWords();
  const act = useAct([['policies'], ['policy']]);
  return (
    <FormDialog
      title={t('policy.withdrawTitle', { version: version.version })}
      submit={t('policy.withdraw')}
      danger
      name="withdrawal"
      act={act}
      onSubmit={(body) =>
        act.mutate({ method: 'POST', path: `/policies/${version.version}/withdraw`, body }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p className="soft">{t('policy.withdrawAbout')}</p>
      <Form.Item name="note" label={t('policy.note')} rules={useRequired()}>
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormDialog>
  );
}
