import { Input } from 'antd';
import { useId } from 'react';
import { useWords } from '../../words.ts';
import MeasuresInput from './MeasuresInput.tsx';
import type { PlanDraft } from './measures.ts';

type Props = { readonly value?: PlanDraft; readonly onChange?: (plan: PlanDraft) => void };

/** 措施方案: what it is to reach, and its measures. */
export default function PlanInput({ value = {}, onChange }: Props) {
  const { t } = useWords();
  const aimId = useId();
  const { aim, measures } = value;
  return (
    <div className="stack">
      <div>
        <label htmlFor={aimId} className="small soft">
          {t('plan.aim')}
        </label>
        <Input.TextArea
          id={aimId}
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={2000}
          value={aim}
          onChange={(event) => onChange?.({ ...value, aim: event.target.value })}
        />
      </div>
      <MeasuresInput
        {...(measures ? { value: measures } : {})}
        onChange={(changed) => onChange?.({ ...value, measures: changed })}
      />
    </div>
  );
}
