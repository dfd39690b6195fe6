import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { dueText } from '../format.ts';
import { useWords } from '../words.ts';
import { BottomSheet } from './BottomSheet.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  readonly choice: string;
  /** The client's name. */
  readonly title: string;
  readonly matter: string;
  readonly due: string;
  readonly pending: boolean;
  readonly error: Problem | null;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
};

/** Says once more what is voted and on whom, and until when it may be changed, before the vote is given. */
export function VoteSheet({ choice, title, matter, due, pending, error, onConfirm, onClose }: Props) {
  const { t, named } = useWords();
  const [reason, setReason] = useState('');
  const reasonId = useId();
  const vote = named('vote', choice);
  return (
    <BottomSheet title={t('vote.confirmTitle')} onClose={onClose}>
      <p className="matter">
        <span className="small soft">{matter}</span>
        <strong>{title}</strong>
      </p>
      <p>
        <span className={`chip ${choice === 'for' ? 'green' : choice === 'against' ? 'red' : ''}`}>{vote}</span>{' '}
        {t('vote.changeUntil', { due: dueText(due) })}
      </p>
      <div>
        <label htmlFor={reasonId} className="small soft">
          {t(choice === 'against' ? 'vote.reasonAgainst' : 'vote.reason')}
        </label>
        <Input.TextArea
          id={reasonId}
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <ProblemNotice error={error} />
      <div className="acts">
        <Button onClick={onClose}>{t('do.cancel')}</Button>
        <Button type="primary" loading={pending} onClick={() => onConfirm(reason.trim())}>
          {t('vote.confirm', { choice: vote })}
        </Button>
      </div>
    </BottomSheet>
  );
}
