import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReceiptView } from '../../../api/contract/shared.ts';
import { useAct } from '../../api/act.ts';
import { afterDecision } from '../../api/cases.ts';
import type { Draft } from '../../api/draft.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { CoRecommend } from './CoRecommend.tsx';

type Props = { readonly draft: Draft; readonly below: boolean };

/** Submits the draft: with special consideration 特别审议 when its sum is below the line of Article 12, and with what else is asked for. */
export function SubmitPanel({ draft, below }: Props) {
  const { t } = useWords();
  const onward = useOnward();
  const { view } = draft;
  const [special, setSpecial] = useState('');
  const [outside, setOutside] = useState('');
  const act = useAct<ReceiptView>(afterDecision(view.caseId));
  const code = act.error?.code;
  const asksOutside =
    outside !== '' || (code === 'reasonRequired' && !act.error?.field?.startsWith('specialConsideration'));

  const submit = async () => {
    if (!(await draft.flush())) return;
    const body = {
      ...(below && special.trim() ? { specialConsideration: { reason: special.trim() } } : {}),
      ...(outside.trim() ? { outsideTerritoryReason: outside.trim() } : {}),
    };
    act.mutate(
      { method: 'POST', path: `/recommendations/${view.caseId}/submit`, body, wait: 2 },
      { onSuccess: () => onward(`/cases/${view.caseId}`) },
    );
  };

  if (view.state !== 'draft') {
    return (
      <p className="panel">
        {t('form.supplementHint')} <Link to={`/cases/${view.caseId}`}>{t('form.backToCase')}</Link>
      </p>
    );
  }
  return (
    <section className="panel stack" aria-label={t('form.submit')}>
      <h2>{t('form.submit')}</h2>
      <p className="soft" style={{ margin: 0 }}>
        {t('form.submitAbout')}
      </p>
      {below && (
        <Form.Item layout="vertical" label={t('form.special')} htmlFor="special" help={t('form.specialHint')}>
          <Input.TextArea
            id="special"
            autoSize={{ minRows: 2 }}
            maxLength={2000}
            value={special}
            onChange={(event) => setSpecial(event.target.value)}
          />
        </Form.Item>
      )}
      {asksOutside && (
        <Form.Item layout="vertical" label={t('form.outside')} htmlFor="outside">
          <Input.TextArea
            id="outside"
            autoSize={{ minRows: 2 }}
            maxLength={2000}
            value={outside}
            onChange={(event) => setOutside(event.target.value)}
          />
        </Form.Item>
      )}
      <ProblemNotice error={act.error ?? (draft.saving === 'saved' ? null : draft.problem)} />
      {code === 'clientInProgress' && <CoRecommend caseId={view.caseId} />}
      <Button
        type="primary"
        size="large"
        loading={act.isPending}
        disabled={view.missing.length > 0 && draft.saving === 'saved'}
        onClick={submit}
      >
        {below && special.trim() ? t('form.submitSpecial') : t('form.submit')}
      </Button>
    </section>
  );
}
